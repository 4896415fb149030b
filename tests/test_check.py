"""A translation is held against the glossary, and the checker never cries wolf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.glossary import Glossary
from aligner.model import LANGS, Bead, Bitext, Lang, Relation
from aligner.term_pair import Finding, Status, TermPair, Variants
from aligner.terms.check import check
from aligner.text.normalise import fold
from aligner.vectors import Embedder
from format_samples import document

Row = tuple[str, str]


def bitext(
    *rows: Row,
    confidence: float = 0.9,
    relation: Relation = "parallel",
    beads: Sequence[Bead] | None = None,
) -> Bitext:
    """Return a bitext of a bead a row; a row with an empty side is a null bead."""
    vi, en = [row[0] for row in rows if row[0]], [row[1] for row in rows if row[1]]
    made, i, j = [], 0, 0
    for ours, theirs in rows:
        src, tgt = ((i,) if ours else ()), ((j,) if theirs else ())
        made.append(Bead(src, tgt, confidence))
        i, j = i + len(src), j + len(tgt)
    return Bitext(
        document("vi/tin.txt", "vi", vi),
        document("en/news.txt", "en", en),
        tuple(made if beads is None else beads),
        relation,
        "as chosen",
    )


def pair(vi: str, en: str, status: Status = "approved", **more: object) -> TermPair:
    seen = TermPair(vi, en, "term", 0.9, 0.5, 4, 2, status=status, consistency_en=0.9)
    return replace(seen, **more)  # type: ignore[arg-type]


def found(
    text: Bitext, *pairs: TermPair, source: Lang = "vi"
) -> list[tuple[str, str, int, str, tuple[str, ...]]]:
    """Return the findings without their sentences and messages."""
    return [
        (f.kind, f.lang, f.at, f.found, f.expected) for f in check(text, Glossary(pairs), source)
    ]


TRUCE = pair("lệnh ngừng bắn", "ceasefire")
ROW = "Lệnh ngừng bắn có hiệu lực từ nửa đêm.", "The truce took effect at midnight."
GOOD = "Lệnh ngừng bắn vẫn được tôn trọng.", "The ceasefire is still respected."
MISSING = ("missing", "vi", 1, "Lệnh ngừng bắn", ("ceasefire",))

# Missing terms


def test_a_source_in_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="source is 'fr'; use one of vi, en"):
        check(bitext(ROW), Glossary((TRUCE,)), "fr")  # type: ignore[arg-type]


def test_an_approved_term_without_its_rendering_is_missing_and_the_message_says_so() -> None:
    assert check(bitext(ROW), Glossary((TRUCE,))) == [
        Finding(
            *("missing", "vi", "vi/tin.txt", 1, ROW[0], 0, 14, "Lệnh ngừng bắn", ("ceasefire",)),
            "“Lệnh ngừng bắn” is approved as “ceasefire”, which is not in the translation: "
            "“The truce took effect at midnight.”",
        )
    ]


@pytest.mark.parametrize(
    "english",
    [
        "The ceasefire took effect at midnight.",
        "Ceasefire takes effect at midnight.",
        "Two ceasefires took effect.",
        "A cease-fire took effect.",
        "CEASEFIRE TAKES EFFECT",
    ],
)
def test_a_rendering_counts_in_any_form(english: str) -> None:
    known = replace(TRUCE, variants=Variants(en=("cease-fire",)))
    assert found(bitext((ROW[0], english)), known) == []


@pytest.mark.parametrize(
    ("vi", "en", "row"),
    [
        (
            "Liên Hợp Quốc",
            "United Nations",
            ("Họ kêu gọi Liên Hợp Quốc.", "They called on the UN."),
        ),
        ("giá dầu", "oil price", ("Khi đó giá dầu tăng.", "Then the price of oil rose.")),
        ("Hoa Kỳ", "United States", ("Hàng của Hoa Kỳ.", "American goods.")),
        ("Anh", "United Kingdom", ("Hàng của Anh.", "UK goods.")),
        ("Anh", "United Kingdom", ("Hàng của Anh.", "British goods.")),
        ("Tổng thống Nga", "Russian President", ("Tổng thống Nga Putin.", "President Putin.")),
        ("OSCE", "OSCE", ("Theo OSCE.", "OSCE observers.")),
    ],
)
def test_a_rendering_turned_round_abbreviated_or_shortened_is_not_missing(
    vi: str, en: str, row: Row
) -> None:
    assert found(bitext(row), pair(vi, en)) == []


def test_another_name_of_a_place_is_not_its_approved_name() -> None:
    row = "Hàng của Anh.", "Goods from Britain."
    assert found(bitext(row), pair("Anh", "United Kingdom")) == [
        ("missing", "vi", 1, "Anh", ("United Kingdom",))
    ]


def test_any_of_several_approved_renderings_will_do() -> None:
    assert found(bitext(ROW), TRUCE, pair("lệnh ngừng bắn", "truce")) == []


def test_a_missing_term_names_all_that_is_approved_the_preferred_rendering_first() -> None:
    row = ROW[0], "The shooting stopped at midnight."
    armistice = pair("lệnh ngừng bắn", "armistice", preferred=True)
    assert found(bitext(row), TRUCE, armistice) == [(*MISSING[:4], ("armistice", "ceasefire"))]


def test_the_rendering_used_instead_is_named_where_the_glossary_knows_it() -> None:
    candidate = pair("lệnh ngừng bắn", "truce", "candidate")
    (finding,) = check(bitext(ROW), Glossary((TRUCE, candidate)))
    assert finding.message == (
        "“Lệnh ngừng bắn” is approved as “ceasefire”, but the translation has “truce”."
    )


def test_another_rendering_of_the_word_list_is_named_even_where_the_head_is_alike() -> None:
    investors = pair("khối ngoại", "foreign investors")
    first = "Khối ngoại mua ròng.", "Foreign investors were net buyers."
    other = "Hôm qua khối ngoại bán ròng.", "Yesterday overseas investors were net sellers."
    head = "Hôm qua khối ngoại bán ròng.", "Yesterday these investors were net sellers."
    (finding,) = check(bitext(first, other), Glossary((investors,)))
    assert finding.message == (
        "“khối ngoại” is approved as “foreign investors”, but the translation has “overseas "
        "investors”."
    )
    assert found(bitext(first, head), investors) == []


@pytest.mark.parametrize("status", ["candidate", "rejected"])
def test_what_nobody_approved_is_never_missing(status: Status) -> None:
    assert found(bitext(ROW), pair("lệnh ngừng bắn", "ceasefire", status)) == []


def test_a_preferred_candidate_counts_as_approved() -> None:
    wanted = pair("lệnh ngừng bắn", "ceasefire", "candidate", preferred=True)
    assert found(bitext(ROW), wanted) == [MISSING]


def test_two_newsrooms_need_not_use_the_same_words() -> None:
    assert found(bitext(ROW, relation="comparable"), TRUCE) == []


def test_neither_null_beads_nor_doubtful_ones_miss_a_term() -> None:
    assert found(bitext((ROW[0], ""), ("", ROW[1])), TRUCE) == []
    assert found(bitext(ROW, confidence=0.49), TRUCE) == []


def test_a_term_that_stands_in_both_sentences_of_a_bead_is_missing_once() -> None:
    text = bitext(ROW, (GOOD[0], ""), beads=[Bead((0, 1), (0,), 0.9)])
    assert found(text, TRUCE) == [MISSING]


def test_a_rendering_anywhere_in_the_bead_will_do() -> None:
    text = bitext(ROW, ("", GOOD[1]), beads=[Bead((0,), (0, 1), 0.9)])
    assert found(text, TRUCE) == []


def test_a_rendering_that_moved_to_the_next_sentence_is_not_missing() -> None:
    row = "Hai bên bắt tay nhau.", "Both sides shook hands on the ceasefire."
    assert found(bitext(ROW, row), TRUCE) == []
    assert found(bitext(ROW, GOOD), TRUCE) == [MISSING]  # that one is the neighbour's own


MINSK, DEAL = pair("Thỏa thuận Minsk", "Minsk agreements"), pair("thỏa thuận", "agreement")


def test_a_longer_term_hides_the_shorter_one_inside_it() -> None:
    row = "Họ bàn về Thỏa thuận Minsk.", "They discussed the Minsk accords."
    assert found(bitext(row), MINSK, DEAL) == [
        ("missing", "vi", 1, "Thỏa thuận Minsk", ("Minsk agreements",))
    ]


def test_an_approved_term_is_missing_where_a_longer_candidate_has_another_rendering_of_it() -> None:
    loan = pair("nợ xấu", "non-performing loan")
    longer = pair("nợ xấu nội bảng", "on-balance-sheet bad debt", "candidate")
    row = "Nợ xấu nội bảng đã tăng.", "On-balance-sheet bad debt has risen."
    assert found(bitext(row), loan, longer) == [
        ("missing", "vi", 1, "Nợ xấu", ("non-performing loan",))
    ]


def test_a_longer_candidate_hides_an_approved_term_of_which_it_says_nothing_else() -> None:
    wood, fire = pair("rừng", "forest"), pair("cháy rừng", "wildfire", "candidate")
    row = "Cháy rừng lan rộng.", "The wildfire is spreading."
    assert found(bitext(row), wood, fire) == []


def test_a_rendering_inside_a_longer_one_does_not_count_for_another_term() -> None:
    row = "Họ đặt hiệp định bên Thỏa thuận Minsk.", "They hold the pact to the Minsk agreements."
    treaty = pair("hiệp định", "agreement")
    assert found(bitext(row), MINSK, treaty) == [("missing", "vi", 1, "hiệp định", ("agreement",))]


def test_a_shorter_term_may_take_up_the_longer_one_in_the_sentence() -> None:
    row = (
        "Theo Thỏa thuận Minsk, các bên của thỏa thuận phải rút quân.",
        "Under the Minsk agreements, the parties must withdraw.",
    )
    assert found(bitext(row), MINSK, DEAL) == []


def test_a_candidate_that_is_not_rendered_hides_no_approved_term() -> None:
    long = pair("lệnh ngừng bắn có hiệu lực", "ceasefire in force", "candidate")
    assert found(bitext(ROW), TRUCE, long) == [MISSING]


def test_a_candidate_around_an_approved_rendering_hides_it_from_nobody() -> None:
    row = "Mỹ trả lại Việt Nam 29 cổ vật.", "The U.S. returns 29 artefacts to Vietnam."
    long = pair("Mỹ trả lại Việt Nam", "U.S. returns", "candidate")
    home = pair("Việt Nam", "Vietnam")
    assert found(bitext(row), home, long, source="en") == []


def test_a_second_mention_may_be_a_pronoun_or_the_head_alone() -> None:
    first = "Họ bàn về Thỏa thuận Minsk.", "They discussed the Minsk agreements."
    pronoun = "Nga ủng hộ Thỏa thuận Minsk.", "Russia supports them."
    head = "Nga ủng hộ Thỏa thuận Minsk.", "Russia supports the agreements."
    other = "Nga ủng hộ Thỏa thuận Minsk.", "Russia supports the accords."
    assert found(bitext(first, pronoun), MINSK) == []
    assert found(bitext(first, head), MINSK) == []
    assert [f[2] for f in found(bitext(first, other), MINSK)] == [2]
    assert [f[2] for f in found(bitext(pronoun, first), MINSK)] == [1]


def test_a_title_may_be_left_out_once_it_was_given() -> None:
    rows = (
        ("Hôm qua Tổng thống Putin tới Sochi.", "President Putin came to Sochi yesterday."),
        ("Sau đó Tổng thống Putin phát biểu.", "Putin then spoke."),
    )
    title = pair("Tổng thống", "President", kind="title")
    assert found(bitext(*rows), title) == []
    assert [f[2] for f in found(bitext(rows[1]), title)] == [1]


STATE = pair("Ngoại trưởng", "Secretary of State", kind="title")
FOREIGN = pair("Ngoại trưởng", "Foreign Minister", kind="title")


def test_an_office_of_another_country_has_its_own_name() -> None:
    russian = "Ngoại trưởng Nga tới Sochi.", "The Russian Foreign Minister came to Sochi."
    american = "Ngoại trưởng Mỹ tới Sochi.", "The American Foreign Minister came to Sochi."
    assert found(bitext(russian), STATE) == []
    assert found(bitext(american), STATE) == [
        ("missing", "vi", 1, "Ngoại trưởng", ("Secretary of State",))
    ]


@pytest.mark.parametrize(
    ("term", "row"),
    [
        (("nghị sĩ", "lawmaker"), ("Hôm qua thượng nghị sĩ từ chức.", "A senator resigned.")),
        (("Anh", "Britain"), ("Anh đã bị phạt.", "He was fined.")),
        (("đảng", "party"), ("Ông rời đảng Dân chủ.", "He left the Democrats.")),
        (
            ("rừng", "forest"),
            ("Họ lo cháy rừng lan rộng.", "They feared that the wildfire spread."),
        ),
    ],
)
def test_words_that_may_be_another_term_are_not_missing(term: Row, row: Row) -> None:
    assert found(bitext(row), pair(*term)) == []


def test_a_term_in_a_longer_word_is_missing_where_that_is_not_rendered_either() -> None:
    row = "Họ lo cháy rừng lan rộng.", "They feared that it spread."
    assert [kind for kind, *_ in found(bitext(row), pair("rừng", "forest"))] == ["missing"]


def test_a_long_term_is_missing_though_the_segmenter_cuts_its_words_elsewhere() -> None:
    row = "Lễ trao trả diễn ra nhân Ngày Quốc tế Bảo tàng.", "It took place on World Museum Day."
    day = pair("Ngày Quốc tế Bảo tàng", "International Museum Day")
    assert [kind for kind, *_ in found(bitext(row), day)] == ["missing"]


def test_from_english_the_vietnamese_rendering_is_missing() -> None:
    row = "Cuộc hưu chiến có hiệu lực.", "The ceasefire took effect."
    assert found(bitext(row), TRUCE, source="en") == [
        ("missing", "en", 1, "ceasefire", ("lệnh ngừng bắn",))
    ]
    assert found(bitext(row), TRUCE) == []
    assert found(bitext(ROW), TRUCE, source="en") == []


# Forbidden renderings

BANNED = pair("lệnh ngừng bắn", "truce", "forbidden")


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_a_forbidden_rendering_is_reported_once_and_not_as_missing_too(relation: Relation) -> None:
    (finding,) = check(bitext(ROW, relation=relation), Glossary((TRUCE, BANNED)))
    assert (finding.kind, finding.lang, finding.found) == ("forbidden", "en", "truce")
    assert finding.expected == ("ceasefire",)
    assert finding.message == "“truce” is forbidden for “Lệnh ngừng bắn”: use “ceasefire”."


def test_a_forbidden_rendering_without_an_approved_one_asks_for_another() -> None:
    (finding,) = check(bitext(ROW), Glossary((BANNED,)))
    assert finding.expected == ()
    assert finding.message == "“truce” is forbidden for “Lệnh ngừng bắn”: use another rendering."


def test_a_forbidden_rendering_without_its_term_is_no_fault() -> None:
    row = "Cuộc đình chiến có hiệu lực.", "The truce took effect."
    assert found(bitext(row), TRUCE, BANNED) == []
    assert found(bitext(ROW, confidence=0.4), TRUCE, BANNED) == []


def test_a_forbidden_rendering_may_be_that_of_another_term_in_the_sentence() -> None:
    row = (
        "Lệnh ngừng bắn khác với đình chiến.",
        "A ceasefire is not the same as a truce.",
    )
    other = pair("đình chiến", "truce")
    assert found(bitext(row), TRUCE, BANNED, other) == []


def test_a_forbidden_rendering_inside_a_longer_term_is_no_fault() -> None:
    row = "Ngoại trưởng Mỹ tới Sochi.", "The US Secretary of State came to Sochi."
    assert found(bitext(row), STATE, pair("Ngoại trưởng", "Secretary", "forbidden")) == []


# Inconsistent renderings

TWICE = pair("lệnh ngừng bắn", "truce")


def test_the_minority_of_two_renderings_is_inconsistent() -> None:
    (finding,) = check(bitext(GOOD, ROW, GOOD), Glossary((TWICE, TRUCE)))
    assert (finding.kind, finding.lang, finding.at) == ("inconsistent", "en", 2)
    assert (finding.found, finding.expected) == ("truce", ("ceasefire",))
    assert finding.message == (
        "“Lệnh ngừng bắn” is “ceasefire” elsewhere in this text (twice), but “truce” here."
    )


def test_the_preferred_rendering_is_expected_even_from_a_majority() -> None:
    wanted = replace(TWICE, preferred=True)
    at = [(f[2], f[4]) for f in found(bitext(GOOD, ROW, GOOD), wanted, TRUCE)]
    assert at == [(1, ("truce",)), (3, ("truce",))]


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_candidates_can_be_inconsistent(relation: Relation) -> None:
    unreviewed = [replace(p, status="candidate") for p in (TRUCE, TWICE)]
    text = bitext(GOOD, ROW, GOOD, relation=relation)
    assert found(text, *unreviewed) == [("inconsistent", "en", 2, "truce", ("ceasefire",))]


def test_one_rendering_throughout_is_consistent() -> None:
    assert found(bitext(GOOD, GOOD), TRUCE, TWICE) == []


def test_forms_of_one_rendering_are_consistent() -> None:
    rows = (
        ("Họ kêu gọi Liên Hợp Quốc.", "They called on the UN."),
        ("Họ rời Liên Hợp Quốc.", "They left the United Nations."),
    )
    terms = pair("Liên Hợp Quốc", "United Nations"), pair("Liên Hợp Quốc", "UN")
    assert found(bitext(*rows), *terms) == []


def test_both_renderings_in_one_bead_tell_nothing() -> None:
    row = "Lệnh ngừng bắn có hiệu lực.", "The truce, or ceasefire, took effect."
    assert found(bitext(row, GOOD), TRUCE, TWICE) == []


def test_offices_of_two_countries_are_consistent() -> None:
    rows = (
        ("Ngoại trưởng Mỹ tới Sochi.", "The Secretary of State came to Sochi."),
        ("Ngoại trưởng Nga tới Sochi.", "The Russian Foreign Minister came to Sochi."),
        ("Ngoại trưởng nói vậy.", "The Foreign Minister said so."),
    )
    assert found(bitext(*rows), STATE, FOREIGN) == []


# Spelling


@pytest.mark.parametrize(
    "row", [("Ông Sergei Lavrov nói.", "Sergey Lavrov spoke."), ("", "Sergey Lavrov spoke.")]
)
def test_a_variant_of_an_approved_name_is_a_spelling_finding_and_not_missing(row: Row) -> None:
    name = pair("Sergei Lavrov", "Sergei Lavrov", variants=Variants(en=("Sergey Lavrov",)))
    (finding,) = check(bitext(row), Glossary((name,)))
    assert (finding.kind, finding.found) == ("spelling", "Sergey Lavrov")
    assert finding.expected == ("Sergei Lavrov",)
    assert finding.message == "“Sergey Lavrov” is spelt “Sergei Lavrov” in the glossary."


def test_another_spelling_with_the_same_counterpart_is_a_spelling_finding() -> None:
    row = "Họ tới Kiev.", "They came to Kiev."
    terms = pair("Kiev", "Kyiv"), pair("Kiev", "Kiev", "candidate")
    assert found(bitext(row), *terms) == [("spelling", "en", 1, "Kiev", ("Kyiv",))]


def test_two_approved_spellings_are_both_right() -> None:
    row = "Họ tới Kiev.", "They came to Kiev."
    assert found(bitext(row), pair("Kiev", "Kyiv"), pair("Kiev", "Kiev")) == []


def test_an_acronym_is_no_misspelling() -> None:
    name = pair("Liên bang Nga", "Russian Federation", variants=Variants(vi=("LB Nga",)))
    assert found(bitext(("Họ tới LB Nga.", "They came to the Russian Federation.")), name) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("Ông tới Washington.", "He came to Washignton."), ("en", 1, "Washignton")),
        (("", "He came to Washignton."), ("en", 1, "Washignton")),
        (("Ông tới Washignton.", ""), ("vi", 1, "Washignton")),
        (("Ông tới Washington.", "He came to Washingon."), ("en", 1, "Washingon")),
    ],
)
def test_a_slip_in_a_name_is_found_and_not_missing(
    row: Row, expected: tuple[str, int, str]
) -> None:
    city = pair("Washington", "Washington")
    assert found(bitext(row), city) == [("spelling", *expected, ("Washington",))]


@pytest.mark.parametrize(
    ("right", "row"),
    [
        ("Anderson", ("", "Mr Andersen spoke.")),  # another person
        ("Gambia", ("Họ tới Zambia.", "They came to Zambia.")),
        ("Petrov", ("Ông Petrov và vợ.", "Petrova spoke.")),
        ("Usahkova", ("Bà Ushakova nói.", "Ushakova spoke.")),  # both texts write it so
        ("Trump", ("Ông ấy thắng.", "Trumps are high cards.")),
    ],
)
def test_a_name_that_can_be_its_own_is_no_slip(right: str, row: Row) -> None:
    spelling = [f for f in found(bitext(row), pair(right, right)) if f[0] == "spelling"]
    assert spelling == []


@pytest.mark.parametrize(
    ("right", "row", "expected"),
    [
        ("Vũ Minh Quân", ("Ông Vũ Minh Quân nói.", "Vu Min Quan spoke."), ("en", "Vu Min Quan")),
        ("Lê Thị Mai Chi", ("Bà Lê Thị Mai Chi nói.", "Le Thi Mai Chy"), ("en", "Le Thi Mai Chy")),
        ("Trịnh Quốc Hùng", ("Trịnh Cuốc Hùng", "Trinh Quoc Hung"), ("vi", "Trịnh Cuốc Hùng")),
        ("Trịnh Quốc Hùng", ("Trịnh Quốc Hưng", "Trinh Quoc Hung"), ("vi", "Trịnh Quốc Hưng")),
    ],
)
def test_a_vietnamese_name_with_one_syllable_misspelt_is_found(
    right: str, row: Row, expected: tuple[Lang, str]
) -> None:
    name = pair(right, fold(right).title())
    lang, said = expected
    assert ("spelling", lang, 1, said, (name.term(lang),)) in found(bitext(row), name)
    # Whatever it is linked to: two newsrooms' texts hold few links.
    apart = bitext((row[0], ""), ("", row[1]), relation="comparable")
    assert [f[:2] for f in found(apart, name)] == [("spelling", lang)]


@pytest.mark.parametrize(
    "row",
    [
        ("Ông Vũ Minh Quân và ông Vũ Minh Quang.", "Vu Minh Quan met Vu Minh Quang."),
        ("Ông Vũ Minh Quang nói.", "Vu Minh Quang spoke."),
        ("Ông Vũ Minh Quân nói.", "Vu Hoang Quan spoke."),  # more than a letter apart
        ("Ông ấy nói.", "Vu Min Quan spoke."),  # the right name is not opposite
        ("Ông Vũ Minh Quân nói.", "Vu, Min and Quan spoke."),
    ],
)
def test_another_vietnamese_name_is_no_slip(row: Row) -> None:
    name = pair("Vũ Minh Quân", "Vu Minh Quan")
    assert [f for f in found(bitext(row), name) if f[0] == "spelling"] == []


@pytest.mark.parametrize(
    ("row", "slip"),
    [
        (("Ông Lê Minh Đức nói.", "Le Ming Duc spoke."), "Le Ming Duc"),
        (("Bác sĩ Phạm Ngọc Thạch Anh nói.", "Dr. Pham Ngoc Tach Anh spoke."), "Ngoc Tach Anh"),
        (("Bà Nguyễn Thu Hằng nói.", "Nguyen Thi Hang spoke."), "Nguyen Thi Hang"),
    ],
)
def test_a_vietnamese_name_that_is_in_no_glossary_is_held_against_the_other_text(
    row: Row, slip: str
) -> None:
    (finding,) = check(bitext(row), Glossary(()))
    assert (finding.kind, finding.lang) == ("spelling", "en")
    assert finding.found.endswith(slip)


@pytest.mark.parametrize(
    "row",
    [
        ("Ông Lê Minh Đức nói.", "Le Minh Duc spoke."),
        ("Bà Nguyễn Thu Hằng gặp bà Nguyễn Thị Hằng.", "Nguyen Thi Hang and Nguyen Thu Hang met."),
        ("Ông Đặng Tiểu Bình nói.", "Deng Xiaoping spoke."),
        ("Bộ Tài Chính nói.", "Bo Tai Chin spoke."),  # no surname
    ],
)
def test_a_vietnamese_name_that_agrees_with_the_other_text_is_no_slip(row: Row) -> None:
    assert check(bitext(row), Glossary(())) == []


def test_only_a_reviewer_tells_vietnamese_names_apart_that_are_one_in_english() -> None:
    name = pair("Trịnh Quốc Hùng", "Trinh Quoc Hung", "candidate")
    assert found(bitext(("Trịnh Quốc Hưng", "Trinh Quoc Hung")), name) == []


# Laws

WORDS = [TRUCE, MINSK, DEAL, STATE, pair("giá dầu", "oil price"), pair("Washington", "Washington")]
PIECES = st.sampled_from(
    [
        *((p.vi, p.en) for p in WORDS),
        *(("truce", "Washignton"), ("hội nghị", "meeting"), ("Mỹ", "US"), ("ông", "he")),
    ]
)
SENTENCES = st.lists(
    st.tuples(st.lists(PIECES, max_size=4), st.lists(PIECES, max_size=4)), max_size=4
)
STATUS = st.sampled_from(["approved", "candidate", "rejected", "forbidden"])
GLOSSARIES = st.lists(
    st.builds(
        lambda p, s, wanted: replace(p, status=s, preferred=wanted),
        st.sampled_from([*WORDS, TWICE, FOREIGN]),
        STATUS,
        st.booleans(),
    ),
    max_size=6,
).map(lambda pairs: Glossary(tuple(pairs)))
BEADS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([0.3, 0.9])), max_size=6
)


@st.composite
def bitexts(draw: st.DrawFn) -> Bitext:
    """Draw a bitext of a few words with beads in any order, some of them null."""
    drawn = draw(SENTENCES)
    rows = [
        (" ".join(p[0] for p in ours) or "và", " ".join(p[1] for p in theirs) or "and")
        for ours, theirs in drawn
    ]
    beads = [
        Bead((i,), (j,), sure) for i, j, sure in draw(BEADS) if i < len(rows) and j < len(rows)
    ]
    beads += [Bead((k,), (), 0.9) for k in range(len(rows)) if draw(st.booleans())]
    return bitext(*rows, beads=beads, relation=draw(st.sampled_from(["parallel", "comparable"])))


# Figures

DAMAGES = "Tòa buộc bà bồi thường 4.700 tỷ đồng."


@pytest.mark.parametrize(
    ("row", "found_there", "expected"),
    [
        ((DAMAGES, "She must repay 470 billion dong."), "470 billion", ("4.700 tỷ",)),
        (("Bị cáo 21 tuổi, nạn nhân 19 tuổi.", "He is 29 years old, she 19."), "29", ("21",)),
        (("Có 37 trên 150 ghế.", "It won 37 seats of 105."), "105", ("150",)),
        (("Tăng 3,5%, còn 12 điểm.", "It rose 5.3 per cent, to 12."), "5.3", ("3,5",)),
        (("Lãi suất giữ ở 4,4%.", "Rates stand at 4.9 percent."), "4.9", ("4,4",)),
        (("Cả ba người đều sống.", "The two people survived."), "two", ("ba",)),
        (("Ông mất 10 năm.", "It took him seven years."), "seven", ("10",)),
        (("Tòa xử ngày 22/5.", "The trial began on May 12."), "May 12", ("22/5",)),
        (("Tàu về hồi tháng 3.", "The ship came back last May."), "May", ("tháng 3",)),
        (("Có từ năm 2012.", "It is there since 2022."), "2022", ("2012",)),
        (("Bà tới hôm thứ Ba.", "She came on Wednesday."), "Wednesday", ("thứ Ba",)),
        (("Giá 11 triệu USD.", "It cost $11 billion."), "11 billion", ("11 triệu",)),
        (("Cách bờ 30 km.", "It is 30 miles off."), "30 miles", ("30 km",)),
        (("Dài 3.200 m.", "It is 3,200 feet long."), "3,200 feet", ("3.200 m",)),
        (("Rộng 57 ha.", "It covers 57 acres."), "57 acres", ("57 ha",)),
        (("Có 126 kg ngà voi.", "There are 126 pounds of ivory."), "126 pounds", ("126 kg",)),
        (("Công suất là 120 MW.", "Its capacity is 120 kW."), "120 kW", ("120 MW",)),
        (("Cấm từ 23h đến 5h.", "No night flights from 11 a.m. to 5 a.m."), "11 a.m.", ("23h",)),
        (("Họ về lúc 07:19 giờ sáng.", "They left at 7.19 p.m."), "7.19 p.m.", ("07:19 giờ sáng",)),
        (
            ("Tàu tới lúc 3h sáng giờ địa phương.", "It came at 3 p.m. local time."),
            "3 p.m.",
            ("3h sáng",),
        ),
        (("Cần 6.500 tỷ đồng.", "It needs VND65 trillion."), "65 trillion", ("6.500 tỷ",)),
        (("Phạt 4,3 tỷ euro.", "It was fined $4.3bn."), "$4.3bn", ("4,3 tỷ euro",)),
        (("Giá 32.000 đồng.", "It costs 32,000 €."), "32,000 €", ("32.000 đồng",)),
        (("Cách bờ 46 hải lý.", "It is 46 km off."), "46 km", ("46 hải lý",)),
        (("Hạn là 60 ngày.", "It has 60-month terms."), "60-month", ("60 ngày",)),
        (("Giữa tháng 7 họ về.", "They return in mid-August."), "August", ("tháng 7",)),
        (("Cuối tháng 11 họ về.", "They return at the end of May."), "May", ("tháng 11",)),
        (("Tàu tới lúc 7 giờ tối.", "It came at 7 a.m. sharp."), "7 a.m.", ("7 giờ tối",)),
        (("Tàu tới lúc 19h30.", "It came at 8.30pm."), "8.30pm", ("19h30",)),
        (("Chiều 16/10, tòa xử.", "It sat on the morning of October 16."), "morning", ("Chiều",)),
        (("Họ về tối qua.", "They came back yesterday at 9 a.m."), "9 a.m.", ("tối",)),
        (("Tàu tới lúc nửa đêm.", "It came at noon."), "noon", ("nửa đêm",)),
        (("Từ 8:30 đến 9:45.", "From 8:30 to 9:40."), "9:40", ("9:45",)),
        (("Lần này tàu tới lúc 7h30.", "“This time it came at 8.30pm."), "8.30pm", ("7h30",)),
        (("Hai phần ba cử tri.", "Three-quarters of voters."), "Three-quarters", ("Hai phần ba",)),
        (
            ("Trong quý III, giá giảm.", "Prices fell in the second quarter."),
            "second quarter",
            ("quý III",),
        ),
        (("Đó là hội nghị lần thứ 15.", "It was the 14th conference."), "14th", ("lần thứ 15",)),
        (("Một cuốn của thế kỷ XIX.", "A book of the 18th century."), "18th", ("thế kỷ XIX",)),
        (("Nước xuất khẩu lớn thứ ba.", "The fourth-largest exporter."), "fourth", ("thứ ba",)),
        (("Tăng 2 điểm phần trăm.", "It rose 2%."), "2%", ("2 điểm phần trăm",)),
        (("Tăng 2%.", "It rose 2 percentage points."), "2 percentage points", ("2%",)),
    ],
)
def test_another_figure_or_date_than_in_the_source_is_found(
    row: Row, found_there: str, expected: tuple[str, ...]
) -> None:
    (finding,) = check(bitext(row), Glossary(()))
    assert (finding.kind, finding.lang, finding.found) == ("figure", "en", found_there)
    assert finding.expected == expected
    assert finding.message == f"The source has “{expected[0]}”, the translation “{found_there}”."


@pytest.mark.parametrize(
    "row",
    [
        (DAMAGES, "She must repay 4.7 trillion dong."),
        (DAMAGES, "She must repay the money."),
        (DAMAGES, "She must repay 4.7 trillion dong, or $180 million."),
        (DAMAGES, "She must repay VND4.7 trillion (USD180m)."),
        ("Cách bờ 46 hải lý.", "It is 46 nautical miles off."),
        (DAMAGES, "She must repay some of it by 2031, and nobody knows how much, nor 12 others."),
        ("Có hai mươi lăm người.", "There were 25 people."),
        ("Ngày 12, tàu tới lúc 7h30.", "On the 13th, it came at 7.30am."),
        ("Tàu tới lúc 19h30.", "It came at 7:30 p.m."),
        ("Đêm 3/5, họ đi chợ đêm.", "On the evening of May 3 they went to a night market."),
        ("Sáng nay trời chưa sáng.", "It was still dark this morning at 4 a.m."),
        ("Rạng sáng 5/3, tàu chìm lúc 2 giờ sáng.", "The ship sank overnight on March 5."),
        ("Tàu tới lúc 9h (giờ Hà Nội).", "The ship came at 2am GMT."),
        ("Tàu tới lúc 9h.", "The ship came at 5am Moscow time."),
        ("Tàu tới lúc 9h.", "The ship came at 9 p.m. Eastern Time."),
        ("Từ 8h đến 10h sáng, kéo dài 9 giờ.", "From 8 to 10 a.m., for nine hours."),
        ("Hai phần ba cử tri ủng hộ.", "Some 67% of the voters are for it."),
        ("Lãi suất tăng 0,5 điểm phần trăm.", "The rate rose 0.5 of a percentage point."),
        ("Có 30,000 học sinh.", "It has 30,000 pupils."),
        ("Tàu chạy 6 km.", "The ship sails 3.7 miles."),
        ("Mở từ 3 đến 5/6/2024, 9 giờ sáng.", "Open June 3 to 5, 2024, at 9, to anyone."),
        ("Ngày 12/5, tháng 6 và năm 2024.", "In May, June and the year 2024, hot."),
        ("Ngày 12/5/2024 nhiều hơn năm 2021.", "On May 12, 2024, more than three years ago."),
        ("Người thứ ba tới lúc 8 giờ.", "The third came at 8.30 on Friday."),
        ("Quý 1/2025 và quý hai.", "In Q1 and the second quarter of 2025, after the first."),
        ("Vào thứ ba, lần thứ hai.", "On Tuesday, for the second time."),
        ("Thế kỷ thứ mười lăm và XXI.", "The fifteenth and the twenty-first century."),
        ("Con tem thứ 1.000.", "His 1,000th stamp."),
        ("Đó là chuyện của hai bên.", "Both three-way talks failed."),
        ("Từ 500 đến 600 triệu.", "It was 500 million to 600 million."),
        ("Có 3,400 tỷ.", "It has 3,400 billion."),
        ("Sau 20 năm và 20 tháng.", "After 20 months and 20 years."),
        ("Tàu dài 400 m.", "The ship is a quarter of a mile long, or 1,312 feet of 2 colours."),
    ],
)
def test_figures_and_dates_left_out_written_out_or_converted_are_none(row: Row) -> None:
    assert check(bitext(row), Glossary(())) == []


@pytest.mark.parametrize(
    ("row", "lang", "word"),
    [
        (("Ông không phản đối dự luật.", "He objects to the bill."), "vi", "không"),
        (("Họ chưa ký thỏa thuận.", "They have signed the deal."), "vi", "chưa"),
        (("Tôi loại trừ khả năng đó.", "I do not rule out that possibility."), "en", "do not"),
        (
            (
                "Đến nay chưa ghi nhận tai biến nào sau tiêm.",
                "So far an adverse event after immunisation has been recorded.",
            ),
            "vi",
            "chưa",
        ),
        (("Tàu có thể vào cảng.", "The ship may not enter the port."), "en", "not"),
        (
            ("Chính phủ muốn tăng thuế.", "The government doesn't want to raise taxes."),
            "en",
            "doesn't",
        ),
    ],
)
def test_a_not_that_was_lost_or_has_come_in_is_found(
    row: Row, lang: Lang, word: str, embedder: Embedder
) -> None:
    for source in LANGS:
        (finding,) = check(bitext(row), Glossary(()), source, embedder)
        assert (finding.kind, finding.lang, finding.found) == ("negation", lang, word)
        here = "source" if lang == source else "translation"
        assert finding.message.startswith(f"The {here} has a negation (“{word}”)")


@pytest.mark.parametrize(
    "row",
    [
        ("Ông không phản đối dự luật.", "He does not object to the bill."),
        ("Nguyên nhân vẫn chưa rõ.", "The cause is still unclear."),
        ("Họ không chịu ký thỏa thuận.", "They refused to sign the deal."),
        ("Hàng không Việt Nam mở đường bay.", "Vietnam's airline opened a route."),
        ("Tàu có vào cảng không?", "Will the ship enter the port?"),
        ("Số người chết không thay đổi trong tuần qua.", "The death toll was the same last week."),
        ("Bà thắng với số phiếu dư không cao.", "She won by a slim margin."),
        ("Trang web không truy cập được.", "The site was down."),
        ("Nhân chứng giấu tên kể lại.", "A witness, who did not give his name, told the story."),
    ],
)
def test_a_negation_in_other_words_is_no_finding(row: Row, embedder: Embedder) -> None:
    assert check(bitext(row), Glossary(()), embedder=embedder) == []


@pytest.mark.parametrize(
    ("row", "lang", "word", "rank"),
    [
        (("Phó chủ tịch tỉnh đến.", "The chairman of the province came."), "vi", "Phó", "deputy"),
        (("Bộ trưởng Lan đến.", "Deputy Minister Lan came."), "en", "Deputy", "deputy"),
        (("Thứ trưởng Lan đến.", "Minister Lan came."), "vi", "Thứ trưởng", "deputy"),
        (("Họ khen cơ phó Lan.", "They praised Captain Lan."), "vi", "phó", "deputy"),
        (("Cựu thủ tướng đến.", "The prime minister came."), "vi", "Cựu", "former"),
        (("Thủ tướng đến.", "The former prime minister came."), "en", "former", "former"),
        (("Chủ tịch Lan ký.", "Acting President Lan signed."), "en", "Acting President", "acting"),
    ],
)
def test_a_rank_that_only_one_text_names_is_found(
    row: Row, lang: Lang, word: str, rank: str
) -> None:
    for source in LANGS:
        (finding,) = check(bitext(row), Glossary(()), source)
        assert (finding.kind, finding.lang, finding.found) == ("rank", lang, word)
        here = "source" if lang == source else "translation"
        assert finding.message.startswith(f"The {here} says “{word}” ({rank})")


@pytest.mark.parametrize(
    "row",
    [
        ("Phó chủ tịch tỉnh đến.", "The vice chairwoman of the province came."),
        ("Thứ trưởng Lan đến.", "The state secretary, Lan, came."),
        ("Họ bàn cách đối phó với bão.", "They discussed how to cope with the storm."),
        ("Cầu thủ kỳ cựu ấy giải nghệ.", "The seasoned player retired."),
        ("Tổng thống tiền nhiệm đến.", "The former president came."),
        ("479 đại biểu có mặt.", "All 479 deputies were present."),
        ("Chính quyền chủ tịch Lan ký.", "The government of President Lan signed."),
    ],
)
def test_a_rank_in_other_words_is_no_finding(row: Row) -> None:
    assert check(bitext(row), Glossary(())) == []


@pytest.mark.parametrize(
    ("row", "found", "said"),
    [
        (("Giá dầu tăng trong tháng qua.", "The price of oil fell last month."), "fell", "tăng"),
        (
            ("Kim ngạch xuất khẩu đạt mức mới.", "The value of imports reached a new level."),
            "imports",
            "xuất khẩu",
        ),
        (
            ("Bão đổ bộ vào phía bắc tỉnh.", "The storm hit the south of the province."),
            "south",
            "phía bắc",
        ),
        (("Thợ dệt trên 60 tuổi.", "The weavers are under 60."), "under", "trên"),
        (("Giá vé thấp hơn năm ngoái.", "Fares are higher than last year."), "higher", "thấp hơn"),
        (("Nộp đơn trước ngày 20/5.", "Apply after May 20."), "after", "trước ngày"),
        (("Thủ tướng Đức đã tới.", "The German president arrived."), "president", "Thủ tướng"),
    ],
)
def test_the_opposite_of_the_source_is_found(
    row: Row, found: str, said: str, embedder: Embedder
) -> None:
    (finding,) = check(bitext(row), Glossary(()), embedder=embedder)
    assert (finding.kind, finding.lang, finding.found) == ("opposite", "en", found)
    assert finding.message == f"The source has “{said}”, the translation its opposite, “{found}”."


@pytest.mark.parametrize(
    "row",
    [
        ("Giá dầu tăng rồi lại giảm.", "The price of oil fell back."),  # the source has both
        ("Họ không đồng ý.", "They refused."),
        ("Ông bán vé tại cửa rạp.", "Tickets can be bought from him at the door."),
        ("Xuất khẩu giảm.", "Exports dwindled."),  # neither pole
        ("Cầu trên sông dài 60 m.", "The bridge under repair is 60 m long."),  # of no number
        ("Có ít hơn 60 người.", "There were fewer than 60 people."),
        ("Giá vé thấp hơn năm ngoái.", "Fares are cheaper than last year."),
        ("Nộp đơn trước ngày 20/5.", "Apply by May 20."),
    ],
)
def test_what_is_said_in_other_words_is_no_opposite(row: Row, embedder: Embedder) -> None:
    assert check(bitext(row), Glossary(()), embedder=embedder) == []


def test_opposites_that_words_alone_do_not_prove_need_a_model() -> None:
    row = "Giá dầu tăng trong tháng qua.", "The price of oil fell last month."
    assert check(bitext(row), Glossary(())) == []


def test_two_reports_may_negate_what_they_like(embedder: Embedder) -> None:
    row = "Họ chưa ký thỏa thuận.", "They have signed the deal."
    text = bitext(row, relation="comparable")
    assert check(text, Glossary(()), embedder=embedder) == []


def test_figures_of_two_reports_are_not_compared() -> None:
    row = DAMAGES, "She must repay 470 billion dong."
    assert check(bitext(row, relation="comparable"), Glossary(())) == []


def test_figures_are_compared_over_a_whole_bead_and_reported_once_from_either_language() -> None:
    vi, en = ("Có 12 tàu.", "Có 7.000 người."), ("There are 12 ships with 8,000 people.",)
    text = Bitext(
        document("vi/a", "vi", vi),
        document("en/a", "en", en),
        (Bead((0, 1), (0,), 0.9),),
        "parallel",
        "as chosen",
    )
    (one,) = check(text, Glossary(()))
    (other,) = check(text, Glossary(()), source="en")
    assert (one.lang, one.found, one.expected) == ("en", "8,000", ("7.000",))
    assert (other.lang, other.found, other.expected) == ("vi", "7.000", ("8,000",))


@given(bitexts())
def test_an_empty_glossary_finds_nothing_but_sentences_left_out(text: Bitext) -> None:
    linked = {i for bead in text.links if bead.confidence >= 0.5 for i in bead.src}
    alone = {i for bead in text.beads if bead.is_null for i in bead.src} - linked
    is_read = linked and text.relation == "parallel"
    findings = check(text, Glossary(()))
    assert {("omitted", f.lang, f.at - 1) for f in findings} == {
        ("omitted", "vi", i) for i in alone if is_read
    }
    assert {f.kind for f in findings} <= {"omitted"}


@pytest.mark.parametrize(("source", "kinds"), [("vi", "omitted added"), ("en", "added omitted")])
def test_a_sentence_of_a_translation_without_counterpart_is_found(source: Lang, kinds: str) -> None:
    extra = "Ông nói thêm về vụ mùa."
    rows = GOOD, (extra, ""), ("", "It rained.")
    ours, theirs = check(bitext(*rows), Glossary(()), source)
    assert f"{ours.kind} {theirs.kind}" == kinds
    assert (ours.lang, ours.at, ours.found) == ("vi", 2, extra)
    assert (theirs.lang, theirs.at, theirs.found) == ("en", 2, "It rained.")
    assert "has no counterpart of this sentence (90% sure)" in ours.message


def test_two_sentences_without_counterpart_in_one_place_may_belong_together() -> None:
    rows = GOOD, ("Đây là lần thứ ba.", ""), ("", "It was the third."), GOOD
    ours, theirs = check(bitext(*rows), Glossary(()))
    assert ours.message.endswith("(90% sure), unless it is sentence 2, “It was the third.”.")
    assert theirs.message.endswith("(90% sure), unless it is sentence 2, “Đây là lần thứ ba.”.")
    more = check(bitext(*rows[:3], ("", "It rained."), GOOD), Glossary(()))
    assert [finding.message.endswith("(90% sure).") for finding in more] == [True] * 3


def test_a_sentence_without_counterpart_may_be_said_in_another_one() -> None:
    rows = (
        (
            "Viện xét nghiệm kháng thể.",
            "The institute tests antibodies, with results expected next spring.",
        ),
        ("Bệnh viện ở phía bắc đóng cửa.", "The hospital in the north has closed."),
        ("Trường học vẫn mở.", "Schools are still open."),
        ("Kết quả dự kiến có vào mùa xuân tới.", ""),
    )
    (finding,) = check(bitext(*rows), Glossary(()))
    assert "(90% sure), unless it is in sentence 1, “The institute tests" in finding.message


def test_a_sentence_is_said_to_be_left_out_only_where_that_is_sure() -> None:
    extra = "Ông nói thêm về vụ mùa.", ""
    assert check(bitext(GOOD, extra, confidence=0.7), Glossary(())) == []
    assert check(bitext(GOOD, extra, relation="comparable"), Glossary(())) == []
    assert check(bitext(extra), Glossary(())) == []  # of two texts that have nothing in common


@pytest.mark.parametrize(
    ("row", "vi", "en", "is_missing"),
    [
        (
            ("Cơ quan thu hồi đất.", "An agency recovers land."),
            "thu hồi đất",
            "land recovery",
            False,
        ),
        (
            ("Tòa hủy phương án bồi thường.", "It voided the compensation and resettlement plan."),
            "phương án bồi thường",
            "compensation plan",
            False,
        ),
        (("Người tiêu dùng lo.", "Consumption worries us."), "người tiêu dùng", "consumer", True),
        (("Họ về nhà.", "They returned home."), "về nhà", "to the", True),
    ],
)
def test_a_term_may_be_said_in_words_apart_or_derived(
    row: Row, vi: str, en: str, is_missing: bool
) -> None:
    found = check(bitext(row), Glossary((pair(vi, en),)))
    assert [finding.kind for finding in found] == ["missing"] * is_missing


@settings(max_examples=50)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=4))
def test_a_text_translated_as_approved_has_no_findings(drawn: list[list[TermPair]]) -> None:
    rows = [
        (", ".join(p.vi for p in pairs) + ".", ", ".join(p.en for p in pairs) + ".")
        for pairs in drawn
    ]
    assert check(bitext(*rows), Glossary(tuple(WORDS))) == []
    assert check(bitext(*rows), Glossary(tuple(WORDS)), source="en") == []


def test_a_name_that_both_languages_write_alike_can_be_missing() -> None:
    text = bitext(("Lệnh ngừng bắn ở Washington.", "The ceasefire holds."))
    (one,) = check(text, Glossary((pair("Washington", "Washington"),)))
    assert (one.kind, one.found, one.expected) == ("missing", "Washington", ("Washington",))


@settings(max_examples=150)
@given(bitexts(), GLOSSARIES, st.sampled_from(["vi", "en"]))
def test_every_finding_shows_its_place_and_they_come_in_order(
    text: Bitext, glossary: Glossary, source: Lang
) -> None:
    findings = check(text, glossary, source)
    documents = {"vi": text.vi, "en": text.en}
    first = [("vi", i) for bead in text.beads for i in bead.src]
    for finding in findings:
        assert finding.sentence == documents[finding.lang].texts[finding.at - 1]
        assert finding.found == finding.sentence[finding.start : finding.end] != ""
        assert finding.name == documents[finding.lang].name
        same_in_both = finding.kind == "missing" and any(
            known.vi == known.en == finding.found for known in glossary.pairs
        )
        assert same_in_both or finding.found not in finding.expected
        if finding.kind in ("missing", "omitted"):
            assert (finding.lang, text.relation) == (source, "parallel")
        elif finding.kind != "spelling":
            assert finding.lang != source
    places = [(f.lang, f.at, f.start, f.end) for f in findings]
    assert len(set(places)) == len(places)
    for lang in ("vi", "en"):
        within = [(f.at, f.start) for f in findings if f.lang == lang]
        for at in {at for at, _ in within}:
            assert sorted(s for a, s in within if a == at) == [s for a, s in within if a == at]
    order = [first.index((f.lang, f.at - 1)) for f in findings if (f.lang, f.at - 1) in first]
    assert order == sorted(order)
    assert findings == check(text, glossary, source)
