"""What is shown of a sentence that was found: its counterpart, and the words that tell why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.model import other_language
from aligner.search.query import Query
from aligner.search.rank import Signs, chance
from aligner.search.records import Counterpart, Found, Hit, Span, StoredBead
from aligner.terms.renderings import rendering


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that is looked at closely, the surest bead with it, and what speaks for it."""

    sentence: Found
    bead: StoredBead | None
    signs: Signs


def best_hits(query: Query, candidates: Sequence[Candidate], k: int) -> list[Hit]:
    """Return the k likeliest candidates as hits.

    Of a sentence and its counterpart only one is shown, if possible that in the query's language,
    with the confidence of the likelier of the two.
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
    """Return what of a counterpart renders the query: by the word links, else by the word list."""
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
    """Return spans with those as one between which only a blank stands, or that overlap."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            start, end = joined[-1][0], max(joined.pop()[1], end)
        joined.append((start, end))
    return joined


def _place(sentence: Found, bead: StoredBead) -> int:
    """Return at which character of its side's text a sentence of a bead begins."""
    side = bead.side(sentence.lang)
    number = next(n for n, found in enumerate(side) if found.id == sentence.id)
    return sum(len(found.text) + 1 for found in side[:number])


def counterpart_of(sentence: Found, span: Span, beads: Sequence[StoredBead]) -> Counterpart | None:
    """Return the surest counterpart that renders a part of a sentence, else the surest of all.

    What renders it is marked there.
    """
    for bead in beads:
        before = _place(sentence, bead)
        moved = span[0] + before, span[1] + before
        text, theirs = bead.text(sentence.lang), bead.text(other_language(sentence.lang))
        if where := rendering(bead.links, sentence.lang, moved, text, theirs):
            return _counterpart(sentence, bead, where)
    return _counterpart(sentence, beads[0]) if beads else None


def _counterpart(sentence: Found, bead: StoredBead | None, *spans: Span) -> Counterpart | None:
    """Return what says the same in the other language, with spans of it marked."""
    others = _others(sentence, bead)
    if bead is None or not others:
        return None
    text = bead.text(other_language(sentence.lang))
    return Counterpart(text, others[0].source, others[0].position, bead.confidence, spans)


def _others(sentence: Found, bead: StoredBead | None) -> Sequence[Found]:
    return bead.side(other_language(sentence.lang)) if bead else ()
