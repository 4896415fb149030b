"""Finds places where a translation says the opposite of its source: “fell” for “tăng”.

Linked sentences have words of one pole alone, and their counterparts words of the other one alone
(`text/opposites.py`). Where words are not sure enough, vectors confirm it: reversed, the Vietnamese
sentences come nearer to the English ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from aligner.model import LANGS, Lang, Span
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading
from aligner.text.negation import negations
from aligner.text.opposites import Opposites, opposites
from aligner.vectors import Embedder, approach

#: How far reversed sentences must approach the English ones (`benchmarks/checks.py`).
NEARER = 0.02


class _Contrary(NamedTuple):
    """Linked sentences of which those of one language say the opposite of the other ones."""

    group: Opposites
    vi: str
    en: str
    finding: Finding


def find_opposite(reading: Reading, embedder: Embedder | None) -> Iterator[Finding]:
    """Yield the words of a translation that say the opposite of its source.

    Without an embedder, these are only those of which words alone are sure.
    """
    found = list(_contrary(reading))
    yield from (one.finding for one in found if one.group.is_sure)
    unsure = [one for one in found if not one.group.is_sure]
    if embedder and unsure:
        approached = approach(
            embedder.encode([one.vi for one in unsure]),
            embedder.encode([one.group.reversed(one.vi) for one in unsure]),
            embedder.encode([one.en for one in unsure]),
        )
        yield from (unsure[n].finding for n in np.flatnonzero(approached > NEARER).tolist())


def _contrary(reading: Reading) -> Iterator[_Contrary]:
    for ours, theirs in reading.links():
        numbers = {reading.source: ours, reading.target: theirs}
        texts = {lang: [reading.text(lang, n) for n in numbers[lang]] for lang in LANGS}
        if _negates(texts["vi"], "vi") != _negates(texts["en"], "en"):
            continue  # one may negate the opposite of what the other says
        for group in opposites():
            said = {lang: _poles(group, texts[lang], lang) for lang in LANGS}
            if len(said["vi"]) == len(said["en"]) == 1 and said["vi"].keys() != said["en"].keys():
                finding = _finding(reading, numbers, said)
                yield _Contrary(group, " ".join(texts["vi"]), " ".join(texts["en"]), finding)


def _negates(texts: Sequence[str], lang: Lang) -> bool:
    return any(negations(text, lang) for text in texts)


def _poles(group: Opposites, texts: Sequence[str], lang: Lang) -> dict[int, tuple[int, Span]]:
    """Return the poles that some sentences name, each with the first of them and the place."""
    found: dict[int, tuple[int, Span]] = {}
    for number, text in enumerate(texts):
        for pole, span in group.poles(text, lang).items():
            found.setdefault(pole, (number, span))
    return found


def _finding(
    reading: Reading,
    numbers: dict[Lang, tuple[int, ...]],
    said: dict[Lang, dict[int, tuple[int, Span]]],
) -> Finding:
    words: dict[Lang, str] = {}
    for lang in (reading.source, reading.target):
        ((at, span),) = said[lang].values()
        where = lang, numbers[lang][at]
        words[lang] = reading.text(*where)[slice(*span)]
    source, translation = words[reading.source], words[reading.target]
    message = f"The source has “{source}”, the translation its opposite, “{translation}”."
    return reading.finding("opposite", where, span, (), message)
