"""Queries of several sorts that labelled events answer, each with what tells the right hits."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from aligner.search.phrase import compile_phrase
from aligner.search.records import Found
from data_sets import FactEvent

Right = Callable[[Found], bool]


def labels_by_place(events: Iterable[FactEvent]) -> dict[tuple[str, int], set[str]]:
    """Return the facts of each sentence, by its article and its number from 1."""
    return {
        (document.name, position): labels
        for event in events
        for document, sides in zip(event.sides, event.facts, strict=True)
        for position, labels in enumerate(sides, start=1)
    }


def by_fact(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield the sentences of the reports; right is another one that shares a fact."""
    facts = labels_by_place(events)
    for event in events:
        for side, labels in zip(event.sides, event.facts, strict=True):
            for text, wanted in zip(side.texts, labels, strict=True):
                if wanted:
                    yield (
                        text,
                        lambda found, wanted=wanted: bool(
                            wanted & facts.get((found.source, found.position), set())
                        ),
                    )


def by_paraphrase(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield what a fact is in other words, whole or as two to six words of it in a row."""
    rng = random.Random(1)
    facts = labels_by_place(events)
    for event in events:
        for fact, text in event.told.items():
            words = text.split()
            size = len(words) if rng.random() < 0.3 else rng.randint(2, 6)
            start = rng.randrange(max(len(words) - size, 0) + 1)
            yield (
                " ".join(words[start : start + size]).strip(' ,.;:"“”'),
                lambda found, fact=fact: fact in facts.get((found.source, found.position), ()),
            )


def by_fragment(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield a few successive words of each sentence; it is right, as is what is right for it."""
    rng = random.Random(0)
    for text, is_right in by_fact(events):
        words = text.split()
        size = rng.randint(3, 8)
        start = rng.randrange(max(len(words) - size, 1))
        yield (
            " ".join(words[start : start + size]).strip(' ,.;:"“”'),
            lambda found, text=text, is_right=is_right: found.text == text or is_right(found),
        )


def by_terms(events: Sequence[FactEvent], count: int) -> Iterator[tuple[str, Right]]:
    """Yield `count` terms of a sentence; what contains each of them, or a rendering, is right."""
    forms: defaultdict[str, set[str]] = defaultdict(set)  # of a term, in both languages
    for event in events:
        for vi, renderings in event.terms:
            for text in (vi, *renderings):
                forms[text] |= {vi, *renderings}
    phrases = {text: compile_phrase(text) for text in forms}
    rng = random.Random(count)

    def holds(found: Found, terms: Sequence[str]) -> bool:
        return all(any(phrases[f].spans(found.text) for f in forms[term]) for term in terms)

    for event in events:
        known = {vi for vi, _ in event.terms}, {en for _, texts in event.terms for en in texts}
        for side, terms in zip(event.sides, known, strict=True):
            for text in side.texts:
                there = sorted(term for term in terms if phrases[term].spans(text))
                if len(there) >= count:
                    asked = rng.sample(there, count)
                    yield " ".join(asked), lambda found, asked=asked: holds(found, asked)


def by_one_term(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield a term of a sentence, see `by_terms`."""
    return by_terms(events, 1)


def by_two_terms(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield two terms of a sentence, see `by_terms`."""
    return by_terms(events, 2)


def by_translation(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Right]]:
    """Yield sentences of which only the translation is in the index, by turns in both languages."""
    for number, (vi, en) in enumerate(pairs):
        query, there = (vi, en) if number % 2 else (en, vi)
        yield query, lambda found, there=there: found.text == there
