"""Tells where the words of an approved term may not be the term at all."""

from __future__ import annotations

from aligner.terms.check.reading import Reading, Use
from aligner.terms.names.offices import countries_beside
from aligner.text.lexicon import english_words, load_lexicon, rendered
from aligner.text.vietnamese import vietnamese_words
from aligner.text.words import english_forms, split_parts, split_words

_LONG = 2  # blanks from which a term is no chance part of other words
_OPENING = "\"“‘'–- "  # characters that may precede the first word of a sentence


def is_doubtful(reading: Reading, number: int, use: Use, wanted: frozenset[int]) -> bool:
    """Return whether the words of a use in sentence `number` may not be the term at all.

    Vietnamese words may be part of a longer word (nghị sĩ in thượng nghị sĩ), a common word at the
    beginning of a sentence (Anh, he), or a class before a name that needs none in English (đảng Dân
    chủ, Democrats). English words may be a verb that is written like a noun.
    """
    text = reading.text(reading.source, number)
    if reading.source == "en":
        return not _is_noun(use.text)
    if " " not in use.text and use.text[:1].isupper() and not text[: use.start].strip(_OPENING):
        return True
    is_class = not any(reading.term(p, "vi")[:1].isupper() or reading.is_title(p) for p in wanted)
    is_named = text[use.end : use.end + 2].strip()[:1].isupper()
    if is_class and is_named and not countries_beside(text, use.end):
        return True
    short = use.text.count(" ") < _LONG  # the segmenter errs more often than long terms do
    return (short and _cuts_a_word(text, use)) or _in_a_listed_word(reading, number, use)


def _is_noun(term: str) -> bool:
    """Return whether the last word of an English term can be a noun: protests, not protested."""
    known = english_forms(split_parts(term, "en")[-1].text.casefold())
    return not known or not {"NOUN", "PROPN"}.isdisjoint(known)


def _cuts_a_word(text: str, use: Use) -> bool:
    """Return whether a term begins or ends within a Vietnamese word."""
    start = 0
    for word in vietnamese_words(text):
        start = text.find(word, start)
        if start < 0:  # the segmenter has changed the word, so it cannot be found
            return False
        end = start + len(word)
        if start < use.start < end or start < use.end < end:
            return True
        start = end
    return False


def _in_a_listed_word(reading: Reading, number: int, use: Use) -> bool:
    """Return whether a term is part of a longer listed word that the translation renders.

    For instance, rừng (forest) is part of cháy rừng, a wildfire.
    """
    words = split_words(reading.text("vi", number), "vi")
    opposite = (reading.text("en", n) for n in reading.opposite["vi"][number])
    english = frozenset().union(*map(english_words, opposite))
    keys = [word.key for word in words]
    for start, end in load_lexicon().spans(keys):
        first, last = words[start].start, words[end - 1].end
        if first <= use.start and use.end <= last and last - first > use.end - use.start:
            return bool(rendered(" ".join(keys[start:end]), english))
    return False
