"""Term pairs are extracted from aligned articles by the model that ships."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embed import CachedEmbedder
from aligner.glossary import Glossary
from aligner.model import Article, Bead, Bitext, Lang, Relation
from aligner.pipeline import align
from aligner.settings import TermSettings
from aligner.term_pair import TermPair, same_text
from aligner.terms.extract import extract_terms
from aligner.terms.names.kinds import is_common, kind_of, little_to_learn
from aligner.terms.names.short_forms import is_abbreviation, name_key
from aligner.terms.names.spelling import is_one_name
from aligner.terms.windows.observe import observe, windows
from aligner.terms.windows.signs import LEAD, SIGNS, leads, signs, usual_form
from aligner.text.document import segment
from aligner.text.words import term_key
from format_samples import document

SETTINGS = TermSettings()
TRANSLATION = "01-kenh-dao.txt", "suez-six-days.txt"
REPORTS = "vien-dam-phan-12-10.html", "talks_vienna.txt"


@pytest.fixture(scope="session")
def bitexts(articles: dict[str, Article], embedder: CachedEmbedder) -> list[Bitext]:
    """The beginnings of a translation and of two reports of one event."""
    vi, en = (articles[name] for name in TRANSLATION)
    translation = align(vi, en, embedder, "parallel")
    reports = (segment(articles[name]) for name in REPORTS)
    ours, theirs = (replace(report, sentences=report.sentences[:12]) for report in reports)
    return [short(translation, translation.links[:9]), align(ours, theirs, embedder, "comparable")]


@pytest.fixture(scope="session")
def glossary(bitexts: list[Bitext], embedder: CachedEmbedder) -> Glossary:
    """What the two pairs of articles support together."""
    return extract_terms(bitexts, embedder)


@pytest.fixture(scope="session")
def halves(bitexts: list[Bitext]) -> list[Bitext]:
    """Two windows of the translation, each as a bitext of its own."""
    sure = [bead for bead in bitexts[0].links if bead.confidence >= SETTINGS.min_bead]
    return [short(bitexts[0], sure[:2]), short(bitexts[0], sure[2:4])]


@pytest.fixture(scope="session")
def from_halves(halves: list[Bitext], embedder: CachedEmbedder) -> Glossary:
    """What the two windows support together."""
    return extract_terms(halves, embedder)


def short(bitext: Bitext, beads: Sequence[Bead]) -> Bitext:
    """Return a bitext with some of its beads."""
    return replace(bitext, beads=tuple(beads))


def test_known_terms_of_the_articles_are_found(glossary: Glossary) -> None:
    found = {(same_text(pair.vi), same_text(pair.en)): pair for pair in glossary}
    expected = {
        ("kênh đào suez", "suez canal"),
        ("ấn độ", "india"),
        ("địa trung hải", "mediterranean"),
        ("biển đỏ", "red sea"),
        ("matxcơva", "moscow"),
        ("liên minh châu âu", "european union"),
        ("ngoại trưởng", "foreign minister"),
        ("tuyên bố chung", "joint statement"),
    }
    assert expected <= found.keys()
    canal = found["kênh đào suez", "suez canal"]
    assert (canal.count, canal.articles, canal.kind) == (3, 1, "term")


def test_terms_come_most_confident_first_but_plain_pairs_later_and_common_words_last(
    glossary: Glossary,
) -> None:
    standing = [
        (is_common(pair.vi, pair.en), bool(little_to_learn(pair.vi, pair.en)), -pair.confidence)
        for pair in glossary
    ]
    assert standing == sorted(standing)
    assert {row[:2] for row in standing} >= {(False, False), (False, True), (True, False)}
    reasons = [pair.reason for pair in glossary if is_common(pair.vi, pair.en)]
    said = "common word; ", "everyday word; ", "word written alike; "
    assert all(reason.startswith(said) for reason in reasons)


def test_every_term_is_more_likely_right_than_wrong(glossary: Glossary) -> None:
    assert all(SETTINGS.min_confidence <= pair.confidence <= 1 for pair in glossary)


def test_the_same_bitexts_give_the_same_glossary_remembered_or_read_again(
    halves: list[Bitext], from_halves: Glossary, embedder: CachedEmbedder
) -> None:
    assert len(from_halves) > 3
    assert extract_terms(halves, embedder) == from_halves
    first = halves[:1]
    assert extract_terms(first, embedder.inner) == extract_terms(first, embedder)


def test_evidence_holds_the_terms_where_it_says(glossary: Glossary, bitexts: list[Bitext]) -> None:
    by_names = {(bitext.vi.name, bitext.en.name): bitext for bitext in bitexts}
    for pair in glossary:
        assert 1 <= len(pair.evidence) <= SETTINGS.evidence
        assert len({(e.vi_name, e.vi_at, e.en_name, e.en_at) for e in pair.evidence}) == len(
            pair.evidence
        )
        for seen in pair.evidence:
            bitext = by_names[seen.vi_name, seen.en_name]
            assert seen.vi == bitext.vi.sentences[seen.vi_at - 1].text
            assert seen.en == bitext.en.sentences[seen.en_at - 1].text
            assert seen.vi_term in seen.vi
            assert seen.en_term in seen.en
            assert is_form(seen.vi_term, (pair.vi, *pair.variants.vi), "vi")
            assert is_form(seen.en_term, (pair.en, *pair.variants.en), "en")


def is_form(words: str, terms: Sequence[str], lang: Lang) -> bool:
    """Return whether some words are a form of one of the terms."""
    return term_key(words, lang) in {term_key(term, lang) for term in terms}


def test_evidence_of_a_translation_stands_in_its_beads(
    glossary: Glossary, bitexts: list[Bitext]
) -> None:
    linked = {(i + 1, j + 1) for bead in bitexts[0].links for i in bead.src for j in bead.tgt}
    seen = [e for pair in glossary for e in pair.evidence if e.vi_name == TRANSLATION[0]]
    assert seen
    assert all((evidence.vi_at, evidence.en_at) in linked for evidence in seen)


def test_counts_and_shares_are_in_range(glossary: Glossary, bitexts: list[Bitext]) -> None:
    links = sum(len(bitext.links) for bitext in bitexts)
    for pair in glossary:
        assert 1 <= pair.articles <= len(bitexts)
        assert pair.articles <= pair.count <= links or pair.count == 1
        assert 0 < pair.consistency <= 1
        assert 0 < pair.consistency_en <= 1
        assert (pair.status, pair.state, pair.note) == ("candidate", "new", "")
        assert pair.reason
        assert pair.kind == kind_of(pair.vi, pair.en)


def test_each_linked_sentence_is_counted_once_and_the_reason_tells_how_many(
    glossary: Glossary,
) -> None:
    assert [
        (pair.vi, pair.en, pair.count, pair.reason)
        for pair in glossary
        if len(pair.evidence) != min(pair.count, SETTINGS.evidence)
        or (pair.count > 1 and f"in {pair.count} linked sentences" not in pair.reason)
    ] == []


def test_no_pair_is_there_in_two_spellings(glossary: Glossary) -> None:
    twice = [
        (one.vi, one.en, other.vi, other.en)
        for one, other in combinations(glossary, 2)
        if is_spelling(one.vi, other.vi, "vi") and is_spelling(one.en, other.en, "en")
    ]
    assert twice == []


def is_spelling(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are one name or word in two spellings or lengths."""
    key = name_key(one, lang)
    return (
        term_key(one, lang) == term_key(other, lang)
        or (key is not None and key == name_key(other, lang))
        or is_one_name(one, other, lang)
        or is_abbreviation(one, other, lang)
    )


def test_the_eu_is_one_concept_with_its_short_form(glossary: Glossary) -> None:
    (union,) = (pair for pair in glossary if same_text(pair.en) == "european union")
    assert "EU" in (*union.variants.vi, *union.variants.en)


def test_a_name_written_alike_says_so_and_comes_behind_the_terms_however_sure_it_is(
    glossary: Glossary,
) -> None:
    alike = {pair.vi: pair for pair in glossary if pair.vi == pair.en}
    assert {"Karsania", "Orsa", "Velmora"} <= alike.keys()
    said = "name written alike; ", "word written alike; "
    assert all(pair.reason.startswith(said) for pair in alike.values())
    assert min(alike["Karsania"].confidence, alike["Orsa"].confidence) > 0.9
    places = [pair.id for pair in glossary if not is_common(pair.vi, pair.en)]
    first = min(places.index(alike[name].id) for name in ("Karsania", "Orsa", "Velmora"))
    assert all(little_to_learn(p.vi, p.en) for p in glossary.pairs[first : len(places)])


def test_a_long_translation_gives_the_same_in_one_bitext_or_in_two(
    halves: list[Bitext], from_halves: Glossary, embedder: CachedEmbedder
) -> None:
    whole = short(halves[0], (*halves[0].beads, *halves[1].beads))
    windowed = extract_terms([whole], embedder, TermSettings(window=2))

    def told(found: Glossary) -> list[TermPair]:
        """Return the pairs but for how many article pairs they were seen in."""
        return [replace(pair, articles=1, reason="") for pair in found]

    assert told(windowed) == told(from_halves)
    assert {pair.articles for pair in windowed} == {1}


def test_articles_may_come_in_any_order(
    halves: list[Bitext], from_halves: Glossary, embedder: CachedEmbedder
) -> None:
    def told(found: Glossary) -> list[TermPair]:
        """Return the pairs but for the order of equally sure evidence."""
        return [replace(pair, evidence=()) for pair in found]

    assert told(extract_terms(halves[::-1], embedder)) == told(from_halves)


def nothing(beads: Sequence[Bead], relation: Relation = "parallel") -> Bitext:
    """Return two short texts that share terms, with those beads."""
    return Bitext(
        document("vi/a.txt", "vi", ["Giá dầu giảm."]),
        document("en/a.txt", "en", ["Oil prices fell."]),
        tuple(beads),
        relation,
        "",
    )


def test_no_bitexts_give_an_empty_glossary(embedder: CachedEmbedder) -> None:
    assert extract_terms([], embedder) == Glossary(())


@pytest.mark.parametrize(
    "beads",
    [
        pytest.param([], id="none"),
        pytest.param([Bead((0,), (), 1.0), Bead((), (0,), 1.0)], id="null beads"),
        pytest.param([Bead((0,), (0,), 0.49)], id="unsure"),
    ],
)
def test_a_translation_without_sure_beads_supports_no_term(
    beads: list[Bead], embedder: CachedEmbedder
) -> None:
    assert extract_terms([nothing(beads)], embedder) == Glossary(())


@pytest.mark.parametrize(
    ("texts", "relation"), [(("...", "..."), "parallel"), (("Nó đã.", "It was."), "comparable")]
)
def test_sentences_without_phrases_support_no_term(
    texts: tuple[str, str], relation: Relation, embedder: CachedEmbedder
) -> None:
    vi, en = document("a", "vi", texts[:1]), document("b", "en", texts[1:])
    empty = Bitext(vi, en, (Bead((0,), (0,), 0.9),), relation, "")
    assert extract_terms([empty], embedder) == Glossary(())


# Signs


def test_every_sighting_has_its_signs_as_finite_numbers(embedder: CachedEmbedder) -> None:
    (window,) = windows(nothing([Bead((0,), (0,), 0.9)]), SETTINGS)
    observed = observe(window, embedder, SETTINGS)
    rows = signs(observed, embedder)
    assert rows.shape == (len(observed.sightings), len(SIGNS))
    assert np.isfinite(rows).all()
    for row, seen in zip(rows, observed.sightings, strict=True):
        told = dict(zip(SIGNS, row.tolist(), strict=True))
        assert (told["forward"], told["back"]) == (seen.forward, seen.back)
        assert told["both"] == pytest.approx(math.sqrt(seen.forward * seen.back))
        assert told["least"] == min(seen.forward, seen.back)
        assert 0 <= told["dice"] <= 1


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(-8, 8).map(lambda n: n / 4)), max_size=8)
)
def test_a_lead_is_the_difference_to_the_best_rival(scored: list[tuple[str, float]]) -> None:
    keys, scores = [key for key, _ in scored], [score for _, score in scored]
    expected = []
    for number, (key, score) in enumerate(scored):
        rivals = [s for other, (k, s) in enumerate(scored) if k == key and other != number]
        expected.append(max(-1, min(1, score - max(rivals))) if rivals else LEAD)
    assert leads(keys, np.array(scores, dtype=np.float64)).tolist() == expected


@pytest.mark.parametrize(
    ("forms", "usual"),
    [
        ({"Giá dầu": 2, "giá dầu": 3}, "giá dầu"),
        ({"Giá dầu": 3, "giá dầu": 2}, "Giá dầu"),
        ({"Giá dầu": 2, "giá dầu": 2}, "giá dầu"),
        ({"agreements": 1, "agreement": 1}, "agreement"),
        ({"hoà": 1, "hòa": 1}, "hoà"),
        ({"MOSCOW": 1}, "Moscow"),
        ({"NGUYỄN VĂN MINH": 1}, "Nguyễn Văn Minh"),
        ({"UNICEF": 1}, "UNICEF"),
        ({"TP.HCM": 2}, "TP.HCM"),
        ({"TP HCM": 2}, "TP HCM"),
        ({"HO CHI MINH CITY": 1}, "Ho Chi Minh City"),
        ({"BANGKOK": 1, "Bangkok": 1}, "Bangkok"),
    ],
)
def test_the_usual_form_is_the_most_frequent_then_the_plainest(
    forms: dict[str, int], usual: str
) -> None:
    assert usual_form(Counter(forms)) == usual
    assert usual_form(Counter(dict(reversed(forms.items())))) == usual
