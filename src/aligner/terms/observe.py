"""What one bitext says about terms: which phrases of its two sides mean the same in context.

Phrases are compared inside each bead. Two reports of one event also say the same outside their
beads, so there the whole articles are compared as well, with nothing but likeness to speak for it.
Only each phrase's best partners are kept: the work grows with the text, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from aligner.alignment.background import unit_rows
from aligner.model import Bitext, Lang
from aligner.settings import TermSettings
from aligner.terms.links import best_partners, csls, link_phrases
from aligner.terms.offices import place_of
from aligner.terms.phrases import is_name, phrases
from aligner.text.marks import fold
from aligner.vectors import Matrix, TokenEmbedder


@dataclass(slots=True)
class Sighting:
    """Two phrases that could translate each other in one bitext.

    `likeness` is their CSLS in context; `forward` and `back` are the shares of the Vietnamese and
    of the English phrase that the other one covers, at best; `support` sums the confidences of the
    `beads` where they cover each other, and `places` are the sentences (from 0) of those, surest
    first; without a bead, of the articles' first sentences with the phrases.
    """

    vi: str
    en: str
    likeness: float
    forward: float
    back: float
    support: float = 0.0
    beads: int = 0
    places: list[tuple[float, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Observed:
    """All that extraction keeps of a bitext: the likely pairs and, by phrase, how often and how.

    `vi_beads` and `en_beads` count the beads that hold a phrase and cover it by something;
    `vi_forms` and `en_forms` count how a phrase is written.
    """

    sightings: list[Sighting]
    vi_beads: Counter[str]
    en_beads: Counter[str]
    vi_forms: dict[str, Counter[str]]
    en_forms: dict[str, Counter[str]]


def observe(bitext: Bitext, embedder: TokenEmbedder, settings: TermSettings) -> Observed:
    """Return the phrases of a bitext and the pairs of them that could translate each other."""
    beads = [bead for bead in bitext.links if bead.confidence >= settings.min_bead]
    whole = bitext.relation == "comparable"
    vi_used = sorted({n for bead in beads for n in bead.src})
    en_used = sorted({n for bead in beads for n in bead.tgt})
    if whole:
        vi_used = list(range(len(bitext.vi.sentences)))[: settings.max_sentences]
        en_used = list(range(len(bitext.en.sentences)))[: settings.max_sentences]
        beads = [b for b in beads if set(b.src) <= set(vi_used) and set(b.tgt) <= set(en_used)]
    vi = _Side.read(bitext.vi.texts, vi_used, "vi", embedder)
    en = _Side.read(bitext.en.texts, en_used, "en", embedder)
    observed = Observed([], Counter(), Counter(), vi.forms, en.forms)
    found: dict[tuple[str, str], Sighting] = {}
    if whole:
        for seen in _compare(vi, vi_used, en, en_used, settings):
            found[seen.vi, seen.en] = seen
            seen.places.append((0.0, vi.first(seen.vi), en.first(seen.en)))
    for bead in beads:
        covered: tuple[set[str], set[str]] = set(), set()
        for seen in _compare(vi, bead.src, en, bead.tgt, settings):
            known = found.setdefault((seen.vi, seen.en), seen)
            known.likeness = max(known.likeness, seen.likeness)
            known.forward = max(known.forward, seen.forward)
            known.back = max(known.back, seen.back)
            if seen.forward * seen.back >= settings.min_cover**2:
                covered[0].add(seen.vi)
                covered[1].add(seen.en)
                known.support += bead.confidence
                known.beads += 1
                place = vi.first(seen.vi, bead.src), en.first(seen.en, bead.tgt)
                known.places.append((bead.confidence, *place))
        observed.vi_beads.update(covered[0])
        observed.en_beads.update(covered[1])
    for seen in found.values():
        seen.places = sorted(seen.places, key=lambda p: (-p[0], p[1:]))[: settings.places]
    observed.sightings.extend(found.values())
    return observed


@dataclass(slots=True)
class _Side:
    """The sentences of one language: token vectors, and the phrases that they hold.

    `phrases[n]` gives for sentence n the key of each phrase and the tokens (from, to) it holds,
    `names` for each name what is equal in both languages where it is the same name.
    """

    rows: dict[int, Matrix]
    phrases: dict[int, list[tuple[str, int, int]]]
    forms: dict[str, Counter[str]]
    names: dict[str, str]

    @classmethod
    def read(
        cls, texts: Sequence[str], numbers: Sequence[int], lang: Lang, embedder: TokenEmbedder
    ) -> _Side:
        side = cls({}, {}, defaultdict(Counter), {})
        tokens = embedder.encode_tokens([texts[n] for n in numbers])
        if not tokens:
            return side
        mean = np.vstack([token.rows for token in tokens]).mean(axis=0)
        for number, token in zip(numbers, tokens, strict=True):
            side.rows[number] = token.rows - mean
            spans = side.phrases[number] = []
            for phrase in phrases(texts[number], lang):
                side.forms[phrase.key][phrase.text] += 1
                if is_name(phrase.text):
                    side.names[phrase.key] = place_of(phrase.text, lang) or fold(phrase.text)
                first = int(np.searchsorted(token.ends, phrase.start, side="right"))
                last = int(np.searchsorted(token.starts, phrase.end, side="left"))
                if last > first:  # a sentence longer than the model reads has words without tokens
                    spans.append((phrase.key, first, last))
        return side

    def block(self, numbers: Sequence[int]) -> tuple[list[str], Matrix, Matrix]:
        """Return the phrases of some sentences: keys, token rows, and tokens held [keys, tokens]."""
        keys: dict[str, int] = {}
        places: list[tuple[int, int, int]] = []
        offset = 0
        for number in numbers:
            for key, first, last in self.phrases[number]:
                places.append((keys.setdefault(key, len(keys)), offset + first, offset + last))
            offset += len(self.rows[number])
        held = np.zeros((len(keys), offset), dtype=np.float32)
        for row, first, last in places:
            held[row, first:last] = 1
        rows = [self.rows[number] for number in numbers]
        return list(keys), np.vstack(rows) if rows else np.empty((0, 0), np.float32), held

    def first(self, key: str, numbers: Sequence[int] | None = None) -> int:
        """Return the first of the sentences that holds a phrase."""
        among = self.phrases if numbers is None else numbers
        return next(n for n in among if any(found == key for found, _, _ in self.phrases[n]))


def _compare(
    vi: _Side, vi_numbers: Sequence[int], en: _Side, en_numbers: Sequence[int], s: TermSettings
) -> Iterator[Sighting]:
    """Yield the likely pairs between some sentences of either side."""
    vi_keys, vi_rows, vi_held = vi.block(vi_numbers)
    en_keys, en_rows, en_held = en.block(en_numbers)
    if not vi_keys or not en_keys:
        return
    likeness = csls(_means(vi_rows, vi_held) @ _means(en_rows, en_held).T, s.neighbours)
    links = link_phrases(unit_rows(vi_rows), unit_rows(en_rows), vi_held, en_held, s.temperature)
    ranked = likeness + s.cover_bonus * links.both  # [vi, en]
    for i, j in best_partners(ranked, s.partners) | _same_names(vi_keys, en_keys, vi, en):
        yield Sighting(
            vi_keys[i],
            en_keys[j],
            float(likeness[i, j]),
            float(links.forward[i, j]),
            float(links.back[i, j]),
        )


def _same_names(
    vi_keys: Sequence[str], en_keys: Sequence[str], vi: _Side, en: _Side
) -> set[tuple[int, int]]:
    """Return the phrases that are names written alike, or known names of one place."""
    english: defaultdict[str, list[int]] = defaultdict(list)
    for j, key in enumerate(en_keys):
        if name := en.names.get(key):
            english[name].append(j)
    return {(i, j) for i, key in enumerate(vi_keys) for j in english.get(vi.names.get(key, ""), ())}


def _means(rows: Matrix, held: Matrix) -> Matrix:
    """Return the mean vector of the tokens that each phrase holds, as unit rows."""
    return unit_rows(held @ rows / np.maximum(held.sum(axis=1, keepdims=True), 1))
