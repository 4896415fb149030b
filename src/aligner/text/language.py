"""Detects the language of a text from its words.

Vietnamese is recognised by letters that no other language has, and English by its function words.
Only if neither decides, a model of 97 languages is asked (py3langid, no download).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

UNKNOWN = "und"  # the ISO 639 code for "undetermined"


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Letters with hook, dot or two marks, and the horned vowels: hardly any other language has them.
_VI_LETTER = re.compile("[ơưảạắằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỳỷỹỵ]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Function words that hardly occur in the other languages of Latin script ("in", "an" do: left out).
_EN_WORDS = _word_set(
    "the of and to is was that with for from by has have had said are were it this which who will "
    "would their they been not but its his her you your we our i'm it's don't at be about what "
    "after could should how why where when there these those than into says over"
)
# Common syllables as typed without accents that are no common words of another language.
_VI_PLAIN = _word_set(
    "cua cac nhung duoc khong trong nguoi mot ngay cung viet nuoc chinh phu khi theo nhieu tren "
    "vao quoc nhu biet cuoc thang hom viec thi thoi truoc rang hoi phai muon thuong nghi tuong "
    "truong dong dieu gioi voi vay nay toi"
)
_PIECE = 400  # characters judged at a time: a few sentences, since a page may be mixed
_MAX_PIECES = 150  # pieces, evenly spread, by which a longer text is judged
_MIN_VI_SHARE = 0.2  # of words with a Vietnamese-only letter; running text has 0.4 to 0.6
_MIN_EN_SHARE = 0.2  # of function words; running text has 0.3 to 0.4, headlines less
_MIN_PLAIN_SHARE = 0.15  # of syllables without accents, two of them at least
_MIXED = 0.33  # share of letters that either language has in a bilingual text; quotations have less
_FOREIGN_LEAD = 25.0  # log-likelihood by which a third language must beat both (names alone: < 20)

# Languages of news that a user may have besides Vietnamese and English.
_NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "la": "Latin",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "ms": "Malay",
    "my": "Burmese",
    "nb": "Norwegian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def detect_language(text: str) -> str:
    """Return "vi", "en" or the ISO 639-1 code of another language; "und" if there are no words.

    Each piece of a few sentences is judged by itself, and the language with most letters wins.
    """
    votes, doubtful = _votes(text)
    # The model takes half a second to load, so it is asked only if it can change the result.
    open_votes = sum(map(_letters, doubtful))
    if not votes or max(votes.values()) * 2 <= votes.total() + open_votes:
        for words in doubtful:
            votes[_by_model(" ".join(_without_accented_names(words)))] += _letters(words)
    if not votes:
        return UNKNOWN
    return max(votes, key=lambda lang: (votes[lang], lang))


def is_bilingual(text: str) -> bool:
    """Return whether a text surely is Vietnamese and English, each for a third of it at least."""
    votes, doubtful = _votes(text)
    letters = votes.total() + sum(map(_letters, doubtful))
    return min(votes["vi"], votes["en"]) > _MIXED * letters


def _votes(text: str) -> tuple[Counter[str], list[list[str]]]:
    """Return the letters of the pieces that surely are of a language, and the words of others."""
    votes: Counter[str] = Counter()
    doubtful: list[list[str]] = []
    for piece in _pieces(text):
        words = _WORD.findall(unicodedata.normalize("NFC", piece))
        lang = _sure_language_of(words) if words else UNKNOWN
        if lang is None:
            doubtful.append(words)
        elif words:
            votes[lang] += _letters(words)
    return votes, doubtful


def _letters(words: list[str]) -> int:
    return sum(map(len, words))


def _pieces(text: str) -> Iterator[str]:
    """Yield the lines of a text, with long ones cut, or evenly spread pieces of a long text."""
    if len(text) > _MAX_PIECES * _PIECE:
        step = len(text) // _MAX_PIECES
        yield from (text[start : start + _PIECE] for start in range(0, len(text), step))
        return
    for line in text.splitlines():
        count = math.ceil(len(line) / _PIECE)
        for k in range(count):
            yield line[k * len(line) // count : (k + 1) * len(line) // count]


def _sure_language_of(words: list[str]) -> str | None:
    """Return "vi" or "en" if letters and function words decide, otherwise None."""
    words = _without_accented_names(words)
    lowered = [word.lower() for word in words]
    only_vi = sum(bool(_VI_LETTER.search(word)) for word in lowered)
    accented = sum(not word.isascii() for word in lowered)
    en = sum(word in _EN_WORDS for word in lowered)
    plain = sum(word in _VI_PLAIN for word in lowered)
    if only_vi >= _MIN_VI_SHARE * len(words) and accented > en:
        return "vi"
    if en >= _MIN_EN_SHARE * len(words) and en > plain:
        return "en"
    if plain >= max(2.0, _MIN_PLAIN_SHARE * len(words)) and plain > en:
        return "vi"
    return None


def _without_accented_names(words: list[str]) -> list[str]:
    """Leave out capitalised words with accents: an English report may have many such names."""
    rest = [word for word in words if word.isascii() or not word[0].isupper()]
    return rest if any(word.islower() for word in rest) else words


def _by_model(piece: str) -> str:
    import py3langid

    scores = dict(py3langid.rank(piece))
    best = max(scores, key=lambda lang: (scores[lang], lang))
    ours = "vi" if scores["vi"] > scores["en"] else "en"
    return best if scores[best] - scores[ours] > _FOREIGN_LEAD else ours


def language_name(code: str) -> str:
    """Return a language for a message: "French (fr)", or only the code if it is a rare one."""
    return f"{_NAMES[code]} ({code})" if code in _NAMES else f"language code {code}"
