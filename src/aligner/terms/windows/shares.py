"""How far the words of two phrases render each other according to the word list."""

from __future__ import annotations

from typing import NamedTuple

from aligner.terms.word_lists import function_words
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.marks import MIN_NAME
from aligner.text.normalise import fold
from aligner.text.words import term_key


class Shares(NamedTuple):
    """Shares of the words of either phrase, without English function words.

    `rendered` is the share of words that the other phrase renders, and `other` that of listed words
    that it does not render.
    """

    vi_rendered: float
    vi_other: float
    en_rendered: float
    en_other: float


def rendered_shares(vi: str, en: str) -> Shares:
    """Return what the word list says about two phrases.

    Words that are written alike apart from accents, as names are, render each other.

    >>> rendered_shares("nước ngọt", "fresh water")
    Shares(vi_rendered=1.0, vi_other=0.0, en_rendered=1.0, en_other=0.0)
    >>> rendered_shares("nước ngọt", "salt water")[:2]
    (0.0, 1.0)
    """
    lexicon = load_lexicon()
    ours, theirs = term_key(vi, "vi"), term_key(en, "en")
    content = [word for word in theirs if word not in function_words("en")] or theirs
    alike = {fold(word): word for word in content if len(word) >= MIN_NAME}
    names = [alike.get(fold(syllable), "") for syllable in ours]  # Suez, Tran Van Khoi
    hits = set(filter(None, names))
    known = met = sum(map(bool, names))
    rest = ["" if name else syllable for name, syllable in zip(names, ours, strict=True)]
    for word in lexicon.words(rest):
        found = rendered(word, set(theirs))
        hits.update(*found)
        syllables = len(word.split())
        known += syllables
        met += syllables if found else 0
    en_met = sum(word in hits for word in content)
    en_known = sum(word in lexicon.english or word in hits for word in content)
    vi_all, en_all = max(len(ours), 1), max(len(content), 1)
    return Shares(
        met / vi_all, (known - met) / vi_all, en_met / en_all, (en_known - en_met) / en_all
    )
