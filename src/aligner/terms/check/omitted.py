"""Finds sentences of the source that a translation leaves out, and those that it adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.alignment.wording import Wording
from aligner.model import LANGS, Bead, Bitext, Lang, other_language
from aligner.prose import shortened
from aligner.term_pair import Finding, FindingKind
from aligner.terms.check.reading import Reading

#: Confidence from which a sentence is reported. Of those that a translation was made to lack or to
#: have more (`benchmarks/quality.py`), more than nine in ten are found so, and of sentences that
#: have a counterpart hardly any.
SURE = 0.8
SAID = 0.6  # share of a sentence's words from which a linked one may say it as well
LEAST = 6.0  # weight of its words from which that can be told


def find_omitted(bitext: Bitext, reading: Reading) -> Iterator[Finding]:
    """Yield the sentences of either text that surely have no counterpart, where others have one.

    If each text has one between the same neighbours, the two may belong together after all, and the
    message about either names the other one. Otherwise it names a sentence that has most of its
    words, since that may say it in passing.
    """
    if not any(reading.opposite["vi"]):
        return
    alone = {n: bead for n, bead in enumerate(bitext.beads) if _is_alone(bead, reading)}
    beside = _side_by_side(alone)
    wording = Wording.read(*(reading.documents[lang].texts if alone else [] for lang in LANGS))
    for number, bead in alone.items():
        lang = _language(bead)
        kind: FindingKind = "omitted" if lang == reading.source else "added"
        there = "translation" if lang == reading.source else "source"
        message = f"The {there} has no counterpart of this sentence ({bead.confidence:.0%} sure)"
        if number in beside:
            (opposite,) = beside[number].src or beside[number].tgt
            message += f", unless it is {_named(reading, lang, opposite)}"
        elif (holder := _said(reading, wording, bead)) is not None:
            message += f", unless it is in {_named(reading, lang, holder)}"
        for sentence in bead.src or bead.tgt:
            span = 0, len(reading.text(lang, sentence))
            yield reading.finding(kind, (lang, sentence), span, (), f"{message}.")


def _is_alone(bead: Bead, reading: Reading) -> bool:
    if not bead.is_null or bead.confidence < SURE:
        return False
    return not any(reading.opposite[_language(bead)][n] for n in bead.src or bead.tgt)


def _named(reading: Reading, lang: Lang, opposite: int) -> str:
    text = shortened(reading.text(other_language(lang), opposite))
    return f"sentence {opposite + 1}, “{text}”"


def _said(reading: Reading, wording: Wording, bead: Bead) -> int | None:
    """Return the sentence of the other text that has most of the words of a lone one, if any."""
    sizes = {lang: range(len(reading.documents[lang].texts)) for lang in LANGS}
    lang, (number, *_) = _language(bead), bead.src or bead.tgt
    here = wording.of(**(sizes | {lang: range(number, number + 1)}))
    ours, theirs, _ = here.shared([(1, 1)])[1, 1]
    known, shared = (here.our_known, ours) if lang == "vi" else (here.their_known, theirs)
    best = int(shared.argmax())
    is_said = known[0] >= LEAST and shared.flat[best] >= SAID * known[0]
    return best if is_said else None


def _side_by_side(alone: dict[int, Bead]) -> dict[int, Bead]:
    """Return the null beads, by number, beside which there is just one, of the other text."""
    found: dict[int, Bead] = {}
    for run in _runs(sorted(alone)):
        if len(run) == 2:
            one, other = alone[run[0]], alone[run[1]]
            if _language(one) != _language(other):
                found[run[0]], found[run[1]] = other, one
    return found


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the runs of numbers in a row."""
    run = list(numbers[:1])
    for before, number in pairwise(numbers):
        if number != before + 1:
            yield run
            run = []
        run.append(number)
    yield run


def _language(bead: Bead) -> Lang:
    return "vi" if bead.src else "en"
