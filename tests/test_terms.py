"""Terms are phrases of both languages that mean the same and keep the same company."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.glossary import Evidence, Glossary
from aligner.model import Bead, Bitext, Lang
from aligner.settings import TermSettings
from aligner.terms import extract_terms
from aligner.terms.candidates import (
    MAX_WORDS,
    function_words,
    is_name,
    key_of,
    phrases,
    select,
)
from format_samples import document
from wordbag import WordBag

# What the bag of words knows to mean the same.
SAME = {"lệnh ngừng bắn": "ceasefire", "lầu năm góc": "pentagon", "giá dầu": "oil price"}
VI = (
    "Lầu Năm Góc tôn trọng lệnh ngừng bắn.",
    "Lệnh ngừng bắn có hiệu lực.",
    "Họ bàn về lệnh ngừng bắn và giá dầu.",
    "Giá dầu giảm.",
)
EN = (
    "The Pentagon respects the ceasefire.",
    "The ceasefire took effect.",
    "They discussed the ceasefire and the oil price.",
    "The oil price fell.",
)


def bitext(
    vi: Sequence[str] = VI, en: Sequence[str] = EN, confidence: float = 0.9, name: str = "a"
) -> Bitext:
    """Return a bitext of 1-1 beads."""
    beads = tuple(Bead((k,), (k,), confidence) for k in range(len(vi)))
    ours = document(f"vi/{name}.txt", "vi", vi)
    theirs = document(f"en/{name}.txt", "en", en)
    return Bitext(ours, theirs, beads, "parallel", "as chosen")


def extract(*bitexts: Bitext) -> Glossary:
    return extract_terms(bitexts, WordBag(SAME))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the price of oil", {"price", "price of oil", "oil"}),
        ("Suez Canal, waterway", {"Suez", "Suez Canal", "Canal", "waterway"}),
        ("Kerry's", {"Kerry"}),
        ("visit by Kerry’s", {"visit", "Kerry"}),
        ("state-run AT&T", {"state-run", "state-run AT&T", "AT&T"}),
        ("troops said (again) that", {"troops"}),
        ("troops were there", {"troops"}),
        ("3.5 million of 20 troops", {"million", "troops"}),
        ("G7", set()),
        ("of the and", set()),
        ("...", set()),
        ("", set()),
    ],
)
def test_english_candidates_have_no_function_word_at_an_end_and_cross_no_punctuation(
    text: str, expected: set[str]
) -> None:
    assert set(phrases(text, "en")) == expected


@pytest.mark.parametrize("text", ["That's the deal", "It's the deal", "He’s the deal"])
def test_a_pronoun_with_a_shortened_verb_is_no_candidate(text: str) -> None:
    assert not {"That", "It", "He"} & set(phrases(text, "en"))


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        (
            "Nhà ngoại giao nói về lệnh ngừng bắn.",
            {"ngoại giao", "lệnh ngừng bắn"},
            {"lệnh", "về lệnh ngừng bắn", "nói"},
        ),
        (
            "Kênh đào Suez bị phong tỏa, giá dầu tăng.",
            {"Kênh đào Suez", "Suez", "phong tỏa", "giá dầu"},
            {"bị phong tỏa", "phong tỏa giá dầu", "đào"},
        ),
    ],
)
def test_vietnamese_candidates_are_words_and_their_runs(
    text: str, wanted: set[str], unwanted: set[str]
) -> None:
    found = set(phrases(text, "vi"))
    assert wanted <= found
    assert not unwanted & found


@settings(deadline=None)
@given(st.lists(st.sampled_from([*" ".join(EN).split(), "Kerry", "of", "3", ","]), max_size=12))
def test_every_english_candidate_keeps_the_rules(words: list[str]) -> None:
    text = " ".join(words)
    found = phrases(text, "en")
    assert len(set(found)) == len(found)
    for phrase in found:
        parts = phrase.split()
        assert phrase in text
        assert len(parts) <= MAX_WORDS["en"]
        assert not {parts[0].lower(), parts[-1].lower()} & function_words("en")
        assert not {part.lower() for part in parts} & function_words("en_inside")


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("Lệnh trừng phạt", "lệnh trừng phạt"),
        ("lệnh trừng phạt", "lệnh trừng phạt"),
        ("Oil price", "oil price"),
        ("Bộ Ngoại giao", "Bộ Ngoại giao"),
        ("Kênh đào Suez", "Kênh đào Suez"),
        ("Suez Canal", "Suez Canal"),
        ("US sanctions", "US sanctions"),
        ("Suez", "Suez"),
        ("oil", "oil"),
    ],
)
def test_only_names_keep_the_capital_at_their_head(phrase: str, key: str) -> None:
    assert key_of(phrase) == key
    assert key_of(key) == key


@pytest.mark.parametrize(
    ("phrase", "lang", "expected"),
    [
        ("Suez Canal", "en", True),
        ("Suez canal", "en", False),
        ("oil", "en", False),
        ("Bộ Ngoại giao", "vi", True),
        ("Lệnh trừng phạt", "vi", False),
        ("kênh đào Suez", "vi", False),
        ("Suez", "vi", True),
    ],
)
def test_a_name_is_known_by_its_capitals(phrase: str, lang: Lang, expected: bool) -> None:
    assert is_name(phrase, lang) is expected


def test_what_stands_in_one_sentence_only_must_be_a_name() -> None:
    sentences = [["oil", "Suez", "oil", "gas"], ["oil"]]
    assert select(sentences, "en") == {"oil": 2, "Suez": 1}


def test_the_terms_of_a_bitext_come_with_what_speaks_for_them() -> None:
    found = {(p.vi, p.en): p for p in extract(bitext(VI[:2], EN[:2]), bitext(VI[2:], EN[2:], 0.8))}
    assert found.keys() == {
        ("lệnh ngừng bắn", "ceasefire"),
        ("giá dầu", "oil price"),
        ("Lầu Năm Góc", "Pentagon"),
    }
    truce = found["lệnh ngừng bắn", "ceasefire"]
    assert (truce.kind, truce.count, truce.consistency) == ("term", 3, 1.0)
    assert (truce.status, truce.note) == ("candidate", "")
    name = found["Lầu Năm Góc", "Pentagon"]
    assert (name.kind, name.count, name.consistency) == ("name", 1, 1.0)
    assert name.evidence == (Evidence(VI[0], EN[0], "vi/a.txt", "en/a.txt"),)


def test_terms_come_most_confident_first() -> None:
    confidences = [pair.confidence for pair in extract(bitext())]
    assert len(confidences) == 3
    assert confidences == sorted(confidences, reverse=True)


def test_articles_are_counted_once_each() -> None:
    both = extract(bitext(name="a"), bitext(name="b"))
    found = {(pair.vi, pair.en): (pair.count, pair.articles) for pair in both}
    assert found["lệnh ngừng bắn", "ceasefire"] == (6, 2)
    assert found["Lầu Năm Góc", "Pentagon"] == (2, 2)


def test_evidence_is_of_the_three_surest_beads() -> None:
    unsure, sure = bitext(confidence=0.6, name="unsure"), bitext(confidence=0.9, name="sure")
    truce = next(pair for pair in extract(unsure, sure) if pair.en == "ceasefire")
    assert [(e.vi, e.vi_name) for e in truce.evidence] == [(v, "vi/sure.txt") for v in VI[:3]]


def test_consistency_is_the_share_of_beads_that_render_the_term_so() -> None:
    other = (*EN[:2], "They discussed the truce and the oil price.", EN[3])
    truce = next(pair for pair in extract(bitext(VI, other)) if pair.en == "ceasefire")
    assert (truce.count, truce.consistency) == (2, 2 / 3)


def test_names_written_alike_need_no_glossary() -> None:
    vi = ("Ông Kerry tới Sochi.", "Ông Kerry rời Sochi.")
    en = ("Kerry came to Sochi.", "Kerry left Sochi.")
    assert list(extract(bitext(vi, en))) == []


def test_a_pair_that_only_stands_inside_a_longer_one_is_left_out() -> None:
    vi = ("Tàu qua kênh đào Suez.", "Họ nói về kênh đào Suez.")
    en = ("Ships passed the Suez Canal.", "They discussed the Suez Canal.")
    found = {(p.vi, p.en) for p in extract_terms([bitext(vi, en)], WordBag({"kênh đào": "canal"}))}
    assert ("kênh đào Suez", "Suez Canal") in found
    assert ("kênh đào", "Canal") not in found


def test_a_pair_that_also_stands_by_itself_is_kept() -> None:
    vi = ("Tàu qua kênh đào Suez.", "Họ nói về kênh đào Suez.", "Họ tới kênh đào.")
    en = ("Ships passed the Suez Canal.", "They discussed the Suez Canal.", "They saw the Canal.")
    found = {(p.vi, p.en) for p in extract_terms([bitext(vi, en)], WordBag({"kênh đào": "canal"}))}
    assert {("kênh đào Suez", "Suez Canal"), ("kênh đào", "Canal")} <= found


@pytest.mark.parametrize(
    ("beads", "confidence"),
    [pytest.param(4, 0.49, id="unsure"), pytest.param(0, 0.9, id="none")],
)
def test_beads_below_the_threshold_support_no_term(beads: int, confidence: float) -> None:
    assert TermSettings().min_bead == 0.5
    assert extract(bitext(VI[:beads], EN[:beads], confidence)) == Glossary(())


def test_null_beads_support_no_term() -> None:
    whole = bitext()
    nulls = [Bead((k,), (), 1.0) for k in range(4)] + [Bead((), (k,), 1.0) for k in range(4)]
    assert extract(Bitext(whole.vi, whole.en, tuple(nulls), "parallel", "")) == Glossary(())


def test_no_bitexts_give_an_empty_glossary() -> None:
    assert extract() == Glossary(())


def test_the_same_bitexts_give_the_same_glossary() -> None:
    assert extract(bitext()) == extract(bitext())
