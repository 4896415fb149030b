"""Finds sentences of the source that a translation leaves out, and those that it adds."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.model import Bitext, Lang
from aligner.term_pair import Finding, FindingKind
from aligner.terms.check.reading import Reading

#: Confidence from which a sentence is reported. Of those that a translation was made to lack or to
#: have more (`benchmarks/checks.py`), more than nine in ten are found so, and of sentences that
#: have a counterpart hardly any.
SURE = 0.8


def find_omitted(bitext: Bitext, reading: Reading) -> Iterator[Finding]:
    """Yield the sentences of either text that surely have no counterpart, where others have one."""
    if not any(reading.opposite["vi"]):
        return
    for bead in bitext.beads:
        if not bead.is_null or bead.confidence < SURE:
            continue
        lang: Lang = "vi" if bead.src else "en"
        kind: FindingKind = "omitted" if lang == reading.source else "added"
        other = "translation" if lang == reading.source else "source"
        message = f"The {other} has no counterpart of this sentence ({bead.confidence:.0%} sure)."
        for number in bead.src or bead.tgt:
            if not reading.opposite[lang][number]:
                span = 0, len(reading.text(lang, number))
                yield reading.finding(kind, (lang, number), span, (), message)
