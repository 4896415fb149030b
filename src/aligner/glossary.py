"""The glossary: term pairs, brought together with new extractions and decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from aligner.decide import decide, in_order, updated, without_evidence
from aligner.term_pair import Decision, TermPair


@dataclass(frozen=True, slots=True)
class Glossary:
    """Term pairs in the order in which they are read; of pairs with one id, the first is kept."""

    pairs: tuple[TermPair, ...]

    def __post_init__(self) -> None:
        by_id: dict[str, TermPair] = {}
        for pair in self.pairs:
            by_id.setdefault(pair.id, pair)
        object.__setattr__(self, "pairs", tuple(by_id.values()))

    def __iter__(self) -> Iterator[TermPair]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def by_id(self) -> dict[str, TermPair]:
        """Return the pairs by their ids, in order."""
        return {pair.id: pair for pair in self.pairs}

    def by_words(self) -> list[TermPair]:
        """Return the pairs sorted by their words, the order of the table."""
        return sorted(self.pairs, key=lambda p: (p.vi.casefold(), p.en.casefold(), p.id))

    def apply(self, decisions: Iterable[Decision]) -> Glossary:
        """Return the glossary with a reviewer's decisions applied; no pair is ever dropped.

        Corrected words make a new pair, which is approved unless the decision says otherwise, and
        has the evidence that fits it. The old pair becomes rejected, so that it does not come back
        as new. A decision on an unknown pair adds the pair.
        """
        pairs = self.by_id()
        for decision in in_order(decision for decision in decisions if decision.edited):
            decide(pairs, decision)
        return Glossary(tuple(pairs.values()))

    def merge(self, extracted: Glossary) -> Glossary:
        """Return the glossary updated with a new extraction; every decision stands.

        Pairs that were extracted again take over the new figures and evidence; those that were not
        are kept and marked as lost; those extracted for the first time are marked as new.
        """
        known = self.by_id()
        fresh = [
            updated(known[pair.id], pair) if pair.id in known else replace(pair, state="new")
            for pair in extracted
        ]
        found = {pair.id for pair in extracted}
        kept = [without_evidence(pair) for pair in self.by_words() if pair.id not in found]
        return Glossary((*fresh, *kept))

    def reviewed(self, seen: Collection[str]) -> Glossary:
        """Return the glossary with new pairs marked as known if a reviewer has seen their ids."""
        return Glossary(
            tuple(
                replace(p, state="known") if p.state == "new" and p.id in seen else p
                for p in self.pairs
            )
        )
