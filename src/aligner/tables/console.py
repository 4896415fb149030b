"""The console and the style of tables, which all commands share."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table

from aligner.characters import harmless

_NUMBERS = {"#", "sure", "seen", "share"}
NARROWEST = 100  # columns of output that does not go to a terminal


class _Console(Console):
    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        """Render without control characters, which names of files may hold."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=harmless(segment.text))

    def on_broken_pipe(self) -> None:
        """Let the command line decide what to do when nobody reads on."""
        raise BrokenPipeError


def make_console(*, stderr: bool = False) -> Console:
    """Return a console on standard output or error that prints text as it is, without markup."""
    console = _Console(stderr=stderr, highlight=False, markup=False)
    if not console.is_terminal and console.width < NARROWEST:
        return _Console(stderr=stderr, highlight=False, markup=False, width=NARROWEST)
    return console


def make_table(*columns: str) -> Table:
    """Return an empty table; columns with a title in _NUMBERS are right-aligned."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        is_number = column in _NUMBERS
        table.add_column(column, justify="right" if is_number else "left", no_wrap=is_number)
    return table


def make_counts(*rows: tuple[str, object]) -> Table:
    """Return a table with a name and a figure in each row."""
    table = make_table("", "#")
    for name, value in rows:
        table.add_row(name, str(value))
    return table
