"""The Vietnamese-English word list: the usual renderings of words in the news.

Vectors say what is near in meaning, and kilometres are near a length ("chiều dài") without being
one; the list says what is meant. Such lists have long been used for alignment (hunalign, Varga et
al. 2005). This one, `data/lexicon.tsv`, was written for this project (CC0) and has no names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from aligner.package_data import read_text
from aligner.text.words import split_parts, term_key, vietnamese_key

_STEM = 3  # letters that all forms of an English word have in common


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The renderings of each Vietnamese word, by its key, and all English words in them.

    `english` has these words as they are written and in small letters, with compounds split. These
    are nearly all of their keys (89 of 90), which would take long to look up.
    """

    entries: Mapping[str, str]
    english: frozenset[str]
    longest: int  # syllables of the longest word

    def words(self, syllables: Sequence[str]) -> list[str]:
        """Return the listed words in a row of syllables (keys), always taking the longest."""
        return [" ".join(syllables[start:end]) for start, end in self.spans(syllables)]

    def spans(self, syllables: Sequence[str]) -> list[tuple[int, int]]:
        """Return the range of each of these words in the row."""
        found, start = [], 0
        while start < len(syllables):
            ends = range(min(start + self.longest, len(syllables)), start, -1)
            listed = (end for end in ends if " ".join(syllables[start:end]) in self.entries)
            end = next(listed, 0)
            if end:
                found.append((start, end))
            start = end or start + 1
        return found


@cache
def load_lexicon() -> Lexicon:
    """Read the word list, once."""
    lines = read_text("text", "lexicon.tsv").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    entries = {" ".join(map(vietnamese_key, vi.replace("-", " ").split())): en for vi, en in rows}
    written = " ".join(entries.values()).translate(str.maketrans(";-", "  "))
    english = frozenset(f"{written} {written.casefold()}".split())
    return Lexicon(entries, english, max(len(word.split()) for word in entries))


@lru_cache(maxsize=20_000)
def listed_words(text: str) -> frozenset[str]:
    """Return the words of the list in a Vietnamese text."""
    return frozenset(load_lexicon().words([word.key for word in split_parts(text, "vi")]))


@lru_cache(maxsize=20_000)
def english_words(text: str) -> frozenset[str]:
    """Return the keys of all words of an English text, with compounds split."""
    return frozenset(word.key for word in split_parts(text, "en"))


def rendered(word: str, english: Set[str]) -> list[frozenset[str]]:
    """Return those renderings of a listed word whose words are all among some English keys."""
    firsts, known = _renderings(word)
    if firsts.isdisjoint(english):  # most words, most of the time
        return []
    return [words for first in firsts & english for words in known[first] if words <= english]


@lru_cache(maxsize=20_000)
def mean_the_same(one: str, other: str) -> bool:
    """Return whether two words of the list (keys) have a rendering in common."""
    ours, theirs = (load_lexicon().entries.get(word, "") for word in (one, other))
    return not {*ours.split("; ")}.isdisjoint({*theirs.split("; ")} - {""})


@lru_cache(maxsize=20_000)
def heads(word: str) -> frozenset[str]:
    """Return the last words (keys) of all renderings of a word of the list: fog, of dense fog."""
    return frozenset(term_key(text, "en")[-1] for text in load_lexicon().entries[word].split("; "))


def words_rendered_by(english: Set[str]) -> list[str]:
    """Return the listed words (keys) that some English words (keys) render."""
    stems = "|".join(re.escape(word[:_STEM]) for word in english)
    may = re.compile(rf"^.*\t.*\b(?:{stems}).*$", re.MULTILINE | re.IGNORECASE)
    lines = may.findall(_all_entries()) if english else []
    words = (line.partition("\t")[0] for line in lines)
    return [word for word in words if rendered(word, english) or heads(word) & english]


@cache
def _all_entries() -> str:
    return "\n".join(f"{word}\t{english}" for word, english in load_lexicon().entries.items())


@lru_cache(maxsize=20_000)
def _renderings(word: str) -> tuple[frozenset[str], Mapping[str, Sequence[frozenset[str]]]]:
    """Return the first words of all renderings, and the words of each by its first word."""
    found: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for text in load_lexicon().entries[word].split("; "):
        key = term_key(text, "en")
        found[key[0]].append(frozenset(key))
    return frozenset(found), found
