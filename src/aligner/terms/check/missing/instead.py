"""Finds the words that a translation has instead of an approved rendering."""

from __future__ import annotations

from aligner.terms.check.reading import Reading, Use
from aligner.text.lexicon import load_lexicon
from aligner.text.words import split_parts, term_key

SURE = 0.6  # confidence from which an unreviewed rendering can be reported as the one used instead


def rendered_instead(reading: Reading, number: int, use: Use) -> str:
    """Return the words that the translation has instead of the approved rendering, or "".

    A term of another kind is no rendering: Putin may be there for Tổng thống, but is a name.
    """
    kinds = {reading.pairs[pair].kind for pair in use.pairs & reading.wanted}
    known = {
        pair
        for pair in use.pairs - reading.wanted
        if reading.pairs[pair].kind in kinds and reading.pairs[pair].confidence >= SURE
    }
    others = {
        pair
        for there in reading.uses[reading.source][number]
        if there.pairs != use.pairs
        for pair in there.pairs
    }
    for sentence in reading.opposite[reading.source][number]:
        for found in reading.visible(reading.target, sentence):
            if found.pairs & known and not found.pairs & others:
                return found.text
    if reading.source == "en" or any(reading.is_title(pair) for pair in use.pairs):
        return ""  # a president may be the head of state the second time
    return _other_rendering(reading, number, use)


def _other_rendering(reading: Reading, number: int, use: Use) -> str:
    """Return a rendering of several words in the word list that the translation has, or "".

    A single word too often renders something else.
    """
    renderings = load_lexicon().entries.get(" ".join(term_key(use.text, "vi")), "")
    wanted = [term_key(text, "en") for text in renderings.split("; ") if " " in text]
    for sentence in reading.opposite["vi"][number]:
        text = reading.text("en", sentence)
        words = split_parts(text, "en")
        keys = [word.key for word in words]
        for key in wanted:
            for start in range(len(keys) - len(key) + 1):
                if tuple(keys[start : start + len(key)]) == key:
                    return text[words[start].start : words[start + len(key) - 1].end]
    return ""
