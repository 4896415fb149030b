"""What a reviewer typed, mended or imported gets its sentences and its count from the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from aligner.glossary import Glossary
from aligner.model import Bead, Bitext, Relation
from aligner.term_pair import Evidence, State, Status, TermPair, Variants
from aligner.terms.attested import with_attested
from format_samples import document

ROWS = (
    ("Lệnh ngừng bắn có hiệu lực.", "The ceasefires took effect."),
    ("Lệnh ngừng bắn bị vi phạm.", "The truce was broken."),
    ("Giá dầu tăng.", "The cease-fire sent oil up."),
)
TYPED = TermPair("lệnh ngừng bắn", "ceasefire", status="approved", state="typed")


def bitext(
    rows: Sequence[tuple[str, str]] = ROWS,
    sure: Sequence[float] = (0.8, 0.9, 0.9),
    relation: Relation = "comparable",
) -> Bitext:
    """Return a bitext of a bead a row."""
    vi, en = zip(*rows, strict=True)
    beads = tuple(Bead((n,), (n,), sure[n]) for n in range(len(rows)))
    sides = document("vi/tin.txt", "vi", vi), document("en/news.txt", "en", en)
    return Bitext(*sides, beads, relation, "as chosen")


def test_a_typed_pair_gets_its_count_its_shares_and_its_sentences() -> None:
    (pair,) = with_attested(Glossary((TYPED,)), [bitext()])
    assert pair == replace(
        TYPED,
        count=1,
        articles=1,
        consistency=0.5,  # of two beads with lệnh ngừng bắn
        consistency_en=1.0,
        evidence=(
            Evidence(*ROWS[0], "vi/tin.txt", "en/news.txt", "Lệnh ngừng bắn", "ceasefires", 1, 1),
        ),
    )


def test_a_pair_is_found_by_its_other_spellings_and_its_surest_sentences_come_first() -> None:
    pair = replace(TYPED, variants=Variants(en=("truce",)))
    (found,) = with_attested(Glossary((pair,)), [bitext(), bitext(ROWS[:1])])
    assert (found.count, found.articles, found.consistency) == (3, 2, 1.0)
    assert [seen.en_term for seen in found.evidence] == ["truce", "ceasefires", "ceasefires"]


@pytest.mark.parametrize(
    ("status", "state", "expected"),
    [
        ("approved", "typed", (1, "typed")),
        ("forbidden", "typed", (1, "typed")),
        ("approved", "lost", (1, "known")),
        ("rejected", "typed", (0, "typed")),  # nobody asks for it
        ("candidate", "lost", (0, "lost")),  # nobody has said anything of it
        ("approved", "known", (0, "known")),  # extraction has counted it
    ],
)
def test_pairs_that_a_person_wants_or_forbids_are_looked_for(
    status: Status, state: State, expected: tuple[int, State]
) -> None:
    pair = replace(TYPED, status=status, state=state)
    (found,) = with_attested(Glossary((pair,)), [bitext()])
    assert (found.count, found.state) == expected


def test_beads_that_are_likelier_wrong_than_right_hold_nothing() -> None:
    (found,) = with_attested(Glossary((TYPED,)), [bitext(sure=(0.4, 0.9, 0.9))])
    assert (found.count, found.evidence) == (0, ())


def test_a_typed_pair_that_stands_nowhere_any_more_keeps_its_sentences_but_no_count() -> None:
    (once,) = with_attested(Glossary((TYPED,)), [bitext()])
    assert with_attested(Glossary((once,)), []) == Glossary((replace(once, count=0, articles=0),))


def test_what_was_found_so_stands_before_the_common_words() -> None:
    oil = TermPair("giá dầu", "oil price", confidence=0.9, count=1, state="known")
    hospital = TermPair("bệnh viện", "hospital", confidence=0.9, count=1, state="known")
    other = replace(TYPED, vi="tàu chở dầu", en="oil tanker")
    pairs = with_attested(Glossary((oil, hospital, other, TYPED)), [bitext()])
    assert [pair.en for pair in pairs] == ["oil price", "ceasefire", "hospital", "oil tanker"]


def test_nothing_else_changes() -> None:
    oil = TermPair("giá dầu", "oil price", confidence=0.9, count=1, state="known")
    assert with_attested(Glossary((oil,)), [bitext()]) == Glossary((oil,))


def test_pairs_of_one_term_keep_the_order_in_which_they_stood() -> None:
    english = ["ceasefire", "effect", "truce", "broken", "took effect", "the truce", "took"]
    pairs = tuple(replace(TYPED, en=en) for en in english)
    found = with_attested(Glossary(pairs), [bitext()])
    assert [(pair.en, pair.count) for pair in found] == [(en, 1) for en in english]
