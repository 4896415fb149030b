"""Finds the words that make another office of an office: phó, cựu, quyền; deputy, former, acting.

The words are data (`data/ranks.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple, get_args

from aligner.model import Lang, Span
from aligner.package_data import read_toml
from aligner.text.word_patterns import whole_words

Rank = Literal["deputy", "former", "acting"]
RANKS: tuple[Rank, ...] = get_args(Rank)


class _Words(NamedTuple):
    """The patterns of a rank in one language."""

    says: re.Pattern[str]
    elsewhere: re.Pattern[str]
    implies: re.Pattern[str]


def ranks(text: str, lang: Lang) -> list[tuple[Rank, Span]]:
    """Return the ranks that a sentence names, and where.

    >>> ranks("Phó thủ tướng bàn cách đối phó với bão.", "vi")
    [('deputy', (0, 3))]
    """
    found: list[tuple[Rank, Span]] = []
    for rank in RANKS:
        words = _words(lang)[rank]
        masked = words.elsewhere.sub(lambda match: "." * len(match.group()), text)
        found += [(rank, match.span()) for match in words.says.finditer(masked)]
    return found


def may_have_rank(text: str, lang: Lang, rank: Rank) -> bool:
    """Return whether any word of a sentence could render the one for a rank.

    >>> may_have_rank("The state secretary signed.", "en", "deputy")
    True
    """
    words = _words(lang)[rank]
    return bool(words.says.search(text) or words.implies.search(text))


@cache
def _words(lang: Lang) -> Mapping[Rank, _Words]:
    tables = read_toml("text", "ranks.toml")
    return {
        rank: _Words(**{kind: whole_words(words) for kind, words in tables[rank][lang].items()})
        for rank in RANKS
    }
