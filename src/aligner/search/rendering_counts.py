"""Counts the renderings of a phrase in the lines of a concordance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from aligner.model import Lang, other_language
from aligner.search.records import Line
from aligner.search.words import tokens

NOT_RENDERED = "(no counterpart, or not rendered)"  # shown in place of an empty rendering
_ARTICLES = frozenset(["the", "a", "an"])


def count_renderings(lines: Iterable[Line]) -> dict[Lang, list[tuple[str, int]]]:
    """Return how often each rendering occurs, the most frequent first, by language of the phrase.

    The forms of a rendering, with or without an article, are counted together under the most
    frequent one. Lines without a rendering are counted under "", which comes last.
    """
    forms: defaultdict[Lang, defaultdict[tuple[str, ...], Counter[str]]]
    forms = defaultdict(lambda: defaultdict(Counter))
    for line in lines:
        lang = line.sentence.lang
        key = [token.key for token in tokens(line.rendering, other_language(lang))]
        bare = tuple(key[1:] if len(key) > 1 and key[0] in _ARTICLES else key)
        forms[lang][bare][line.rendering] += 1
    return {lang: _ranked(counters) for lang, counters in forms.items()}


def _ranked(forms: dict[tuple[str, ...], Counter[str]]) -> list[tuple[str, int]]:
    counted = [(counter.most_common(1)[0][0], counter.total()) for counter in forms.values()]
    return sorted(counted, key=lambda item: (not item[0], -item[1], item[0]))
