"""glossary.csv: the whole glossary as a sorted table, made for version control."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import NoReturn, TypeVar

from aligner.errors import FormatError
from aligner.formats.atomic import atomic_text
from aligner.formats.open import text_of
from aligner.formats.path import StrPath
from aligner.formats.status_words import preferred_said
from aligner.formats.tabular.delimited import guarded, read_delimited, unguarded
from aligner.formats.writable import encodable
from aligner.glossary import Glossary
from aligner.term_pair import KINDS, STATES, STATUSES, Evidence, TermPair, Variants

COLUMNS = (
    "vi", "en", "kind", "status", "preferred", "note", "confidence", "reason", "consistency",
    "consistency_en", "count", "articles", "variants_vi", "variants_en", "beside", "state",
    "id", "evidence",
)  # fmt: skip
_NEEDED = ("vi", "en")
_SPECIAL = re.compile('[",\r\n]')  # Python 3.11's csv module does not quote \r
_YES, _NO = "yes", ""
# The items of a list are joined by "; "; a semicolon within an item has a backslash before it.
_ESCAPED = re.compile(r"[\\;]")
_ITEM = re.compile(r"((?:[^\\;]|\\.|\\\Z)+)(?:; ?|\Z)|; ?", re.DOTALL)
_UNESCAPED = re.compile(r"\\([\\;])")
_DIGITS = 18  # that a count may have
_FIGURE = re.compile(r"\d*[.,]?\d+")
_EVIDENCE_TYPES = {field.name: int if field.type == "int" else str for field in fields(Evidence)}

_Word = TypeVar("_Word", bound=str)


def write_glossary(glossary: Glossary, path: StrPath) -> Path:
    """Write one row for each term pair, sorted by its words, and return the path.

    The file is UTF-8 with the byte order mark that Excel expects. A cell that a spreadsheet would
    run as a formula begins with an apostrophe. Figures have three decimals, to which extraction
    rounds them, so `read_glossary` returns equal pairs. Raises OutputError if the table cannot be
    written.
    """
    rows = (",".join(map(_quoted, _cells(pair))) for pair in glossary.by_words())
    with atomic_text(path, "utf-8-sig") as file:
        file.write(",".join(COLUMNS) + "\n")
        file.writelines(encodable(row + "\n") for row in rows)
    return Path(path)


def read_glossary(path: StrPath) -> Glossary:
    """Read a table that `write_glossary` wrote, perhaps in an older version, or a person edited.

    Columns are found by their names, in any order. Only vi and en are required; the others default
    to the values of `TermPair`. The id of a pair follows from its words, whatever the column id
    says. A row without count and evidence counts as typed by a person unless its state says
    otherwise.

    Raises FormatError, which names line and column, if something cannot be understood.
    """
    if not text_of(path).strip():
        raise FormatError(
            f"{path}: its first line must name the columns vi and en, separated by commas, "
            "semicolons or tabs, but it is empty; fetch an older copy, or delete it, and what the "
            "workbook beside it says will be taken"
        )
    (line, header), *rows = read_delimited(path, _NEEDED)
    columns = _columns(path, line, header)
    pairs: list[TermPair] = []
    for line, cells in rows:
        if any(cells[len(header) :]):
            raise FormatError(
                f"{path}, line {line}: it has more cells than the first line; put quotation marks "
                "around a text that holds the separator"
            )
        pairs.append(_pair(_Row(path, line, columns, cells)))
    glossary = Glossary(tuple(pairs))
    if len(glossary) < len(pairs):
        _refuse_contradictions(path, [line for line, _ in rows], pairs)
    return glossary


def _refuse_contradictions(path: StrPath, lines: Sequence[int], pairs: Sequence[TermPair]) -> None:
    """Raise FormatError if two lines decide differently about one pair."""
    known: dict[str, tuple[int, TermPair]] = {}
    for line, pair in zip(lines, pairs, strict=True):
        first, other = known.setdefault(pair.id, (line, pair))
        if (other.status, other.preferred, other.note) != (pair.status, pair.preferred, pair.note):
            raise FormatError(
                f"{path}, lines {first} and {line}: they say different things about "
                f"{pair.vi!r} = {pair.en!r}; keep one of the two lines"
            )


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def _cells(pair: TermPair) -> Iterator[str]:
    """Yield the cells in the order of `COLUMNS`."""
    yield from (guarded(pair.vi), guarded(pair.en), pair.kind, pair.status)
    yield from (_YES if pair.preferred else _NO, guarded(pair.note))
    yield from (f"{pair.confidence:.3f}", guarded(pair.reason))
    yield from (f"{pair.consistency:.3f}", f"{pair.consistency_en:.3f}")
    yield from (str(pair.count), str(pair.articles))
    yield from map(_joined, (pair.variants.vi, pair.variants.en, pair.beside))
    yield from (pair.state, pair.id)
    seen = [asdict(evidence) for evidence in pair.evidence]
    yield json.dumps(seen, ensure_ascii=False, separators=(",", ":")) if seen else ""


def _joined(items: Sequence[str]) -> str:
    return guarded("; ".join(_ESCAPED.sub(r"\\\g<0>", item) for item in items))


def _split(text: str) -> tuple[str, ...]:
    return tuple(_UNESCAPED.sub(r"\1", item) for item in _ITEM.findall(text) if item)


def _columns(path: StrPath, line: int, header: Sequence[str]) -> dict[str, int]:
    """Return the index of each known column. Raises FormatError if one of them is there twice."""
    names = [name.strip().casefold() for name in header]
    for name in COLUMNS:
        if names.count(name) > 1:
            raise FormatError(
                f"{path}, line {line}: the column {name} is there twice; rename or delete one"
            )
    return {name: names.index(name) for name in COLUMNS if name in names}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table, which reads its cells; errors name its line."""

    path: StrPath
    line: int
    columns: dict[str, int]
    cells: Sequence[str]

    def fail(self, column: str, problem: str) -> NoReturn:
        raise FormatError(f"{self.path}, line {self.line}, column {column}: {problem}")

    def cell(self, column: str) -> str:
        place = self.columns.get(column, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""

    def text(self, column: str) -> str:
        return unguarded(self.cell(column))

    def word(self, column: str) -> str:
        return unicodedata.normalize("NFC", self.cell(column).strip().casefold())

    def term(self, column: str) -> str:
        text = self.text(column)
        if not text or text.isspace():
            self.fail(column, "the term is empty; write it, or delete the whole line")
        return text

    def choice(self, column: str, allowed: Sequence[_Word], default: _Word) -> _Word:
        word = self.word(column) or default
        known = {value.casefold(): value for value in allowed}
        if word not in known:
            self.fail(column, f"{word!r} is not known; use one of {', '.join(allowed)}")
        return known[word]

    def flag(self, column: str) -> bool:
        said = preferred_said(self.cell(column))
        if said is None:
            self.fail(column, f"{self.word(column)!r} is not known; write yes, or leave it empty")
        return said

    def share(self, column: str) -> float:
        word = self.word(column)
        if not word:
            return 0.0
        # A Vietnamese Excel writes 0,87 where 0.87 was.
        figure = float(word.replace(",", ".")) if _FIGURE.fullmatch(word) else math.inf
        if figure > 1:
            self.fail(column, f"{word!r} is not a number from 0 to 1; correct it or leave it empty")
        return figure

    def whole(self, column: str) -> int:
        word = self.word(column)
        if word and not (word.isdecimal() and word.isascii() and len(word) <= _DIGITS):
            self.fail(column, f"{word!r} is not a whole number; correct it or leave it empty")
        return int(word or 0)

    def evidence(self) -> tuple[Evidence, ...]:
        cell = self.cell("evidence")
        if not cell or cell.isspace():
            return ()
        try:
            return tuple(_evidence(seen) for seen in json.loads(cell))
        except (ValueError, TypeError, RecursionError) as error:
            self.fail("evidence", f"it is damaged ({error}); put it back, or leave it empty")


def _evidence(seen: object) -> Evidence:
    """Return one item of the evidence. Raises TypeError if it has unknown or mistyped fields."""
    if not isinstance(seen, dict):
        raise TypeError(f"{seen!r} is not a sentence pair")
    for name, value in seen.items():
        if type(value) is not _EVIDENCE_TYPES.get(name):
            raise TypeError(f"{name!r} is {value!r}")
    return Evidence(**seen)


def _pair(row: _Row) -> TermPair:
    count, evidence = row.whole("count"), row.evidence()
    return TermPair(
        vi=row.term("vi"),
        en=row.term("en"),
        kind=row.choice("kind", KINDS, "term"),
        confidence=row.share("confidence"),
        consistency=row.share("consistency"),
        count=count,
        articles=row.whole("articles"),
        evidence=evidence,
        status=row.choice("status", STATUSES, "candidate"),
        note=row.text("note"),
        preferred=row.flag("preferred"),
        variants=Variants(_split(row.text("variants_vi")), _split(row.text("variants_en"))),
        consistency_en=row.share("consistency_en"),
        reason=row.text("reason"),
        beside=_split(row.text("beside")),
        state=row.choice("state", STATES, "new" if count or evidence else "typed"),
    )
