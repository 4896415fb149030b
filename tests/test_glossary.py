"""A reviewer's decisions stay with the glossary, whatever is extracted later."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.glossary import Glossary
from aligner.term_pair import STATUSES, Decision, Evidence, State, Status, TermPair, term_id
from aligner.terms.decided_forms import in_decided_forms

SEEN = (Evidence("Lệnh ngừng bắn có hiệu lực.", "The truce took effect.", "vi/a", "en/a"),)
TRUCE = TermPair("lệnh ngừng bắn", "truce", "term", 0.9, 0.75, 3, 2, SEEN)
OIL = TermPair("giá dầu", "oil price", "term", 0.8, 1.0, 2, 1)
# Few words, so that edits meet pairs that exist already.
WORDS = st.tuples(st.sampled_from(["dầu", "khí", "Nga"]), st.sampled_from(["oil", "gas"]))
PAIRS = st.lists(
    st.builds(lambda words: TermPair(*words, "term", 0.9, 0.5, 2, 1, SEEN), WORDS),
    unique_by=lambda pair: pair.id,
)
DECISIONS = st.lists(
    st.builds(
        lambda old, new, status, note: Decision(term_id(*old), *new, status, note),
        WORDS,
        WORDS,
        st.sampled_from(STATUSES),
        st.sampled_from(["", "seen"]),
    ),
    max_size=5,
)


def decide(
    pair: TermPair, status: Status, note: str = "", vi: str | None = None, en: str | None = None
) -> Decision:
    """Return a reviewer's decision on a pair, with its words edited where given."""
    return Decision(pair.id, vi or pair.vi, en or pair.en, status, note)


@pytest.mark.parametrize("status", STATUSES)
def test_a_decision_sets_status_and_note_and_leaves_the_rest(status: Status) -> None:
    glossary = Glossary((TRUCE, OIL)).apply([decide(TRUCE, status, "checked")])
    assert glossary == Glossary((replace(TRUCE, status=status, note="checked"), OIL))


def test_a_decision_stays_after_extraction_again() -> None:
    decisions = [decide(TRUCE, "approved", "checked")]
    again = replace(TRUCE, confidence=0.6, count=9)
    assert Glossary((OIL, again)).apply(decisions) == Glossary(
        (OIL, replace(again, status="approved", note="checked"))
    )


def test_a_decision_stays_when_the_case_of_the_extracted_words_changes() -> None:
    again = replace(TRUCE, vi="Lệnh ngừng bắn", en="Truce")
    (pair,) = Glossary((again,)).apply([decide(TRUCE, "rejected")])
    assert pair.status == "rejected"


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ("candidate", "approved"),  # whoever corrects a term means it
        ("approved", "approved"),
        ("rejected", "rejected"),
        ("forbidden", "forbidden"),
    ],
)
def test_edited_words_make_a_new_pair_and_reject_the_old(decided: Status, expected: Status) -> None:
    glossary = Glossary((TRUCE, OIL)).apply([decide(TRUCE, decided, "better", en="ceasefire")])
    assert glossary == Glossary(
        (
            replace(TRUCE, status="rejected", note="corrected to lệnh ngừng bắn = ceasefire"),
            OIL,
            TermPair(
                "lệnh ngừng bắn",
                "ceasefire",
                status=expected,
                note="better",
                # The sentence shows where the better word belongs; a bad word has no use for it.
                evidence=(replace(SEEN[0], vi_term="Lệnh ngừng bắn"),)
                if expected == "approved"
                else (),
                reason="corrected from lệnh ngừng bắn = truce",
                state="typed",
            ),
        )
    )


def test_a_correction_of_the_bounds_keeps_the_sentences_that_hold_the_better_words() -> None:
    other = Evidence("Lệnh này vô hạn.", "It has no end.", "vi/b", "en/b")
    short = replace(TRUCE, vi="ngừng bắn", kind="name", evidence=(other, *SEEN))
    *_, pair = Glossary((short,)).apply([decide(short, "candidate", vi="lệnh ngừng bắn")])
    assert pair == TermPair(
        "lệnh ngừng bắn",
        "truce",
        "name",
        count=1,
        articles=1,
        evidence=(replace(SEEN[0], vi_term="Lệnh ngừng bắn", en_term="truce"), other),
        status="approved",
        reason="corrected from ngừng bắn = truce",
        state="typed",
    )


def test_a_correction_to_a_pair_with_a_note_keeps_both_notes_once() -> None:
    glossary = Glossary((TRUCE, replace(OIL, note="ask Lan", preferred=True)))
    decisions = [decide(TRUCE, "approved", "better", vi=OIL.vi, en=OIL.en)]
    once = glossary.apply(decisions)
    assert (once.pairs[1].note, once.pairs[1].preferred) == ("ask Lan; better", True)
    assert once.apply(decisions) == once


def test_what_rows_say_together_does_not_depend_on_their_order() -> None:
    gas = TermPair("khí đốt", "gas")
    decisions = [
        replace(decide(TRUCE, "approved", "x", OIL.vi, OIL.en), preferred=True),
        decide(OIL, "approved", "y"),
        decide(gas, "approved", "z", TRUCE.vi, TRUCE.en),
    ]
    for rows in permutations(decisions):
        pairs = {p.id: p for p in Glossary((TRUCE, OIL, gas)).apply(rows)}
        assert (pairs[OIL.id].note, pairs[OIL.id].preferred) == ("y; x", True)
        assert (pairs[TRUCE.id].status, pairs[TRUCE.id].note) == ("approved", "z")
        assert pairs[gas.id].status == "rejected"


def test_a_decision_that_is_silent_on_preference_leaves_it() -> None:
    preferred = replace(TRUCE, preferred=True)
    silent = replace(decide(TRUCE, "approved"), preferred=None)
    assert Glossary((preferred,)).apply([silent]) == Glossary(
        (replace(preferred, status="approved"),)
    )


def test_a_decision_on_an_unedited_row_is_none() -> None:
    assert Glossary((TRUCE,)).apply([replace(decide(OIL, "rejected"), edited=False)]) == Glossary(
        (TRUCE,)
    )


def test_a_typed_pair_is_never_lost_and_a_found_one_is() -> None:
    typed = replace(OIL, state="typed")
    merged = Glossary((TRUCE, typed)).merge(Glossary(()))
    assert {p.vi: p.state for p in merged} == {TRUCE.vi: "lost", OIL.vi: "typed"}


def test_a_pair_that_was_decided_in_another_form_of_its_words_is_not_new() -> None:
    plural = replace(OIL, en="oil prices", status="approved", state="known")
    known, extracted = Glossary((plural,)), Glossary((OIL, TRUCE))
    merged = known.merge(in_decided_forms(extracted, known))
    assert [(pair.en, pair.status, pair.state) for pair in merged] == [
        ("oil prices", "approved", "known"),
        ("truce", "candidate", "new"),
    ]
    both = Glossary((plural, replace(OIL, status="rejected")))
    assert in_decided_forms(extracted, both) == extracted
    undecided = Glossary((replace(plural, status="candidate", note=""),))
    assert in_decided_forms(extracted, undecided) == extracted


def test_words_edited_to_those_of_another_pair_decide_that_pair() -> None:
    ceasefire = replace(TRUCE, en="ceasefire")
    glossary = Glossary((TRUCE, ceasefire)).apply([decide(TRUCE, "approved", en="ceasefire")])
    assert [(pair.en, pair.status, pair.count) for pair in glossary] == [
        ("truce", "rejected", 3),
        ("ceasefire", "approved", 3),
    ]


def test_an_edit_of_the_case_alone_is_kept() -> None:
    (pair,) = Glossary((TRUCE,)).apply([decide(TRUCE, "approved", vi="Lệnh ngừng bắn")])
    assert pair == replace(TRUCE, vi="Lệnh ngừng bắn", status="approved")


@pytest.mark.parametrize(
    ("status", "note", "state"),
    [
        ("approved", "", "typed"),
        ("rejected", "", "typed"),
        ("forbidden", "", "typed"),
        ("candidate", "ask Lan", "typed"),
        ("candidate", "", "lost"),  # nobody said anything of it: it was once found
    ],
)
def test_a_decision_on_a_pair_that_is_not_there_makes_one(
    status: Status, note: str, state: State
) -> None:
    alone = TermPair(TRUCE.vi, TRUCE.en, status=status, note=note, state=state)
    assert Glossary((OIL,)).apply([decide(TRUCE, status, note)]) == Glossary((OIL, alone))


def test_the_last_of_two_decisions_on_a_pair_holds() -> None:
    (pair,) = Glossary((TRUCE,)).apply([decide(TRUCE, "approved"), decide(TRUCE, "forbidden")])
    assert pair.status == "forbidden"


def test_of_two_spellings_of_one_pair_the_surer_stays() -> None:
    twin = replace(TRUCE, en="Truce", confidence=0.6, count=1)
    assert Glossary((TRUCE, twin)).apply([]) == Glossary((TRUCE,))


@given(PAIRS, DECISIONS)
def test_applying_decisions_twice_changes_nothing(
    pairs: list[TermPair], decisions: list[Decision]
) -> None:
    once = Glossary(tuple(pairs)).apply(decisions)
    assert once.apply(decisions) == once


@given(PAIRS)
def test_a_glossary_without_decisions_stays_as_it_is(pairs: list[TermPair]) -> None:
    glossary = Glossary(tuple(pairs))
    unedited = [decide(pair, pair.status, pair.note) for pair in glossary]
    assert glossary.apply([]) == glossary
    assert glossary.apply(unedited) == glossary


@given(PAIRS, DECISIONS)
def test_no_extracted_pair_and_no_decision_is_dropped(
    pairs: list[TermPair], decisions: list[Decision]
) -> None:
    ids = [pair.id for pair in Glossary(tuple(pairs)).apply(decisions)]
    assert len(set(ids)) == len(ids)
    assert ids[: len(pairs)] == [pair.id for pair in pairs]
    assert {term_id(d.vi, d.en) for d in decisions} <= set(ids)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (("dầu", "oil"), ("Dầu", "OIL"), True),
        (("dầu", "oil"), ("dầu", "oils"), False),
        (("dầu", "oil"), ("dâu", "oil"), False),
        (("a", "bc"), ("ab", "c"), False),
        (("d\u034fầu\ufe0f", "\u2066oil\u2069"), ("dầu", "oil"), True),
        (("d\u200bầu\x07", "côte d’Ivoire"), ("dầu", "Côte  d'Ivoire"), True),
    ],
)
def test_a_pair_is_known_by_its_words_whatever_their_case_and_typography(
    one: tuple[str, str], two: tuple[str, str], same: bool
) -> None:
    assert (term_id(*one) == term_id(*two)) is same
