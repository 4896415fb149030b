"""Finds names that are not spelt as in the glossary.

There are two kinds of evidence. The glossary itself may have the other spelling, as a variant or as
a pair with the same counterpart (Kiev if Kyiv is approved). Or a word that is in neither glossary
nor dictionary differs from a name of the glossary by one typing error. Letters that changed places
are enough (Washignton). For any other error, the linked sentences must have the right name, since
Andersen may be another person than Anderson. For full Vietnamese names, see `full_names.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from aligner.model import LANGS, Lang, other_language
from aligner.term_pair import Finding, TermPair, same_text
from aligner.terms.check.full_names import FullNames, is_trusted, names_in, plain_words
from aligner.terms.check.reading import Reading
from aligner.terms.finder import TermFinder, outermost
from aligner.terms.names.offices import place_of
from aligner.terms.names.spelling import (
    MIN_NAME,
    is_foreign,
    is_misspelling,
    is_respelling,
    is_slip,
    is_transposed,
)
from aligner.terms.ranking import rank
from aligner.text.normalise import fold
from aligner.text.words import Word, english_forms, split_parts, term_key

_Slip = tuple[int, int, str, str]  # where it starts and ends, what is right, and the message


def find_misspelt(reading: Reading) -> Iterator[Finding]:
    """Yield the misspelt names of both texts, and correct them in the reading."""
    words = {
        lang: [split_parts(s.text, lang) for s in reading.documents[lang].sentences]
        for lang in LANGS
    }
    for lang in LANGS:
        speller = _Speller(reading, lang, words[other_language(lang)])
        for number, sentence in enumerate(words[lang]):
            for start, end, right, message in speller.slips(number, sentence):
                reading.correct(lang, number, start, end, right)
                yield reading.finding("spelling", (lang, number), (start, end), (right,), message)


class _Speller:
    """Finds the misspelt names of one text with the help of the glossary and the other text.

    `theirs` are the words of the other text, by sentence.
    """

    def __init__(self, reading: Reading, lang: Lang, theirs: Sequence[Sequence[Word]]) -> None:
        there = other_language(lang)
        self._reading, self._lang = reading, lang
        self._wrong = _other_spellings(reading.pairs, lang)
        self._finder = TermFinder(self._wrong, lang)
        self._names = _Names(reading.pairs, lang)
        # English names are judged by those in the Vietnamese text, which has the accents.
        said = names_in(reading.documents["vi"].texts) if lang == "en" else ()
        self._full_names = FullNames([*reading.pairs, *said], lang)
        self._folded = [{fold(word.text) for word in sentence} for sentence in theirs]
        self._anywhere = frozenset().union(*self._folded)
        self._plain = [plain_words(s.text, there) for s in reading.documents[there].sentences]

    def slips(self, number: int, words: Sequence[Word]) -> Iterator[_Slip]:
        """Yield what is misspelt in a sentence: known spellings, full names, and single words."""
        text, end = self._reading.text(self._lang, number), 0
        for found in outermost(self._finder.find(text)):
            start, end, right = found.start, found.end, self._wrong[found.term]
            yield start, end, right, f"“{found.surface}” is spelt “{right}” in the glossary."
        rest = [word for word in words if word.start >= end]
        for start, end, right in self._full_names.misspelt(text, rest, self._plain):
            yield start, end, right, f"“{text[start:end]}” is probably a slip for “{right}”."
            rest = [word for word in rest if not start <= word.start < end]
        opposite = self._reading.opposite[self._lang][number]
        there = frozenset().union(*(self._folded[n] for n in opposite))
        for word in rest:
            if fold(word.text) not in self._anywhere and (meant := self._names.meant(word, there)):
                message = f"“{word.text}” is probably a slip for “{meant}”."
                yield word.start, word.end, meant, message


def _other_spellings(pairs: Iterable[TermPair], lang: Lang) -> dict[str, str]:
    """Return the wrong spellings in a glossary, each with the right one.

    Without an approved spelling, only letters that changed places are wrong.
    """
    groups: defaultdict[tuple[str, ...], list[TermPair]] = defaultdict(list)
    for pair in sorted(pairs, key=rank):
        if pair.status != "forbidden":
            groups[term_key(pair.term(other_language(lang)), other_language(lang))].append(pair)
    wanted = {same_text(p.term(lang)) for group in groups.values() for p in group if p.is_wanted}
    wrong: dict[str, str] = {}
    for group in groups.values():
        rights = [p.term(lang) for p in group if p.is_wanted]
        known = [p.term(lang) for p in group if p.status != "rejected"][:1]
        for form in dict.fromkeys(form for pair in group for form in pair.spellings(lang)):
            if same_text(form) not in wanted:
                near = [r for r in rights if _is_spelling_of(form, r, lang)]
                if not rights:
                    near = [k for k in known if is_transposed(form, k) and is_slip(form, k)]
                if near:
                    wrong.setdefault(form, near[0])
    return wrong


def _is_spelling_of(form: str, right: str, lang: Lang) -> bool:
    """Return whether a form is another spelling of a term, by more than a hyphen or a blank."""
    ours, theirs = (same_text(term).replace("-", "").replace(" ", "") for term in (form, right))
    return ours != theirs and (
        is_respelling(form, right, lang) or is_misspelling(form, right, lang)
    )


class _Names:
    """The words of the glossary's names, found in spite of a typing error.

    Two words that differ by one error are equal once each has lost at most one letter (as in
    Garbe's symmetric deletes), so that no word has to be compared with every name.
    """

    def __init__(self, pairs: Sequence[TermPair], lang: Lang) -> None:
        self._lang = lang
        self._known: set[str] = set()
        self._by_rest: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for pair in sorted(pairs, key=rank):
            if pair.status in ("rejected", "forbidden"):
                continue
            trusted = is_trusted(pair)
            for word in split_parts(pair.term(lang), lang):
                if trusted and self._is_name(word.text) and fold(word.text) not in self._known:
                    for rest in _rests(fold(word.text)):
                        self._by_rest[rest][word.text] = None
            texts = (form for language in LANGS for form in pair.spellings(language))
            self._known |= {fold(word.text) for text in texts for word in split_parts(text, lang)}

    def meant(self, word: Word, opposite: Set[str]) -> str | None:
        """Return the name that a word was meant to be, None if it can be a word of its own.

        `opposite` holds the folded words of the linked sentences.
        """
        text = word.text
        if not self._is_name(text) or fold(text) in self._known or place_of(text, self._lang):
            return None
        if self._lang == "en" and english_forms(text.casefold()):
            return None
        near = dict.fromkeys(name for rest in _rests(fold(text)) for name in self._by_rest[rest])
        for name in near:
            ours, theirs = fold(text), fold(name)
            extended = ours.startswith(theirs) or theirs.startswith(ours)  # Petrov, Petrova
            if is_slip(text, name) and (
                is_transposed(text, name) or (theirs in opposite and not extended)
            ):
                return name
        return None

    def _is_name(self, word: str) -> bool:
        foreign = self._lang == "en" or is_foreign(word)
        return word[:1].isupper() and len(word) >= MIN_NAME and foreign


def _rests(word: str) -> list[str]:
    """Return a word, and the word without each of its letters."""
    return [word, *(word[:k] + word[k + 1 :] for k in range(len(word)))]
