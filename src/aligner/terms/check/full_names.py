"""Finds Vietnamese names of three or more syllables with one misspelt syllable.

A different letter in a single syllable means nothing, because it makes another syllable. In a whole
name it does: "Vu Min Quan" is Vu Minh Quan if all other syllables agree and the other text has only
the right name. In Vietnamese, accents count as letters do (Hưng, Hùng).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from aligner.model import Lang, other_language
from aligner.term_pair import TermPair
from aligner.terms.names.full_names import FULL_NAME, is_surname
from aligner.terms.names.spelling import is_foreign, letters_apart
from aligner.terms.ranking import rank
from aligner.text.normalise import fold
from aligner.text.words import Word, split_parts, vietnamese_key

LONGEST = 5  # syllables of a name
KNOWN = 0.5  # confidence from which the spelling of an unreviewed name is trusted

Syllables = tuple[str, ...]


class FullNames:
    """The full Vietnamese names of a glossary in one language, found by all but one syllable."""

    def __init__(self, pairs: Sequence[TermPair], lang: Lang) -> None:
        self._lang = lang
        self._known: set[Syllables] = set()
        self._open: defaultdict[Syllables, dict[TermPair, None]] = defaultdict(dict)
        for pair in sorted(pairs, key=rank):
            for form in pair.spellings(lang):
                self._known.add(self._syllables(split_parts(form, lang)))
            if is_trusted(pair) and _is_full_name(pair):
                for left_open in _left_open(self._syllables(split_parts(pair.term(lang), lang))):
                    self._open[left_open][pair] = None
        self._sizes = sorted({len(left_open) for left_open in self._open}, reverse=True)

    def misspelt(
        self, text: str, words: Sequence[Word], others: Collection[str]
    ) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, name meant) of misspelt names among the words of a sentence.

        `others` are the sentences of the other language as `plain_words` makes them.
        """
        done = 0
        for size in self._sizes:
            for start in range(len(words) - size + 1):
                run = words[start : start + size]
                if run[0].start < done or not _is_in_capitals(text, run):
                    continue
                name = self._meant(self._syllables(run), others)
                if name:
                    done = run[-1].end
                    yield run[0].start, done, name

    def _meant(self, said: Syllables, others: Collection[str]) -> str | None:
        if said in self._known:
            return None
        there = other_language(self._lang)
        for pair in {p: None for open_ in _left_open(said) for p in self._open.get(open_, ())}:
            right = pair.term(self._lang)
            meant = self._syllables(split_parts(right, self._lang))
            wrong = next(k for k, (a, b) in enumerate(zip(said, meant, strict=True)) if a != b)
            if letters_apart(fold(said[wrong]), fold(meant[wrong])) > 1:
                continue
            own, wanted = f" {' '.join(map(fold, said))} ", plain_words(pair.term(there), there)
            # The other language cannot tell Hưng from Hùng, a reviewer can.
            is_another = own != wanted and any(own in text for text in others)
            is_slip = not is_another and (own != wanted or pair.is_wanted)
            if is_slip and any(wanted in text for text in others):
                return right
        return None

    def _syllables(self, words: Sequence[Word]) -> Syllables:
        if self._lang == "vi":
            return tuple(vietnamese_key(word.text) for word in words)
        return tuple(fold(word.text) for word in words)


def names_in(texts: Iterable[str]) -> Iterator[TermPair]:
    """Yield the full names in Vietnamese texts, paired with their English spelling.

    They are recognised by the surname and at least two more syllables with capitals.
    """
    for text in texts:
        words = split_parts(text, "vi")
        for first, word in enumerate(words):
            run = [word]
            for after in words[first + 1 : first + LONGEST]:
                if not _is_in_capitals(text, [run[-1], after]) or is_foreign(after.text):
                    break
                run.append(after)
            if len(run) >= FULL_NAME and word.text.istitle() and is_surname(fold(word.text)):
                name = text[word.start : run[-1].end]
                yield TermPair(name, fold(name).title(), "name", confidence=1.0)


def is_trusted(pair: TermPair) -> bool:
    """Return whether the names of a pair can be assumed to be spelt correctly."""
    if pair.status in ("rejected", "forbidden"):
        return False
    return pair.is_wanted or pair.confidence >= KNOWN


def plain_words(text: str, lang: Lang) -> str:
    """Return the words of a text without accents and capitals, with blanks around each."""
    return "".join(f" {fold(word.text)}" for word in split_parts(text, lang)) + " "


def _is_full_name(pair: TermPair) -> bool:
    syllables = pair.vi.split()
    return (
        len(syllables) >= FULL_NAME
        and all(syllable[:1].isupper() and not is_foreign(syllable) for syllable in syllables)
        and fold(pair.vi) == fold(pair.en)
    )


def _left_open(said: Syllables) -> list[Syllables]:
    """Return a name with each of its syllables left open in turn."""
    return [(*said[:k], "", *said[k + 1 :]) for k in range(len(said))]


def _is_in_capitals(text: str, run: Sequence[Word]) -> bool:
    return all(word.text[:1].isupper() for word in run) and all(
        text[one.end : other.start] == " " for one, other in pairwise(run)
    )
