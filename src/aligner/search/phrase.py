"""What a person typed, made into a matcher of exact words, and into words to ask an index for.

A phrase and a sentence are compared as keys (`folding.py`). Accents count as soon as one is typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from aligner.errors import QueryError
from aligner.model import Lang
from aligner.search.expression import compile_expression
from aligner.search.folding import ACCENTED, PLAIN, folded
from aligner.text.normalise import tidy
from aligner.text.words import TONES

_LETTER = r"[\w\u0300-\u036f]"  # of keys: a letter, a digit, an accent that stands alone
_COMBINING = "".join(map(chr, range(0x300, 0x370)))

_PIECE = re.compile(rf"(?P<word>{_LETTER}+)|(?P<joint>(?<={_LETTER})[ -]+(?={_LETTER}))|.")
_JOINT = "[ -]+"  # between two words a blank and a hyphen are the same
_WORD = re.compile("\\w[\\w\u0301]*")  # of `folded`, as SQLite splits it
_VOWELS = re.compile("[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]+")
_LAST_Y_OR_I = re.compile("(?:[hklmst]|qu)[yi]")  # syllables written both ways, without tones


class _Matcher(Protocol):
    """Finds spans in a sentence."""

    def spans(self, sentence: str, whole: bool) -> list[tuple[int, int]]:
        """Return the character spans of all matches, in order, none empty or over another."""
        ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was typed, ready to be found in sentences.

    Every sentence in which it is found holds `words` one after the other, as SQLite's FTS5 with
    `unicode61 remove_diacritics 0` splits `folded(sentence)`; the last of them may be the beginning
    of a longer word if `last_is_open`. No words: an index cannot help, any sentence may match.
    """

    words: tuple[str, ...]
    last_is_open: bool
    _matcher: _Matcher

    def spans(self, sentence: str, lang: Lang | None = None) -> list[tuple[int, int]]:
        """Return the character spans of all matches in a sentence in NFC, in order.

        A match that ends within a word is given up to the end of the word; in Vietnamese, whose
        syllables have no endings, there is none.

        >>> compile_phrase("thoa thuan").spans("Các thỏa thuận, Thoả-thuận Minsk")
        [(4, 14), (16, 26)]
        """
        return self._matcher.spans(sentence, lang == "vi")


def compile_phrase(text: str, *, whole_word: bool = False, regex: bool = False) -> Phrase:
    """Return the phrase for what was typed: words as they stand, or a regular expression.

    Words are found from the beginning of a word on and may end within one ("sanction" finds
    "sanctions"), but not if `whole_word` or if an accent is typed ("đa" does not find "đang").
    Accents count if any is typed; the place of the tone mark (hoà, hòa) and a last y or i (Mỹ, Mĩ)
    do not.

    >>> compile_phrase("lệnh trừng phạt").words
    ('lenh', 'trung', 'phat')
    """
    typed = tidy(text).lstrip(_COMBINING)
    if not typed:
        raise QueryError("type a word or a phrase to look for")
    if regex:
        return Phrase((), False, compile_expression(unicodedata.normalize("NFC", text), whole_word))
    return _literal(typed, whole_word)


@dataclass(frozen=True, slots=True)
class _Literal:
    """Finds a pattern in the keys of sentences."""

    table: dict[int, str]
    pattern: re.Pattern[str]

    def spans(self, sentence: str, whole: bool) -> list[tuple[int, int]]:
        matches = self.pattern.finditer(sentence.translate(self.table))
        return [m.span() for m in matches if not (whole and m.groupdict().get("rest"))]


def _literal(typed: str, whole_word: bool) -> Phrase:
    table = ACCENTED if typed.translate(ACCENTED) != typed.translate(PLAIN) else PLAIN
    key = typed.translate(table)
    pieces = [(piece.lastgroup, piece.group()) for piece in _PIECE.finditer(key)]
    kind, last = pieces[-1]
    is_whole = whole_word or table is ACCENTED  # Vietnamese syllables have no endings
    parts = [_pattern_of(kind, text) for kind, text in pieces[:-1]]
    if kind != "word":
        parts.append(_pattern_of(kind, last))
    elif is_whole:
        parts += [_spelled(last), rf"(?!{_LETTER})"]
    else:
        parts += [_spelled(last, may_go_on=True), f"(?P<rest>{_LETTER}*)"]
    if pieces[0][0] == "word":
        parts[0] = _beginning(parts[0])
    index_key = folded(typed)
    words = tuple(_WORD.findall(index_key))
    is_open = not is_whole and bool(words) and index_key.endswith(words[-1])
    return Phrase(words, is_open, _Literal(table, re.compile("".join(parts))))


def _pattern_of(kind: str | None, text: str) -> str:
    """Return the pattern of a piece of a key that does not end it."""
    if kind == "word":
        return _spelled(text)
    if kind == "joint":
        return _JOINT
    return " +" if text == " " else re.escape(text)


def _beginning(pattern: str) -> str:
    """Return the pattern of a word so that it begins only where a word does.

    A letter goes before the look behind if it can, since the module looks for letters much faster.
    """
    if pattern.startswith("("):
        return rf"(?<!{_LETTER}){pattern}"
    return rf"{pattern[0]}(?<!{_LETTER}.){pattern[1:]}"


def _spelled(word: str, may_go_on: bool = False) -> str:
    """Return a pattern of all spellings of a word; only the typed one may go on in a longer word.

    >>> _spelled("hoà"), _spelled("quy", may_go_on=True)
    ('h(?:oà|òa)', 'q(?:uy|ui(?![\\\\w\\\\u0300-\\\\u036f]))')
    """
    untoned = "".join(_split_tone(char)[0] for char in word)
    has_two_ends = _LAST_Y_OR_I.fullmatch(untoned) is not None
    parts, done = [], 0
    for run in _VOWELS.finditer(word):
        is_last = run.end() == len(word)
        others = sorted(set(_spellings(run.group(), is_last and has_two_ends)) - {run.group()})
        if others:
            end = rf"(?!{_LETTER})" if may_go_on and is_last else ""
            parts += [re.escape(word[done : run.start()]), f"(?:{run.group()}|"]
            parts += [others[0] if len(others) == 1 else f"(?:{'|'.join(others)})", end, ")"]
            done = run.end()
    return "".join(parts) + re.escape(word[done:])


def _spellings(vowels: str, has_two_ends: bool) -> Iterator[str]:
    """Yield vowels with their tone mark in every place, and with a last y and i."""
    pairs = [_split_tone(char) for char in vowels]
    tones = [tone for _, tone in pairs if tone]
    if len(tones) > 1:  # no single syllable
        return
    letters = "".join(letter for letter, _ in pairs)
    for ending in "yi" if has_two_ends else letters[-1]:
        spelled = letters[:-1] + ending
        for place in range(1, len(spelled) + 1):
            parts = (spelled[:place], *tones, spelled[place:])
            yield unicodedata.normalize("NFC", "".join(parts))


def _split_tone(char: str) -> tuple[str, str]:
    """Return a letter without its tone mark, and the tone mark, empty if it has none."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone)), tone
