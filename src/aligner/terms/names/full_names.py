"""Full names of people in Vietnamese texts, by their surnames or their foreign words."""

from __future__ import annotations

from aligner.terms.names.spelling import is_foreign
from aligner.terms.word_lists import word_list
from aligner.text.normalise import fold

FULL_NAME = 3  # syllables of a full Vietnamese name, at least


def is_surname(syllable: str) -> bool:
    """Return whether a syllable, in small letters without accents, is a Vietnamese surname.

    >>> is_surname("tran"), is_surname("suez")
    (True, False)
    """
    return syllable in word_list("surnames")


def is_full_name(text: str) -> bool:
    """Return whether words of a Vietnamese text can be the full name of a person.

    >>> is_full_name("Đỗ Thị Mận"), is_full_name("Rui Salgado"), is_full_name("Hà Nội")
    (True, True, False)
    """
    words = text.split()
    if not text.istitle() or len(words) < 2:
        return False
    return (len(words) >= FULL_NAME and is_surname(fold(words[0]))) or any(map(is_foreign, words))
