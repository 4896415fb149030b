"""The nouns of the glossary: term pairs, a reviewer's decisions, and how the two come together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from aligner.model import content_id

Status = Literal["candidate", "approved", "rejected", "forbidden"]
STATUSES: tuple[Status, ...] = ("candidate", "approved", "rejected", "forbidden")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence pair in which a term pair was seen, and the articles where it stands."""

    vi: str
    en: str
    vi_name: str
    en_name: str


def term_id(vi: str, en: str) -> str:
    """Return the identity of a term pair: its two terms, whatever their case."""
    return content_id(vi.casefold(), en.casefold())


@dataclass(frozen=True, slots=True)
class TermPair:
    """A Vietnamese term and its English rendering, with what speaks for it.

    `count` is the number of beads that hold both, `articles` of article pairs; `consistency` is the
    share of the beads with the Vietnamese term whose English side renders it so.
    """

    vi: str
    en: str
    kind: str
    confidence: float
    consistency: float
    count: int
    articles: int
    evidence: tuple[Evidence, ...] = ()
    status: Status = "candidate"
    note: str = ""

    @property
    def id(self) -> str:
        """Identity by the two terms, whatever their case: sorting rows never moves a decision."""
        return term_id(self.vi, self.en)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of one term pair: its id, the words as edited, status and note."""

    id: str
    vi: str
    en: str
    status: Status
    note: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """Term pairs, most confident first."""

    pairs: tuple[TermPair, ...]

    def __iter__(self) -> Iterator[TermPair]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def apply(self, decisions: Iterable[Decision]) -> Glossary:
        """Return the glossary with a reviewer's decisions; none is ever dropped.

        Edited words make a pair of their own, and the pair as it was extracted becomes rejected, so
        that it does not come back as new. A decided pair that is no longer extracted stays, with no
        evidence.
        """
        pairs: dict[str, TermPair] = {}
        for pair in self.pairs:  # of two spellings with one id the surer, which comes first, stays
            pairs.setdefault(pair.id, pair)
        for decision in decisions:
            identity = term_id(decision.vi, decision.en)
            known = pairs.get(decision.id)
            if identity != decision.id and known is not None:
                corrected = f"corrected to {decision.vi} = {decision.en}"
                pairs[known.id] = replace(known, status="rejected", note=corrected)
            edited = identity != decision.id
            status: Status = (
                "approved" if edited and decision.status == "candidate" else decision.status
            )
            if identity in pairs:
                pairs[identity] = replace(
                    pairs[identity],
                    vi=decision.vi,
                    en=decision.en,
                    status=status,
                    note=decision.note,
                )
            elif status != "candidate" or decision.note:
                pairs[identity] = TermPair(
                    decision.vi, decision.en, "term", 0.0, 0.0, 0, 0, (), status, decision.note
                )
        return Glossary(tuple(pairs.values()))
