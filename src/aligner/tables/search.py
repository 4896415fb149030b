"""Prints hits, concordances, and what importing a translation memory changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from aligner.model import LANGUAGES, Span
from aligner.prose import counted
from aligner.search.records import Counterpart, Hit, Line
from aligner.search.rendering_counts import NOT_RENDERED, count_renderings
from aligner.tables.console import make_console, make_counts, make_table

if TYPE_CHECKING:
    from aligner.search.update import Changes

_MARK = "bold yellow"
FIRST = 3  # hits that are shown even if none is likely
LIKELY = 0.5  # confidence from which a hit is likely
POOR = 0.1  # confidence below which further hits are not shown
CERTAIN = 0.995  # confidence from which a link would show 100 %, which is then left out
LONGEST = 2_000  # characters of a counterpart that a concordance shows


def without_poor(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits whose confidence is at least `POOR`, and the first few if none is likely."""
    least = 0 if any(hit.confidence >= LIKELY for hit in hits) else FIRST
    return [hit for place, hit in enumerate(hits) if place < least or hit.confidence >= POOR]


def print_hits(hits: Sequence[Hit]) -> None:
    """Print a row for each hit: the sentence and its counterpart, with matching words marked."""
    console = make_console()
    if not hits:
        console.print("nothing found")
        return
    table = make_table("sure", "sentence, and below it its counterpart", "article", "#")
    for hit in hits:
        sentence, other = hit.sentence, hit.counterpart
        text = _marked(sentence.text, hit.spans)
        sources, positions = Text(sentence.source), Text(str(sentence.position))
        if other is not None:
            text.append("\n").append_text(_equal(other))
            sources.append(f"\n{other.source}", "dim")
            positions.append(f"\n{other.position}", "dim")
        table.add_row(f"{hit.confidence:.0%}", text, sources, positions, end_section=True)
    console.print(table)


def _equal(counterpart: Counterpart) -> Text:
    """Return the text of a counterpart, with its confidence if there is any doubt."""
    text = Text("= ", "dim").append_text(_marked(counterpart.text, counterpart.spans, "dim"))
    if counterpart.confidence < CERTAIN:
        text.append(f" ({counterpart.confidence:.0%})", "dim")
    return text


def _marked(text: str, spans: Sequence[Span], style: str = "") -> Text:
    marked = Text(text, style)
    for start, end in spans:
        marked.stylize(_MARK, start, end)
    return marked


def print_lines(lines: Sequence[Line]) -> None:
    """Print each occurrence of a phrase in context, its counterpart, and counted renderings."""
    console = make_console()
    if not lines:
        console.print("nothing found")
        return
    where = [f"{line.sentence.source} {line.sentence.position}" for line in lines]
    margin = min(max(map(len, where)), console.width // 4)
    for line, place in zip(lines, where, strict=True):
        shown = place if len(place) <= margin else "…" + place[1 - margin :]
        console.print(_context(line, shown.ljust(margin), console.width))
        if line.counterpart is not None:
            console.print(Padding(_equal(_shortened(line.counterpart)), (0, 0, 0, margin + 2)))
    for lang, counts in count_renderings(lines).items():
        places = sum(count for _, count in counts)
        console.print()
        console.print(Text(f"{LANGUAGES[lang]}: {counted(places, 'place')}, rendered as"))
        rows = [(text or NOT_RENDERED, count) for text, count in counts]
        console.print(make_counts(*rows))


def _context(line: Line, place: str, width: int) -> Text:
    """Return one line with the phrase in the middle of its context."""
    room = max(width - len(place) - len(line.match) - 2, 20)
    half = room // 2
    left = line.left if len(line.left) <= half else "…" + line.left[1 - half :]
    right = line.right if len(line.right) <= half else line.right[: half - 1] + "…"
    text = Text(f"{place}  {left:>{half}}", no_wrap=True, overflow="ellipsis")
    return text.append(line.match, _MARK).append(right)


def _shortened(counterpart: Counterpart) -> Counterpart:
    """Return a counterpart that is longer than any sentence as it stands around its first span.

    A text without full stops would be printed whole for every place in it.
    """
    if len(counterpart.text) <= LONGEST:
        return counterpart
    first = counterpart.spans[0][0] if counterpart.spans else 0
    start = max(0, first - LONGEST // 2)
    end = start + LONGEST
    before, after = "…" * (start > 0), "…" * (end < len(counterpart.text))
    moved = len(before) - start
    spans = tuple((a + moved, b + moved) for a, b in counterpart.spans if start <= a and b <= end)
    return replace(counterpart, text=before + counterpart.text[start:end] + after, spans=spans)


def print_memory(file: Path, changes: Changes) -> None:
    """Print what importing or forgetting a translation memory changed in the index."""
    console = make_console()
    console.print(
        make_counts(
            ("sentences added", changes.added),
            ("sentences taken out", changes.removed),
            ("sentences to search", changes.sentences),
        )
    )
    if not changes.added and not changes.removed:
        console.print(Text(f"{file.name} was already in the index, unchanged"), soft_wrap=True)
