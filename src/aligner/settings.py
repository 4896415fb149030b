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
    """The alignment of translations, which preserves order."""

    skip: float = 0.27  # centred cosine at which a 1-1 bead equals two null beads; tuned
    merge: float = 0.15  # loss for each sentence beyond 1-1, so that strays are not absorbed; tuned
    both: float = 0.15  # further loss if both sides have several sentences, which is rare; tuned
    words: float = 0.25  # weight of the share of words that a bead renders beyond the usual; tuned
    rendered: float = 0.35  # that share in a bead that is no better than none; tuned
    length_weight: float = 0.02  # weight of the squared length deviation; tuned
    length_ratio: float = 1.07  # Vietnamese characters per English one, the median of news pairs
    length_spread: float = 0.25  # standard deviation of the log ratio of the lengths of true pairs
    length_cap: float = 16.0  # limit of squared deviations: 4 standard deviations
    temperature: float = 0.1  # turns gains into log odds; when small, only the best path counts
    near: float = 0.05  # posterior from which a bead gets a second look with exact vectors; tuned
    near_null: float = 0.01  # the same if a sentence of it may have no counterpart; tuned
    moved: float = 0.45  # centred cosine from which sentences out of order make a bead; tuned
    moved_lead: float = 0.05  # how much nearer they must be than any other sentences; tuned
    moved_far: float = 0.3  # the same of sentences that are nearer than any others by far; tuned
    moved_far_lead: float = 0.15  # by so much; tuned
    half_near: float = 0.3  # cosine to the other text from which a sentence may be a half
    half_said: float = 0.4  # share of its words that the other text must say; tuned
    half_new: float = 0.2  # share of words that must be said there and by no other half; tuned
    stranger: float = 0.35  # cosine plus new share up to which a sentence is none of its bead
    stranger_own: float = 4.0  # weight of its words from which that can be told; both tuned
    max_cells: int = 4_000  # a larger matrix (than 63 x 63) is cut at anchors first


@dataclass(frozen=True, slots=True)
class ComparableSettings(Signed):
    """Links between two reports of one event, in any order."""

    min_confidence: float = 0.5  # a link is more likely right than wrong
    max_cells: int = 9_000_000  # sentence pairs scored at once (3,000 x 3,000): about 2 GB


@dataclass(frozen=True, slots=True)
class RelationSettings(Signed):
    """When "auto" takes two texts for a translation."""

    min_chance: float = 0.5  # more likely a translation than not, as learned
    close: float = 0.45  # centred cosine of a close bead; translations average .65, reports .35
    sure: float = 0.8  # posterior of a sure bead; reports have hardly any


@dataclass(frozen=True, slots=True)
class PairingSettings(Signed):
    """Which articles are about the same event."""

    min_score: float = 0.5  # for each other's best partners: more likely right than wrong
    extra_score: float = 0.8  # for a further partner of an article, beside its best one
    neighbours: int = 20  # articles compared in full with each: the nearest by mean vector


NEIGHBOURS = 4  # k of the neighbourhood in a margin (Artetxe & Schwenk 2019, ratio margin)


@dataclass(frozen=True, slots=True)
class TermSettings(Signed):
    """The extraction of term pairs from aligned sentences."""

    min_bead: float = 0.5  # confidence below which a bead is not used
    min_confidence: float = 0.5  # a pair is more likely right than wrong
    temperature: float = 0.1  # of the softmax over token cosines, chosen for P@5 of labelled terms
    listed: float = 0.25  # bonus to the cosine of tokens whose words render each other by the list
    neighbours: int = 5  # neighbours with which a phrase is compared in context (CSLS)
    partners: int = 5  # best partners of a phrase in a bead that are examined further
    cover_bonus: float = 2.0  # weight of full cover against similarity, to rank partners
    min_cover: float = 0.2  # geometric mean of both covers from which a bead counts as rendering
    places: int = 6  # sentence pairs remembered for each term pair
    evidence: int = 3  # how many of them are shown
    min_chance: float = 0.1  # probability in one window below which a pair is not counted
    windows_heard: int = 4  # best windows whose probabilities count
    max_pairs: int = 500_000  # pairs in memory at once: about 400 MB
    max_phrases: int = 1_000_000  # phrases of a language in memory at once: about 500 MB
    regular: float = 0.2  # share of a term's beads from which a rendering is regular
    rival_ratio: float = 0.6  # share of the best rendering's confidence that another must reach
    window: int = 40  # beads of a long text that are examined together
    max_sentences: int = 100  # of the longer of two reports that are examined as a whole: 1 GB
