"""The numbers that control each stage, with their meaning and origin.

Each class is frozen, and its `signature()` fits on one line, to be printed beside results. Numbers
marked "tuned" were chosen on perturbed articles of the development sets by `benchmarks/quality.py`.
Learned weights are in the `data` folders of the packages that use them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

Precision = Literal["float32", "int8"]  # the embedded model's arithmetic
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


class Signed:
    """Gives a settings class its signature."""

    def signature(self) -> str:
        """Return "stage.name:value|stage.name:value|..." in the order of the fields."""
        stage = type(self).__name__.removesuffix("Settings").lower()
        values = ((field.name, getattr(self, field.name)) for field in fields(self))  # type: ignore[arg-type]
        return "|".join(f"{stage}.{name}:{value}" for name, value in values)


@dataclass(frozen=True, slots=True)
class ParallelSettings(Signed):
    """Order-preserving alignment of translations."""

    skip: float = 0.27  # centred cosine at which a 1-1 bead is worth two null beads; tuned
    merge: float = 0.15  # gain lost for each sentence beyond 1-1, against swallowing strays; tuned
    both: float = 0.15  # further loss where both sides have several sentences: rare; tuned
    words: float = 0.25  # weight of the share of words that a bead renders beyond the usual; tuned
    rendered: float = 0.35  # that share in a bead that may as well be none; tuned
    length_weight: float = 0.02  # weight of the squared length deviation; tuned
    length_ratio: float = 1.07  # Vietnamese characters for an English one, median of news pairs
    length_spread: float = 0.25  # standard deviation of the log ratio of lengths of true pairs
    length_cap: float = 16.0  # squared deviations beyond this (4 standard deviations) say no more
    temperature: float = 0.1  # turns gains into log odds; small: only the best path counts
    near: float = 0.05  # posterior from which a bead is looked at again with exact vectors; tuned
    near_null: float = 0.01  # the same where one of its sentences may have no counterpart; tuned
    moved: float = 0.45  # centred cosine from which sentences out of order are a bead; tuned
    moved_lead: float = 0.05  # by which they must be nearer than any other sentences; tuned
    max_cells: int = 4_000  # a larger table (63 x 63) is cut at anchors first


@dataclass(frozen=True, slots=True)
class ComparableSettings(Signed):
    """Links between two reports of one event, in any order."""

    min_confidence: float = 0.5  # a link is more likely right than wrong
    max_cells: int = 9_000_000  # sentence pairs weighed at once (3,000 x 3,000): about 2 GB


@dataclass(frozen=True, slots=True)
class RelationSettings(Signed):
    """When "auto" calls two texts a translation."""

    min_chance: float = 0.5  # learned: more likely a translation than not
    close: float = 0.45  # centred cosine of a close bead; translations average .65, reports .35
    sure: float = 0.8  # posterior of a sure bead; reports have hardly any


@dataclass(frozen=True, slots=True)
class PairingSettings(Signed):
    """Which articles report the same event."""

    min_score: float = 0.5  # for the best partner of both articles: more likely right than wrong
    extra_score: float = 0.8  # for a further partner of an article that has a better one
    neighbours: int = 20  # articles compared in full with each one: the nearest by mean vector


NEIGHBOURS = 4  # k of the background neighbourhood (Artetxe & Schwenk 2019, ratio margin)


@dataclass(frozen=True, slots=True)
class TermSettings(Signed):
    """Term pairs from aligned sentences."""

    min_bead: float = 0.5  # confidence below which a bead supports no term
    min_confidence: float = 0.5  # a pair is more likely right than wrong
    temperature: float = 0.1  # of the softmax over token cosines; P@5 of labelled terms was best
    listed: float = 0.25  # added to the cosine of tokens whose words render each other by the list
    neighbours: int = 5  # phrases that a phrase is held against in context (CSLS)
    partners: int = 5  # best partners of a phrase in a bead that are looked at further
    cover_bonus: float = 2.0  # what full cover is worth beside the likeness, to rank partners
    min_cover: float = 0.2  # geometric mean of the shares from which a bead counts as rendering
    places: int = 6  # sentence pairs remembered of a term pair
    evidence: int = 3  # of them that are shown
    min_chance: float = 0.1  # of being a term pair in one window, below which it is not counted
    windows_heard: int = 4  # windows whose chances count, the best ones
    max_pairs: int = 500_000  # remembered at once: about 400 MB
    max_phrases: int = 1_000_000  # of a language remembered at once: about 500 MB
    regular: float = 0.2  # share of the beads with a term from which a rendering is regular
    rival_ratio: float = 0.6  # of the best rendering's confidence that another one must reach
    plain: float = 0.15  # range above one half for pairs that nobody looks up: names written alike
    window: int = 40  # beads of a long text that are looked at together
    max_sentences: int = 100  # of the longer of two reports that are looked at as a whole: 1 GB
