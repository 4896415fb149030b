"""From judged sentences to hits: each with its counterpart, and the matching words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.model import Span, other_language
from aligner.search.query import Query
from aligner.search.records import Counterpart, Found, Hit, StoredBead
from aligner.search.relevance import Signs, chance
from aligner.terms.links.renderings import rendering


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer a query, its surest bead, and its signs of relevance."""

    sentence: Found
    bead: StoredBead | None
    signs: Signs


def best_hits(query: Query, candidates: Sequence[Candidate], k: int) -> list[Hit]:
    """Return the k likeliest candidates as hits, the surest first.

    A sentence and its counterpart make one hit. It shows the one in the query's language if that is
    a candidate too, with the confidence of the likelier of the two.
    """
    judged = [(chance(candidate.signs), candidate) for candidate in candidates]
    judged.sort(key=lambda item: (-item[0], item[1].sentence.id))
    by_id = {candidate.sentence.id: candidate for candidate in candidates}
    hits: list[Hit] = []
    shown: set[int] = set()
    for confidence, candidate in judged:
        if len(hits) == k:
            break
        if candidate.sentence.id in shown:
            continue
        others = [found.id for found in _others(candidate.sentence, candidate.bead)]
        if candidate.sentence.lang != query.lang:
            candidate = next((by_id[n] for n in others if n in by_id and n not in shown), candidate)
        sentence, bead = candidate.sentence, candidate.bead
        shown |= {sentence.id, *others, *(found.id for found in _others(sentence, bead))}
        spans = query.words.spans(sentence.text, sentence.lang)
        counterpart = _counterpart(sentence, bead)
        if bead and counterpart:
            marked = _renderings(query, sentence, spans, bead)
            counterpart = replace(counterpart, spans=marked)
        hits.append(Hit(sentence, counterpart, confidence, spans))
    return hits


def _renderings(
    query: Query, sentence: Found, spans: Sequence[Span], bead: StoredBead
) -> tuple[Span, ...]:
    """Return the spans of a counterpart that render the query, by word links or the word list."""
    lang, theirs = sentence.lang, other_language(sentence.lang)
    text, other = bead.text(lang), bead.text(theirs)
    before = _place(sentence, bead)
    linked = (
        rendering(bead.links, lang, (start + before, end + before), text, other)
        for start, end in _joined(spans, sentence.text)
        if lang == query.lang
    )
    found = sorted({span for span in linked if span} or query.words.spans(other, theirs))
    return tuple(_joined(found, other))


def _joined(spans: Sequence[Span], text: str) -> list[Span]:
    """Return the spans, with those merged that overlap or have only blanks between them."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            start, end = joined[-1][0], max(joined.pop()[1], end)
        joined.append((start, end))
    return joined


def _place(sentence: Found, bead: StoredBead) -> int:
    """Return the offset at which a sentence begins in the joined text of its side of a bead."""
    side = bead.side(sentence.lang)
    number = next(n for n, found in enumerate(side) if found.id == sentence.id)
    return sum(len(found.text) + 1 for found in side[:number])


def counterpart_of(sentence: Found, span: Span, beads: Sequence[StoredBead]) -> Counterpart | None:
    """Return the surest counterpart that renders a span of a sentence, with the rendering marked.

    If none of them renders it, return the surest counterpart without a mark; None if there is none.
    """
    for bead in beads:
        before = _place(sentence, bead)
        moved = span[0] + before, span[1] + before
        text, theirs = bead.text(sentence.lang), bead.text(other_language(sentence.lang))
        if where := rendering(bead.links, sentence.lang, moved, text, theirs):
            return _counterpart(sentence, bead, where)
    return _counterpart(sentence, beads[0]) if beads else None


def _counterpart(sentence: Found, bead: StoredBead | None, *spans: Span) -> Counterpart | None:
    """Return the other side of a bead as a counterpart, with spans of its text marked."""
    others = _others(sentence, bead)
    if bead is None or not others:
        return None
    text = bead.text(other_language(sentence.lang))
    return Counterpart(text, others[0].source, others[0].position, bead.confidence, spans)


def _others(sentence: Found, bead: StoredBead | None) -> Sequence[Found]:
    return bead.side(other_language(sentence.lang)) if bead else ()
