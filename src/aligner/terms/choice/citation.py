"""Puts an English term into the form under which a dictionary lists it: reservoir, not Reservoirs.

A plural stays where the word list has it for the Vietnamese term (chính quyền = authorities), or
has it often (talks, human rights).
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from aligner.terms.names.kinds import split_head
from aligner.terms.word_lists import word_list
from aligner.text.lexicon import load_lexicon
from aligner.text.words import english_forms, term_key

OFTEN = 4  # renderings in the word list that end in a plural which is usual
_MANY = frozenset(["các", "những", "nhiều"])  # first syllables that make a plural


def citation_form(en: str, vi: str) -> str:
    """Return an English term in small letters in the singular, unless the plural is usual.

    >>> citation_form("flash floods", "lũ quét"), citation_form("peace talks", "hòa đàm")
    ('flash flood', 'peace talks')
    >>> citation_form("heads of state", "nguyên thủ quốc gia")
    'head of state'
    """
    before, behind = split_head(en)
    word = before.rpartition(" ")[2]
    single = english_forms(word).get("NOUN") or _without_s(word)
    if not en.islower() or single == word or vi.casefold().split()[0] in _MANY:
        return en
    if not word.startswith(single[:2]) or _is_usual(word, vi):
        return en
    return f"{before.removesuffix(word)}{single}{behind}"


def starts_with_word(term: str) -> bool:
    """Return whether the first word of an English term is a common one: Low-cost, Hydropower.

    The word list has names with a capital.
    """
    known = load_lexicon().english
    parts = term.split()[0].casefold().split("-")
    return all(english_forms(p) or (p in known and p.title() not in known) for p in parts)


def _without_s(word: str) -> str:
    """Return a word that no dictionary has without its plural s: tugboats."""
    return word[:-1] if term_key(word, "en") == (word[:-1],) else word


def _is_usual(plural: str, vi: str) -> bool:
    """Return whether the word list has a plural often, or for a word of a Vietnamese term."""
    if plural in word_list("en_plurals") or _last_words()[plural] >= OFTEN:
        return True
    words = load_lexicon().words(term_key(vi, "vi"))
    renderings = (load_lexicon().entries[word].replace(";", "").split() for word in words)
    return any(plural in rendering for rendering in renderings)


@cache
def _last_words() -> Counter[str]:
    """Count the last words of all renderings in the word list."""
    renderings = (text for entry in load_lexicon().entries.values() for text in entry.split("; "))
    return Counter(text.rsplit(" ", 1)[-1] for text in renderings)
