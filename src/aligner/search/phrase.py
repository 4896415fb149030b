"""Phrases of a concordance: exact words as a person typed them, found in sentences.

A phrase and a sentence are compared as keys (see `folding.py`). The words of a phrase narrow the
search down to the sentences that an index finds by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from aligner.characters import nfc
from aligner.errors import QueryError
from aligner.model import Lang, Span
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
_MOST_VOWELS = 8  # in a row: a syllable has three, and spellings are as many as letters
_LAST_Y_OR_I = re.compile("(?:[hklmst]|qu)[yi]")  # syllables written both ways, without tones


class Phrase(Protocol):
    """What a person typed, ready to be found in sentences.

    Every sentence that matches contains `words` one after the other, as SQLite's FTS5 with
    `unicode61 remove_diacritics 0` splits `folded(sentence)`. If `last_is_open`, the last of them
    may be only the beginning of a longer word. Without any words an index cannot help: every
    sentence may match.
    """

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words to ask an index for."""
        ...

    @property
    def last_is_open(self) -> bool:
        """True if the last word may continue."""
        ...

    def spans(self, sentence: str, lang: Lang | None = None) -> list[Span]:
        """Return the character spans of all matches in an NFC sentence.

        The spans are in order, not empty, and do not overlap.
        """
        ...


def compile_phrase(text: str, *, whole_word: bool = False, regex: bool = False) -> Phrase:
    """Compile what a person typed: literal words, or a regular expression if `regex` is set.

    A phrase matches from the beginning of a word. It may end within a longer one ("sanction" finds
    "sanctions") unless `whole_word` is set or an accent was typed ("đa" does not find "đang").
    Accents count as soon as one is typed. Where the tone mark stands (hoà, hòa) and whether a
    syllable ends in y or i (Mỹ, Mĩ) never matters.

    Raises QueryError if nothing was typed or the expression cannot be used.

    >>> compile_phrase("lệnh trừng phạt").words
    ('lenh', 'trung', 'phat')
    >>> compile_phrase("thoa thuan").spans("Các thỏa thuận, Thoả-thuận Minsk")
    [(4, 14), (16, 26)]
    """
    typed = tidy(text).lstrip(_COMBINING)
    if not typed:
        raise QueryError("type a word or a phrase to look for")
    if regex:
        return compile_expression(nfc(text), whole_word)
    return _literal(typed, whole_word)


@dataclass(frozen=True, slots=True)
class _Literal:
    """A `Phrase` of literal words: a pattern that is matched against the keys of sentences."""

    words: tuple[str, ...]
    last_is_open: bool
    table: dict[int, str]
    pattern: re.Pattern[str]

    def spans(self, sentence: str, lang: Lang | None = None) -> list[Span]:
        """Return the spans of all matches; one that ends within a word is extended to its end.

        Vietnamese syllables have no endings, so in Vietnamese such a match is none.
        """
        matches = self.pattern.finditer(sentence.translate(self.table))
        return [m.span() for m in matches if not (lang == "vi" and m.groupdict().get("rest"))]


def _literal(typed: str, whole_word: bool) -> _Literal:
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
    return _Literal(words, is_open, table, re.compile("".join(parts)))


def _pattern_of(kind: str | None, text: str) -> str:
    """Return the pattern of a piece of a key, unless it is the last word."""
    if kind == "word":
        return _spelled(text)
    if kind == "joint":
        return _JOINT
    return " +" if text == " " else re.escape(text)


def _beginning(pattern: str) -> str:
    """Return the pattern of a word, restricted to where a word begins.

    If the pattern begins with a letter, that comes before the look-behind: `re` searches for a
    literal letter much faster.
    """
    if pattern.startswith("("):
        return rf"(?<!{_LETTER}){pattern}"
    return rf"{pattern[0]}(?<!{_LETTER}.){pattern[1:]}"


def _spelled(word: str, may_go_on: bool = False) -> str:
    """Return a pattern of all spellings of a word; only the typed one may begin a longer word.

    >>> _spelled("hoà"), _spelled("quy", may_go_on=True)
    ('h(?:oà|òa)', 'q(?:uy|ui(?![\\\\w\\\\u0300-\\\\u036f]))')
    """
    untoned = "".join(_split_tone(char)[0] for char in word)
    has_two_ends = _LAST_Y_OR_I.fullmatch(untoned) is not None
    parts, done = [], 0
    for run in _VOWELS.finditer(word):
        is_last = run.end() == len(word)
        if run.end() - run.start() > _MOST_VOWELS:
            continue
        others = sorted(set(_spellings(run.group(), is_last and has_two_ends)) - {run.group()})
        if others:
            end = rf"(?!{_LETTER})" if may_go_on and is_last else ""
            parts += [re.escape(word[done : run.start()]), f"(?:{run.group()}|"]
            parts += [others[0] if len(others) == 1 else f"(?:{'|'.join(others)})", end, ")"]
            done = run.end()
    return "".join(parts) + re.escape(word[done:])


def _spellings(vowels: str, has_two_ends: bool) -> Iterator[str]:
    """Yield all spellings of a run of vowels: its tone mark anywhere, its last letter y or i."""
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
    """Split a letter into the letter without its tone mark and the mark, "" if it has none."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone)), tone
