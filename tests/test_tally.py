"""What all windows say of a pair adds up, and what does not matter is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import NoReturn

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aligner.settings import TermSettings
from aligner.terms.windows.sightings import Observed, Phrases, Place, Sighting
from aligner.terms.windows.tally import Tallied, Tally

# A window by its number: pair -> (chance, beads that hold it).
Window = dict[tuple[str, str], tuple[float, int]]
KEYS_VI, KEYS_EN = ("tàu", "lúa", "cảng"), ("ship", "rice", "port")
SETTINGS = TermSettings(min_chance=0.1, min_confidence=0.5, windows_heard=2, places=3)
ANY_WINDOWS = st.lists(
    st.dictionaries(
        st.tuples(st.sampled_from(KEYS_VI), st.sampled_from(KEYS_EN)),
        st.tuples(st.sampled_from([0.05, 0.2, 0.4, 0.6, 0.9]), st.integers(0, 2)),
    ),
    max_size=6,
)


def place(sure: float, at: int) -> Place:
    """Return a place in a sentence pair."""
    return Place(sure, at, at, (0, 3), (0, 4))


def observed(window: Window, number: int) -> Observed:
    """Return what a window says: every phrase stands there once, in one bead more than its pairs.

    Places are sentences that no other window has.
    """
    sightings = [
        Sighting(
            *pair,
            likeness=0.5,
            forward=0.5,
            back=0.5,
            agreement=0.5,
            support=beads,
            beads=beads,
            places=[place(chance, 10 * number + bead) for bead in range(beads)],
        )
        for pair, (chance, beads) in window.items()
    ]
    return Observed(
        sightings,
        Phrases(
            Counter({vi: 1 + sum(s.beads for s in sightings if s.vi == vi) for vi in KEYS_VI}),
            {vi: Counter({vi: 1}) for vi in KEYS_VI},
            set(KEYS_VI),
        ),
        Phrases(
            Counter({en: 1 + sum(s.beads for s in sightings if s.en == en) for en in KEYS_EN}),
            {en: Counter({en: 1}) for en in KEYS_EN},
            set(KEYS_EN),
        ),
    )


def counted(windows: Sequence[tuple[int, Window]], settings: TermSettings = SETTINGS) -> Tally:
    """Return the sums over windows, each with its number, which is its bitext's as well."""
    tally = Tally(settings)
    for number, window in windows:
        chances = np.array([chance for chance, _ in window.values()])
        tally.add(number, observed(window, number), chances)
    return tally


def there_and_back(windows: list[Window], random: Random) -> tuple[Tally, Tally]:
    """Return the sums over some windows, and over the same ones in another order."""
    numbered = list(enumerate(windows))
    there = counted(numbered)
    random.shuffle(numbered)
    return there, counted(numbered)


@given(ANY_WINDOWS, st.randoms())
def test_pairs_have_the_same_sums_in_any_order_of_the_windows(
    windows: list[Window], random: Random
) -> None:
    there, back = there_and_back(windows, random)
    assert there.pairs.keys() == back.pairs.keys()
    for key, pair in there.pairs.items():
        other = back.pairs[key]
        assert (pair.beads, pair.bitexts) == (other.beads, other.bitexts)
        assert (pair.chances, pair.places) == (other.chances, other.places)


@given(ANY_WINDOWS, st.randoms())
def test_phrases_have_the_same_sums_in_any_order_of_the_windows(
    windows: list[Window], random: Random
) -> None:
    there, back = there_and_back(windows, random)
    paired = [{key[side] for key in there.pairs} for side in (0, 1)]
    for side in (0, 1):
        for key in paired[side]:
            assert there.sides[side].beads[key] == back.sides[side].beads[key]
            assert there.sides[side].forms[key] == back.sides[side].forms[key]


@given(ANY_WINDOWS)
def test_sums_are_those_of_the_windows_where_a_pair_is_likely_enough(
    windows: list[Window],
) -> None:
    pairs = counted(list(enumerate(windows))).pairs
    heard: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for window in windows:
        for pair, (chance, beads) in window.items():
            if chance >= SETTINGS.min_chance:
                heard.setdefault(pair, []).append((chance, beads))
    assert pairs.keys() == heard.keys()
    for pair, known in heard.items():
        assert pairs[pair].beads == sum(beads for _, beads in known)
        assert pairs[pair].bitexts == len(known)
        best = sorted((chance for chance, _ in known), reverse=True)
        assert pairs[pair].chances == best[: SETTINGS.windows_heard]


def test_windows_of_one_bitext_count_as_one_bitext() -> None:
    tally, window = Tally(SETTINGS), {("tàu", "ship"): (0.9, 1)}
    for number, bitext in enumerate([4, 4, 7]):
        tally.add(bitext, observed(window, number), np.array([0.9]))
    pair = tally.pairs["tàu", "ship"]
    assert (pair.beads, pair.bitexts) == (3, 2)


def test_places_are_the_surest_and_of_equals_the_first() -> None:
    chances = [0.6, 0.9, 0.6, 0.4]
    windows = [(number, {("tàu", "ship"): (chance, 1)}) for number, chance in enumerate(chances)]
    assert counted(windows).pairs["tàu", "ship"].places == [
        (1, place(0.9, 10)),
        (0, place(0.6, 0)),
        (2, place(0.6, 20)),
    ]


FORGETFUL = TermSettings(min_chance=0.1, min_confidence=0.5, max_pairs=2)


@given(ANY_WINDOWS)
def test_what_is_likely_or_was_seen_twice_is_never_forgotten(windows: list[Window]) -> None:
    pairs = counted(list(enumerate(windows)), FORGETFUL).pairs
    for window in windows:
        for pair, (chance, beads) in window.items():
            if chance >= FORGETFUL.min_confidence or (chance >= FORGETFUL.min_chance and beads > 1):
                assert pair in pairs


@given(ANY_WINDOWS)
def test_a_table_that_is_too_long_holds_nothing_unlikely_that_was_seen_once(
    windows: list[Window],
) -> None:
    tally = counted(list(enumerate(windows)), FORGETFUL)
    if len(tally.pairs) > FORGETFUL.max_pairs:
        for pair in tally.pairs.values():
            assert pair.beads > 1 or max(pair.chances) >= FORGETFUL.min_confidence
        for number, side in enumerate(tally.sides):
            live = {key[number] for key in tally.pairs}
            assert set(side.beads) | set(side.forms) <= live


def test_forgetting_looks_only_at_what_may_be_forgotten() -> None:
    likely: list[Window] = [{(f"từ {n}", f"word {n}"): (0.9, 1)} for n in range(20)]
    tally = counted(list(enumerate([*likely, {("tàu", "ship"): (0.2, 1)}])), FORGETFUL)
    assert len(tally.pairs) == 20
    tally.pairs = Unread(tally.pairs)
    tally.add(30, observed({("tàu", "ship"): (0.2, 1)}, 30), np.array([0.2]))
    assert len(tally.pairs) == 20


class Unread(dict[tuple[str, str], Tallied]):
    """A table that nobody may look through from end to end."""

    def __iter__(self) -> NoReturn:
        raise AssertionError("all pairs were looked through")

    keys = values = items = __iter__  # type: ignore[assignment]


def test_a_forgotten_pair_that_comes_back_is_counted_anew() -> None:
    once: Window = {("tàu", "ship"): (0.2, 1)}
    likely: Window = {("lúa", "rice"): (0.9, 1), ("cảng", "port"): (0.9, 1)}
    again: Window = {("tàu", "ship"): (0.9, 1)}
    windows = list(enumerate([once, likely, again]))
    remembered = counted(windows, TermSettings(max_pairs=9)).pairs["tàu", "ship"]
    assert (remembered.beads, remembered.bitexts) == (2, 2)
    anew = counted(windows, FORGETFUL).pairs["tàu", "ship"]
    assert (anew.beads, anew.bitexts, anew.chances) == (1, 1, [0.9])
