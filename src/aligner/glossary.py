"""The glossary: how term pairs, a new extraction and a reviewer's decisions come together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from aligner.decide import decide, in_order, updated, without_evidence
from aligner.term_pair import Decision, TermPair


@dataclass(frozen=True, slots=True)
class Glossary:
    """Term pairs in the order of reading; of two with one id only the first is kept."""

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

    def by_words(self) -> list[TermPair]:
        """Return the pairs sorted by their words, as the table has them."""
        return sorted(self.pairs, key=lambda p: (p.vi.casefold(), p.en.casefold(), p.id))

    def apply(self, decisions: Iterable[Decision]) -> Glossary:
        """Return the glossary with a reviewer's decisions; none is ever dropped.

        Edited words make a pair of their own, approved unless the decision says otherwise, with
        what the evidence so far shows of it. The pair as it was becomes rejected, so that it does
        not come back as new. A decision on a pair that is not here makes it one.
        """
        pairs = {pair.id: pair for pair in self.pairs}
        for decision in in_order(decision for decision in decisions if decision.edited):
            decide(pairs, decision)
        return Glossary(tuple(pairs.values()))

    def merge(self, extracted: Glossary) -> Glossary:
        """Return this glossary brought up to date with a new extraction; every decision stands.

        What was extracted again takes the new figures and evidence, what was not is kept and marked
        as lost, and what is extracted for the first time is marked as new.
        """
        known = {pair.id: pair for pair in self.pairs}
        fresh = [
            updated(known[pair.id], pair) if pair.id in known else replace(pair, state="new")
            for pair in extracted
        ]
        found = {pair.id for pair in extracted}
        kept = [without_evidence(pair) for pair in self.by_words() if pair.id not in found]
        return Glossary((*fresh, *kept))

    def reviewed(self, seen: Collection[str]) -> Glossary:
        """Return the glossary with none of the pairs marked as new that a reviewer has seen."""
        return Glossary(
            tuple(
                replace(p, state="known") if p.state == "new" and p.id in seen else p
                for p in self.pairs
            )
        )
