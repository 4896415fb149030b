"""Finds the columns of somebody's bilingual list by their headers, or else by their letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aligner.errors import FormatError
from aligner.formats.path import StrPath
from aligner.formats.status_words import bare
from aligner.formats.tabular.rows import TableRow

#: The headers of each column, without accents; locales such as vi-VN and en_US count too.
_TITLES = {
    "vi": ("vi", "vie", "vn", "viet", "vietnamese", "tieng viet"),
    "en": ("en", "eng", "anh", "english", "tieng anh"),
    "note": ("note", "notes", "comment", "comments", "remark", "remarks", "ghi chu", "chu thich"),
    "status": ("status", "trang thai", "tinh trang"),
    "preferred": ("preferred", "uu tien"),
}
#: Words that tell the language in a longer header: "Source term (Vietnamese)".
_HINTS = {"vi": ("vietnamese", "tieng viet"), "en": ("english", "tieng anh")}
#: Headers that leave the language open.
_OPEN = ("source", "target", "term", "translation", "nguon", "dich", "thuat ngu", "ban dich")
_LOCALE = re.compile("(%?)(vi|en)[-_][a-z0-9]{2}")
#: Rows within which a header must come. People put a title above it, but no long text.
HEADER_WITHIN = 20
_VI_LETTER = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
#: Those of them that hardly any other language has.
_ONLY_VI = re.compile("[ơưảạắằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỳỷỹỵ]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(rf"{_LETTER.pattern}+")
# The terms are expected in the first column with at least this share of what the fullest column
# has. A column of definitions may have more texts with Vietnamese letters than the terms (Nga, Anh)
# and a column of notes more texts, whereas parts of speech or fields repeat a few texts.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the rows and columns of a table are, counted from 0.

    `first` is the first row below the header; `places` maps vi, en, note, status and preferred to
    their columns, as far as the table has them.
    """

    first: int
    places: dict[str, int]

    def text(self, row: TableRow, name: str) -> str:
        """Return the text of a row in a column, "" if the row or the table lacks it."""
        place = self.places.get(name, len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""


def named_columns(rows: Sequence[TableRow]) -> Columns | None:
    """Return the columns named by the first row that names both languages, None if no row does."""
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        places = _titles(row)
        if "vi" in places and "en" in places:
            return Columns(number, places)
    return None


def bilingual_sheets(sheets: Mapping[str, list[TableRow]]) -> dict[str, list[TableRow]]:
    """Return the sheets whose header names both languages; if there is none, the first sheet."""
    named = {title: rows for title, rows in sheets.items() if named_columns(rows)}
    return named or dict(list(sheets.items())[:1])


def _titles(row: TableRow) -> dict[str, int]:
    titles = [bare(cell).strip(":*.()[] ") for cell in row.cells]
    places: dict[str, int] = {}
    for number, title in enumerate(titles):
        locale = _LOCALE.fullmatch(title)
        for name, words in _TITLES.items():
            if title in words or (locale and locale[2] == name):
                # Wordfast has the texts in the columns after those that name their languages.
                places.setdefault(name, number + bool(locale and locale[1]))
    for number, title in enumerate(titles):
        hinted = [lang for lang, words in _HINTS.items() if any(word in title for word in words)]
        if len(hinted) == 1 and number not in places.values():
            places.setdefault(hinted[0], number)
    return places


def columns_by_letters(path: StrPath, rows: Sequence[TableRow]) -> Columns:
    """Return the columns of a table whose header, if it has one, does not name the languages.

    Raises FormatError if the letters do not tell which columns are Vietnamese and English.
    """
    has_header = bool(rows) and any(bare(cell) in _OPEN for cell in rows[0].cells)
    places = _titles(rows[0]) if has_header else {}
    width = max((len(row.cells) for row in rows), default=0)
    texts = [
        {row.cells[n] for row in rows[has_header:] if n < len(row.cells)} for n in range(width)
    ]
    accented = [sum(map(bool, map(_VI_LETTER.search, column))) for column in texts]
    worded = [sum(map(bool, map(_LETTER.search, column))) for column in texts]
    vi = _first_with_most(accented, {*range(width)} - {*places.values()})
    unaccented = {n for n in range(width) if accented[n] < _MOST * max(accented)}
    en = _first_with_most(worded, unaccented - {*places.values()})
    if vi is None or en is None:
        raise FormatError(
            f"{path}: it is not clear which columns are Vietnamese and English; write a first "
            "row with the headers Vietnamese and English"
        )
    further = [n for n in range(width) if n > max(vi, en) and worded[n]]
    if further and not has_header:
        places["note"] = further[0]
    return Columns(int(has_header), places | {"vi": vi, "en": en})


def check_not_swapped(path: StrPath, pairs: Collection[tuple[str, str]]) -> None:
    """Raise FormatError if in most pairs (vi, en) the languages seem to have changed places.

    Such a pair has Vietnamese letters on its English side alone. One by itself may be a name, but
    not if a word of it in small letters can only be Vietnamese.
    """
    swapped = [en for vi, en in pairs if not _VI_LETTER.search(vi) and _VI_LETTER.search(en)]
    if len(swapped) > len(pairs) / 2 and (len(swapped) > 1 or _is_no_name(swapped[0])):
        one = "its only pair has" if len(pairs) == 1 else ""
        raise FormatError(
            f"{path}: {one or f'of {len(pairs)} pairs, {len(swapped)} have'} Vietnamese letters on "
            "the English side alone, as if the two languages had changed places; correct their "
            "names and try again"
        )


def _is_no_name(text: str) -> bool:
    return any(word.islower() and _ONLY_VI.search(word) for word in _WORD.findall(text))


def _first_with_most(counts: Sequence[int], columns: set[int]) -> int | None:
    most = max((counts[n] for n in columns), default=0)
    return next((n for n in sorted(columns) if most and counts[n] >= _MOST * most), None)
