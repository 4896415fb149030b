"""Brings extracted pairs into the forms of the words in which a reviewer decided about them."""

from __future__ import annotations

from dataclasses import replace

from aligner.glossary import Glossary
from aligner.term_pair import TermPair
from aligner.text.words import term_key


def in_decided_forms(extracted: Glossary, known: Glossary) -> Glossary:
    """Return extracted pairs as a known glossary writes them where a reviewer decided about them.

    If "referees" was approved, "referee" is no new pair. A form that was extracted as it is stays.
    """
    by_id = known.by_id()
    again = {pair.id for pair in extracted}
    forms = {_words(pair): pair for pair in known if pair.is_decided and pair.id not in again}
    pairs = []
    for pair in extracted:
        form = None if pair.id in by_id else forms.pop(_words(pair), None)
        pairs.append(replace(pair, vi=form.vi, en=form.en) if form else pair)
    return Glossary(tuple(pairs))


def _words(pair: TermPair) -> tuple[tuple[str, ...], ...]:
    """Return a key that all forms of the words of a pair share."""
    return term_key(pair.vi, "vi"), term_key(pair.en, "en")
