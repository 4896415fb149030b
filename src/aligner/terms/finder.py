"""Finds terms in sentences, in whatever form they stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.model import Lang
from aligner.text.words import Word, split_words


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term where it stands in a sentence: `surface` is `sentence[start:end]`."""

    term: str
    start: int
    end: int
    surface: str


class TermFinder:
    """Looks for many terms of one language at once; time grows with the sentence, not the list.

    Forms of a word count as the word (agreements, agreement), case does not, but a name of one
    Vietnamese syllable needs its capital: Nga is Russia, ngà is ivory, and đức is not Đức.
    """

    def __init__(self, terms: Iterable[str], lang: Lang) -> None:
        self._lang = lang
        self._by_first: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for term in dict.fromkeys(terms):
            keys = [word.key for word in split_words(term, lang)]
            if keys:
                self._by_first[keys[0]].append((keys, term))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, sentence: str) -> list[Occurrence]:
        """Return every occurrence, shorter terms inside longer ones among them, by place."""
        words = split_words(sentence, self._lang)
        keys = [word.key for word in words]
        found = []
        for start, word in enumerate(words):
            for wanted, term in self._by_first.get(word.key, ()):
                stop = start + len(wanted)
                if keys[start:stop] == wanted and self._case_fits(term, words[start:stop]):
                    span = word.start, words[stop - 1].end
                    found.append(Occurrence(term, *span, sentence[slice(*span)]))
        return found

    def _case_fits(self, term: str, words: Sequence[Word]) -> bool:
        lone_name = self._lang == "vi" and len(words) == 1 and term[:1].isupper()
        return not lone_name or words[0].text[:1].isupper()


def outermost(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that lie in no longer one, by place."""
    kept: list[Occurrence] = []
    for found in sorted(occurrences, key=lambda o: (o.start, -o.end)):
        if not kept or found.end > kept[-1].end:
            kept.append(found)
    return kept
