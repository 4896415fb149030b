"""Candidate phrases are whole names, noun phrases and words that carry a meaning."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.terms.names.kinds import is_name
from aligner.terms.phrases import MAX_SYLLABLES, MAX_WORDS, Phrase, phrases
from aligner.terms.phrases.tokens import LONG_NAME
from aligner.terms.word_lists import function_words

MARKS = [",", ";", "(", ")", ":", "?", "!", "–", '"']
VI_TEXT = (
    "Tổng thống Nga Vladimir Putin gặp ông Kerry tại Hà Nội và Huế về lệnh ngừng bắn của "
    "Liên minh châu Âu EU 30 đã được kênh đào Suez hòa bình hoà bình không các Bộ Kế hoạch Đầu tư"
)
EN_TEXT = (
    "The U.S. President Vladimir Putin met officials of New York and Trang An on state of "
    "emergency Kerry's the people's committee NATO us US rose sharply agreements 30 in 's"
)
ANY_SENTENCE = st.one_of(
    [
        st.tuples(st.just(lang), st.lists(st.sampled_from(parts), max_size=14).map(" ".join))
        for lang, parts in (
            ("vi", [*VI_TEXT.split(), *MARKS]),
            ("en", [*EN_TEXT.split(), *MARKS]),
        )
    ]
)


def texts(sentence: str, lang: Lang) -> list[str]:
    """Return the candidates of a sentence as they stand there."""
    return [phrase.text for phrase in phrases(sentence, lang)]


def the(text: str, sentence: str, lang: Lang) -> Phrase:
    """Return the only candidate of a sentence with that text."""
    (found,) = [phrase for phrase in phrases(sentence, lang) if phrase.text == text]
    return found


@settings(max_examples=60)
@given(ANY_SENTENCE)
def test_every_candidate_is_what_stands_at_its_place(case: tuple[Lang, str]) -> None:
    lang, sentence = case
    found = phrases(sentence, lang)
    assert [sentence[phrase.start : phrase.end] for phrase in found] == [p.text for p in found]
    places = [(phrase.start, phrase.end) for phrase in found]
    assert places == sorted(set(places))  # by place, shorter ones first, none twice


@settings(max_examples=60)
@given(ANY_SENTENCE)
def test_no_candidate_holds_punctuation_or_more_words_than_its_kind_may(
    case: tuple[Lang, str],
) -> None:
    lang, sentence = case
    for text in texts(sentence, lang):
        assert not set(text.split()) & set(MARKS)
        small = text.islower()
        size = MAX_SYLLABLES if lang == "vi" else MAX_WORDS
        assert len(text.split()) <= (size if small else LONG_NAME)


@settings(max_examples=60)
@given(ANY_SENTENCE.filter(lambda case: case[0] == "en"))
def test_no_english_candidate_has_a_small_function_word_at_an_end(case: tuple[Lang, str]) -> None:
    for text in texts(case[1], "en"):
        ends = {word for word in (text.split()[0], text.split()[-1]) if word.islower()}
        assert not ends & function_words("en")


@pytest.mark.parametrize(
    ("lang", "sentence", "expected"),
    [
        ("vi", "Hà Nội và Huế.", ["Hà Nội", "Huế"]),
        ("vi", "(AFP) Giá dầu; giá vàng", ["AFP", "Giá", "Giá dầu", "dầu", "giá", "giá vàng"]),
        ("vi", "Mexico, Nga", ["Mexico", "Nga"]),
        ("vi", "Nhưng nó đã được.", []),
        ("vi", "", []),
        ("en", "Moscow and Washington", ["Moscow", "Washington"]),
        ("en", "Talks (held in Paris)", ["Talks", "Paris"]),
        ("en", "Suez Canal, waterway", ["Suez", "Suez Canal", "Canal", "waterway"]),
        ("en", "the price of oil", ["price", "price of oil", "oil"]),
        ("en", "Kerry's visit", ["Kerry", "visit"]),
        ("en", "Russia's Duma", ["Russia", "Duma"]),
        ("en", "a visit by Kerry’s aide", ["visit", "Kerry", "aide"]),
        ("en", "They were there, and it was of the", []),
        ("en", "...", []),
        ("en", "", []),
    ],
)
def test_candidates_cross_neither_punctuation_nor_words_that_no_term_ends_with(
    lang: Lang, sentence: str, expected: list[str]
) -> None:
    assert texts(sentence, lang) == expected


def test_a_headline_in_capitals_has_no_function_word_at_an_end_either() -> None:
    found = texts("TALKS FAIL IN GENEVA AGAIN", "en")
    assert {"TALKS", "GENEVA"} <= set(found)
    assert not [text for text in found if {"IN", "AGAIN"} & {text.split()[0], text.split()[-1]}]


def test_an_english_term_of_several_words_ends_with_a_noun() -> None:
    found = texts("Prices of oil rose sharply.", "en")
    assert {"Prices of oil", "oil"} <= set(found)
    assert not [text for text in found if " " in text and text.endswith("sharply")]


@pytest.mark.parametrize(
    ("lang", "sentence", "name"),
    [
        ("vi", "Tổng thống Nga Vladimir Putin tới Sochi.", "Vladimir Putin"),
        ("vi", "Ông gặp Sergei Lavrov, hôm nay.", "Sergei Lavrov"),
        ("en", "Russian President Vladimir Putin arrived.", "Vladimir Putin"),
        ("en", "They met John F. Kerry in Paris.", "John F. Kerry"),
    ],
)
def test_no_candidate_cuts_a_foreign_name_in_two(lang: Lang, sentence: str, name: str) -> None:
    found = texts(sentence, lang)
    assert name in found
    first, *_, last = name.split()
    assert not [text for text in found if (first in text.split()) != (last in text.split())]


def test_a_country_before_a_name_is_no_part_of_it() -> None:
    assert {"Nga", "Vladimir Putin"} <= set(texts("Ông nói Nga Vladimir Putin.", "vi"))
    assert {"Russia", "Vladimir Putin"} <= set(texts("In Russia Vladimir Putin spoke.", "en"))


def test_a_dotted_acronym_keeps_its_dots_and_shares_the_key_of_the_plain_one() -> None:
    assert "U.S." in texts("He left the U.S.", "en")
    assert {"U.S.", "U.S. Secretary of State"} <= set(
        texts("The U.S. Secretary of State met.", "en")
    )
    dotted, plain = the("U.S.", "In the U.S. he met", "en"), the("US", "In the US he met", "en")
    assert dotted.key == plain.key


def test_a_country_in_capitals_is_no_pronoun() -> None:
    assert texts("US troops helped us.", "en")[:3] == ["US", "US troops", "troops"]
    assert "us" not in texts("US troops helped us.", "en")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The governor of New York met them.", "New York"),
        ("They met in Trang An.", "Trang An"),
        ("The minister, Nguyen Van Hung, spoke.", "Nguyen Van Hung"),
        ("He met Pham Thi Sang there.", "Pham Thi Sang"),
        ("She is Nguyen Huu The, he said.", "Nguyen Huu The"),
        ("She is Nguyen The My, he said.", "Nguyen The My"),
        ("The Ministry of Trade and Industry said so.", "Ministry of Trade and Industry"),
        ("It is in a state of emergency.", "state of emergency"),
        ("They saw the people's committee.", "people's committee"),
        ("He reads Lloyd's List.", "Lloyd's List"),
        ("It was rated by Moody’s Investors Service.", "Moody’s Investors Service"),
    ],
)
def test_english_names_and_terms_may_hold_words_that_no_other_may(sentence: str, name: str) -> None:
    assert name in texts(sentence, "en")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Ông thăm Bộ Kế hoạch và Đầu tư.", "Bộ Kế hoạch và Đầu tư"),
        ("Họ nói về Bộ Nông nghiệp và Môi trường.", "Bộ Nông nghiệp và Môi trường"),
        ("Quỹ Tiền tệ Quốc tế (IMF) họp.", "Quỹ Tiền tệ Quốc tế"),
        ("Kênh đào Suez bị phong tỏa.", "Kênh đào Suez"),
        ("Họ nói về lệnh ngừng bắn.", "lệnh ngừng bắn"),
        (
            "Viện trưởng Viện kiểm sát nhân dân tối cao đã tới.",
            "Viện kiểm sát nhân dân tối cao",
        ),
        ("Chủ tịch Ủy ban nhân dân tỉnh Sơn La đã tới.", "Ủy ban nhân dân tỉnh Sơn La"),
        ("Họ xếp hàng vào giờ cao điểm.", "giờ cao điểm"),
        ("Quân đội phát bao cát cho dân.", "bao cát"),
    ],
)
def test_vietnamese_names_and_terms_are_whole(sentence: str, name: str) -> None:
    assert name in texts(sentence, "vi")


@pytest.mark.parametrize(
    ("sentence", "word", "part"),
    [
        ("Ngân hàng bị đặt vào diện kiểm soát đặc biệt.", "kiểm soát đặc biệt", ""),
        ("Vốn điều lệ của ngân hàng tăng.", "Vốn điều lệ", ""),
        ("Họ siết kiểm tra cadimi.", "cadimi", ""),
        ("Nhà thầu trong nước làm chủ công nghệ.", "Nhà thầu trong nước", ""),
        ("Đội khách gỡ hòa trong hiệp hai.", "hiệp hai", ""),
        ("Anh ngã trong vòng cấm.", "vòng cấm", "cấm"),
        ("Họ xây nhà máy điện ở đó.", "nhà máy điện", "điện"),
    ],
)
def test_a_noun_of_the_word_list_is_whole(sentence: str, word: str, part: str) -> None:
    found = texts(sentence, "vi")
    assert word in found
    assert part not in found


def test_a_full_name_ends_before_a_verb_that_the_tagger_takes_for_a_part_of_it() -> None:
    found = texts("Phút 65, Lê Hoài Nam sút phạt thành bàn.", "vi")
    assert "Lê Hoài Nam" in found
    assert "Lê Hoài Nam sút" not in found


@pytest.mark.parametrize(
    ("sentence", "name", "part"),
    [
        ("Mrs Vu Hoang Minh Tam resigned.", "Vu Hoang Minh Tam", "Vu Hoang Minh"),
        ("Do Thu Hang, who owns a shop, left.", "Do Thu Hang", "Thu Hang"),
        ("Ho Van An, deputy minister, left.", "Ho Van An", "Ho Van"),
        ("Dr. Pham Ngoc Thach Anh spoke.", "Pham Ngoc Thach Anh", "Dr. Pham Ngoc Thach Anh"),
        ("Lt. Col. Le Minh Duc spoke.", "Le Minh Duc", "Col. Le Minh Duc"),
        ("Prime Minister Luong The Khai spoke.", "Prime Minister Luong The Khai", "Luong The"),
        ("An Khe Department of Sports won.", "An Khe Department of Sports", "Khe Department"),
        ("It is in St. Petersburg.", "St. Petersburg", "Petersburg"),
        ("It sank off the island of Hon May.", "island of Hon May", "island of Hon"),
    ],
)
def test_a_vietnamese_name_in_english_is_not_cut_before_a_syllable_that_is_a_word(
    sentence: str, name: str, part: str
) -> None:
    found = texts(sentence, "en")
    assert name in found
    assert part not in found


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("Central bank places Nam Hai Bank under control.", "bank places Nam Hai Bank"),
        ("Do They Have a Plan?", "Do They Have"),
    ],
)
def test_a_verb_between_two_names_is_in_no_term(sentence: str, clause: str) -> None:
    assert clause not in texts(sentence, "en")


@pytest.mark.parametrize(
    ("sentence", "name", "clause"),
    [
        ("Sáng nay bão Sơn Trà đổ bộ vào đất liền.", "bão Sơn Trà", "bão Sơn Trà đổ bộ"),
        ("Hôm nay bà Sofia Brandt tiếp tục đàm phán.", "Sofia Brandt", "Sofia Brandt tiếp tục"),
        ("Theo ông Lương Thế Khải sáng 2/9.", "Lương Thế Khải", "Lương Thế Khải sáng"),
        ("Ông gặp giám đốc Quỹ đầu tư Sen Vàng.", "Quỹ đầu tư Sen Vàng", "đốc Quỹ đầu tư"),
        ("Họ dự lễ bàn giao tại tỉnh Đắk Lâm.", "Đắk Lâm", "tỉnh Đắk"),
        ("Ông khen cơ phó Helena Moura.", "Helena Moura", "Helena"),
    ],
)
def test_a_vietnamese_name_ends_before_its_verb_and_is_whole(
    sentence: str, name: str, clause: str
) -> None:
    found = texts(sentence, "vi")
    assert name in found
    assert clause not in found


def test_the_first_officer_has_no_number() -> None:
    assert "first officer" in texts("They praised the first officer.", "en")


def test_the_words_of_somebody_are_no_part_of_the_office() -> None:
    found = texts("Theo lời Bộ trưởng Ngoại giao, họ sẽ gặp.", "vi")
    assert "Bộ trưởng Ngoại giao" in found
    assert not [text for text in found if text.startswith("lời")]
    assert "lời sau cùng" in texts("Bị cáo nói lời sau cùng.", "vi")


@pytest.mark.parametrize(
    ("lang", "sentence", "name", "part"),
    [
        ("en", "Centre-back Nguyen Ba Luong left.", "Nguyen Ba Luong", "Ba Luong"),
        ("en", "Deputy Hoang Thi Minh Nguyet left.", "Hoang Thi Minh Nguyet", "Thi Minh Nguyet"),
        ("en", "The provincial People's Council met.", "People's Council", "Council"),
        ("en", "The provincial People's Council met.", "People's Council", "provincial People"),
        (
            "en",
            "The Committee for Financial Affairs met.",
            "Committee for Financial Affairs",
            "Committee for Financial",
        ),
        ("en", "It is about land use rights here.", "land use rights", "land use rights here"),
        ("vi", "Quốc lộ 32B bị cắt.", "Quốc lộ 32B", "32B"),
        (
            "vi",
            "Theo Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam, giá tăng.",
            "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam",
            "Hiệp hội Chế biến và",
        ),
        (
            "vi",
            "Họ có giấy chứng nhận quyền sử dụng đất.",
            "giấy chứng nhận quyền sử dụng đất",
            "sử dụng đất",
        ),
    ],
)
def test_names_and_set_expressions_are_whole(
    lang: Lang, sentence: str, name: str, part: str
) -> None:
    found = texts(sentence, lang)
    assert name in found
    assert part not in found


def test_an_acronym_with_a_noun_of_the_list_is_a_term() -> None:
    assert "HC đồng" in texts("Họ giành HC đồng.", "vi")


def test_a_noun_may_be_against_something() -> None:
    assert "thuế chống bán phá giá" in texts("Mức thuế chống bán phá giá tăng.", "vi")
    assert not [text for text in texts("Họ chống tham nhũng.", "vi") if text.startswith("chống")]


@pytest.mark.parametrize(
    ("lang", "sentence", "chief"),
    [
        ("vi", "Ông là phó chủ tịch hiệp hội.", "chủ tịch"),
        ("en", "He is vice president of it.", "president"),
        ("en", "She is deputy head of it.", "head"),
        ("en", "She is general director of it.", "director"),
        ("en", "He is assistant coach there.", "coach"),
    ],
)
def test_a_deputy_is_no_chief(lang: Lang, sentence: str, chief: str) -> None:
    found = texts(sentence, lang)
    assert any(text.endswith(chief) for text in found)
    assert chief not in found


def test_a_figure_stands_in_names_alone() -> None:
    found = texts("The storm killed 14 people near the Falcon 9 site.", "en")
    assert not [text for text in found if "14" in text]
    assert "Falcon 9 site" in found


def test_no_term_begins_with_a_superlative() -> None:
    found = texts("It is the largest port of the west coast.", "en")
    assert not [text for text in found if text.startswith("largest")]
    assert {"port", "west coast"} <= set(found)


def test_only_an_institution_may_hold_a_joint() -> None:
    assert not [text for text in texts("Nga và Mỹ ký hiệp định.", "vi") if " và " in text]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("agreements", "agreement"),
        ("Agreements", "agreement"),
        ("crises", "crisis"),
        ("NGOs", "NGO"),
        ("companies", "company"),
    ],
)
def test_forms_of_one_english_word_share_a_key(one: str, other: str) -> None:
    keys = {
        the(one, f"They saw {one}.", "en").key,
        the(other, f"They saw {other}.", "en").key,
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà bình", "hòa bình"),
        ("thoả thuận", "thỏa thuận"),
        ("Toà án Tối cao", "Tòa án Tối cao"),
        ("Bộ Văn hoá", "Bộ Văn hóa"),
    ],
)
def test_a_term_with_the_old_tone_placement_is_found_as_well_as_with_the_new(
    old: str, new: str
) -> None:
    sentence = "Họ bàn về {}."
    assert the(old, sentence.format(old), "vi").key == the(new, sentence.format(new), "vi").key


def test_a_term_in_the_old_tone_placement_is_not_sought_further_on_in_the_sentence() -> None:
    sentence = "Họ nói hoà bình là hòa bình."
    places = [phrase.start for phrase in phrases(sentence, "vi") if " bình" in phrase.text]
    assert places == [sentence.index("hoà"), sentence.index("hòa")]


@pytest.mark.parametrize(
    ("sentence", "kept", "left_out"),
    [
        ("Ông ăn cơm.", "cơm", "ăn"),
        ("Giá dầu tăng.", "dầu", "tăng"),
        ("Ông gặp Ri hôm nay.", "Ri", "gặp"),
    ],
)
def test_a_single_vietnamese_syllable_is_a_noun_or_a_name(
    sentence: str, kept: str, left_out: str
) -> None:
    found = texts(sentence, "vi")
    assert kept in found
    assert left_out not in found


@pytest.mark.parametrize(
    ("lang", "sentence", "text", "expected"),
    [
        ("vi", "Kênh đào Suez bị phong tỏa.", "Kênh đào Suez", True),
        ("vi", "Kênh đào Suez bị phong tỏa.", "phong tỏa", False),
        ("en", "They accepted the state of emergency.", "state of emergency", True),
        ("en", "They accepted it.", "accepted", False),
        ("en", "They saw Karsania.", "Karsania", True),
    ],
)
def test_a_candidate_knows_whether_its_head_can_be_a_noun(
    lang: Lang, sentence: str, text: str, *, expected: bool
) -> None:
    assert the(text, sentence, lang).is_noun is expected


def test_a_name_is_known_by_its_capital() -> None:
    assert [is_name(text) for text in ("Suez Canal", "Đảng", "kênh đào Suez", "oil", "")] == [
        *(True, True),
        *(False, False, False),
    ]


def test_no_phrase_begins_inside_an_office_or_a_body_but_with_another_one() -> None:
    minister = texts("Ông gặp Bộ trưởng Ngoại giao Nga ở Sochi.", "vi")
    assert {"Bộ trưởng Ngoại giao", "Bộ trưởng Ngoại giao Nga", "Nga"} <= set(minister)
    assert not [text for text in minister if text.startswith("Ngoại giao")]
    council = texts("Hội đồng Bảo an Liên hợp quốc họp sáng nay.", "vi")
    assert {"Hội đồng Bảo an", "Liên hợp quốc"} <= set(council)
    assert not [text for text in council if text.startswith("Bảo an")]
    aide = texts("Trợ lý Tổng thống Nga nói với phóng viên.", "vi")
    assert {"Trợ lý Tổng thống Nga", "Tổng thống Nga"} <= set(aide)


@pytest.mark.parametrize(
    ("lang", "sentence", "wanted", "unwanted"),
    [
        ("en", "They met in the Black Sea resort.", "Black Sea resort", "Sea resort"),
        ("en", "A State Department aide spoke.", "State Department aide", "Department aide"),
        ("en", "Central Security Council posts fell.", "Security Council", "Central Security"),
        ("vi", "Đó là người phát ngôn Bộ Ngoại giao Nga.", "người phát ngôn", "người phát ngôn Bộ"),
    ],
)
def test_a_phrase_neither_begins_nor_ends_amid_a_known_name(
    lang: Lang, sentence: str, wanted: str, unwanted: str
) -> None:
    found = texts(sentence, lang)
    assert wanted in found
    assert unwanted not in found


@pytest.mark.parametrize(
    ("lang", "sentence", "wanted"),
    [
        ("vi", "Bộ Văn hóa, Thể thao và Du lịch đề nghị.", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("vi", "Ủy ban Chứng khoán và Giao dịch đã kiện.", "Ủy ban Chứng khoán và Giao dịch"),
        ("vi", "Nguyên đơn cáo buộc hàng nhập khẩu.", "Nguyên đơn"),
        ("vi", "Họ mất liên lạc với đài kiểm soát không lưu.", "đài kiểm soát không lưu"),
        ("vi", "Chính phủ dỡ bỏ lệnh trừng phạt.", "trừng phạt"),
        ("vi", "Chủ tịch Trung Quốc Tập Cận Bình chiều 3/12 cùng bấm nút.", "Tập Cận Bình"),
        ("vi", "Sau hai lần đình chỉ vì lỗi hệ thống lái.", "hệ thống lái"),
        (
            "en",
            "The Ministry of Culture, Sports and Tourism asked.",
            "Ministry of Culture, Sports and Tourism",
        ),
        ("en", "The Peace and Security Council met.", "Peace and Security Council"),
        ("en", "They fear that global warming has begun.", "global warming"),
        ("en", "He scored in the second half of it.", "second half"),
    ],
)
def test_institutions_compounds_and_words_that_the_tagger_cuts_are_candidates(
    lang: Lang, sentence: str, wanted: str
) -> None:
    assert wanted in texts(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence", "unwanted"),
    [
        ("vi", "Ông đến Hà Nội, Đà Nẵng và Huế.", "Hà Nội, Đà Nẵng và Huế"),
        ("vi", "Bộ Nông nghiệp và Môi trường công bố.", "Bộ Nông nghiệp"),
        ("vi", "Phà chở 138 người bị lật.", "Phà chở"),
        ("en", "He visited Hanoi, Danang and Hue.", "Hanoi, Danang and Hue"),
        ("en", "Prices rising in Asia worry them.", "Prices rising"),
        ("en", "A company selling rice closed.", "company selling"),
    ],
)
def test_lists_clauses_and_parts_of_institutions_are_none(
    lang: Lang, sentence: str, unwanted: str
) -> None:
    assert unwanted not in texts(sentence, lang)
