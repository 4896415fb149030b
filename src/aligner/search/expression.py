"""Regular expressions that a person types, stopped where they would run away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from aligner.errors import QueryError
from aligner.model import Lang, Span

_SECONDS = 1.0  # the most that an expression may take for one sentence
_MAX_COPIES = 10_000  # of one part, asked for by counts such as {9}: `regex` writes all of them out
_LETTER_OR_DIGIT = r"\p{L}\p{N}\p{M}"


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled regular expression as a `Phrase`: no index knows which sentences it matches."""

    pattern: Any  # of the module `regex`
    words: tuple[str, ...] = ()
    last_is_open: bool = False

    def spans(self, sentence: str, lang: Lang | None = None) -> list[Span]:
        """Return the character spans of all matches, the same in either language.

        Raises QueryError if matching takes too long.
        """
        try:
            found = [match.span() for match in self.pattern.finditer(sentence, timeout=_SECONDS)]
        except (TimeoutError, MemoryError):
            raise QueryError(
                "the regular expression takes too long for a sentence; repeat less in it, "
                "above all no repetition within a repetition"
            ) from None
        return [(start, end) for start, end in found if start < end]


def compile_expression(text: str, whole_word: bool) -> Expression:
    """Compile a regular expression, which matches only whole words if `whole_word` is set.

    Raises QueryError if the expression is malformed or too large.
    """
    import regex  # loaded only when it is needed

    if _copies(text) > _MAX_COPIES:
        raise QueryError("the regular expression repeats a part too often; make its counts smaller")
    try:
        pattern = regex.compile(text, regex.IGNORECASE)  # alone: "a)(b" must not close a group
        if whole_word:
            edge = f"[{_LETTER_OR_DIGIT}]"
            pattern = regex.compile(f"(?<!{edge})(?:{text})(?!{edge})", regex.IGNORECASE)
    except regex.error as error:
        place = error.pos + 1 if error.pos is not None else 1
        where = "its end" if place > len(text) else f"character {place}"
        raise QueryError(f"the regular expression is wrong at {where}: {error.msg}") from None
    except RecursionError:
        raise QueryError("the regular expression has too many groups within groups") from None
    except (ValueError, OverflowError, MemoryError) as error:
        raise QueryError(f"the regular expression cannot be used: {error}") from None
    return Expression(pattern)


def _copies(text: str) -> int:
    """Estimate generously how often the counts of an expression copy one part of it."""
    groups = 1
    for count in re.findall(r"\)\s*\{(\d{1,9})", text):
        groups *= max(1, int(count))
    counts = (int(count) for count in re.findall(r"[^)]\{(\d{1,9})", text))
    return groups * max([1, *counts])
