"""Finds the phrases in a window of a bitext that could render each other.

A window is an article pair, or a part of a long one. Its phrases are compared within each bead and
across the whole window, because two reports of one event also say the same outside their beads, and
the rest of a translation shows what else a phrase could have meant. Only the best partners of each
phrase are kept, so the work grows with the text, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.model import Bead, Bitext, Lang, Span
from aligner.settings import TermSettings
from aligner.terms.links.cover import best_partners, csls, link_phrases
from aligner.terms.links.heads import load_heads
from aligner.terms.links.listed import TokenWord, listed, token_words
from aligner.terms.names.kinds import is_name
from aligner.terms.names.offices import offices_of, place_of, split_country
from aligner.terms.phrases import phrases
from aligner.terms.windows.sightings import Observed, Phrases, Place, Sighting, Window
from aligner.text.normalise import fold
from aligner.vectors import Matrix, TokenEmbedder, unit_rows

LONGEST = 5_000  # characters of a sentence that are looked at; models read far less


def windows(bitext: Bitext, settings: TermSettings) -> Iterator[Window]:
    """Cut a bitext into windows; two reports that are not too long are one window."""
    beads = [bead for bead in bitext.links if bead.confidence >= settings.min_bead]
    longest = max(len(bitext.vi.sentences), len(bitext.en.sentences))
    if bitext.relation == "comparable" and longest <= settings.max_sentences:
        yield Window(
            bitext, range(len(bitext.vi.sentences)), range(len(bitext.en.sentences)), beads
        )
        return
    for start in range(0, len(beads), settings.window):
        part = beads[start : start + settings.window]
        vi = {n for bead in part for n in bead.src}
        en = {n for bead in part for n in bead.tgt}
        yield Window(bitext, sorted(vi), sorted(en), part)


def observe(window: Window, embedder: TokenEmbedder, settings: TermSettings) -> Observed:
    """Return the phrases of a window, and the pairs that could render each other."""
    bitext = window.bitext
    vi = _Sentences.read(bitext.vi.texts, window.vi, "vi", embedder)
    en = _Sentences.read(bitext.en.texts, window.en, "en", embedder)
    found: dict[tuple[str, str], Sighting] = {}
    for seen in _compare(vi, window.vi, en, window.en, settings):
        found[seen.vi, seen.en] = seen
    vi_beads: Counter[str] = Counter()
    en_beads: Counter[str] = Counter()
    for bead in window.beads:
        covered: list[Sighting] = []
        for seen in _compare(vi, bead.src, en, bead.tgt, settings):
            known = found.setdefault((seen.vi, seen.en), seen)
            known.likeness = max(known.likeness, seen.likeness)
            known.forward = max(known.forward, seen.forward)
            known.back = max(known.back, seen.back)
            known.agreement = max(known.agreement, seen.agreement)
            if seen.forward * seen.back >= settings.min_cover**2:
                covered.append(known)
        for known in covered:
            known.support += bead.confidence
            known.beads += 1
            known.places.append(_place(bead, known, vi, en))
        vi_beads.update({known.vi for known in covered})
        en_beads.update({known.en for known in covered})
    kept = [s for s in found.values() if s.beads or bitext.relation == "comparable"]
    linked = {(i, j): bead for bead in window.beads for i in bead.src for j in bead.tgt}
    for seen in kept:
        both = ((i, j) for i in vi.held[seen.vi] for j in en.held[seen.en] if (i, j) in linked)
        places = seen.places or [_place(linked.get(next(both, (-1, -1))), seen, vi, en)]
        seen.places = sorted(places, key=lambda p: (-p.sure, p.vi, p.en))[: settings.places]
    return Observed(
        kept, Phrases(vi_beads, vi.forms, vi.nouns), Phrases(en_beads, en.forms, en.nouns)
    )


def _place(bead: Bead | None, seen: Sighting, vi: _Sentences, en: _Sentences) -> Place:
    ours = vi.first(seen.vi, bead.src if bead else None)
    theirs = en.first(seen.en, bead.tgt if bead else None)
    sure = bead.confidence if bead else 0.0
    return Place(sure, ours, theirs, vi.held[seen.vi][ours], en.held[seen.en][theirs])


@dataclass(slots=True)
class _Sentences:
    """The sentences of one language in a window: their token vectors and phrases.

    `phrases` has, by sentence, the key of each phrase and the range of its tokens. `held` has, by
    key, the sentences with the phrase and its first span in each. `names` has, by key, what a name
    shares with its counterpart. `nouns` are the keys that can be nouns, and `token_words` the words
    that are looked up in the word list.
    """

    rows: dict[int, Matrix]
    phrases: dict[int, list[tuple[str, int, int]]]
    held: dict[str, dict[int, Span]]
    forms: dict[str, Counter[str]]
    names: dict[str, tuple[str, ...]]
    nouns: set[str]
    token_words: dict[int, list[TokenWord]]

    @classmethod
    def read(
        cls, texts: Sequence[str], numbers: Sequence[int], lang: Lang, embedder: TokenEmbedder
    ) -> _Sentences:
        heads = load_heads(embedder.name)
        read = cls({}, {}, defaultdict(dict), defaultdict(Counter), {}, set(), {})
        tokens = embedder.encode_tokens([texts[n] for n in numbers])
        if not tokens:
            return read
        rows = heads.words(np.vstack([token.rows for token in tokens]), lang)
        cuts = np.cumsum([len(token.rows) for token in tokens])[:-1]
        for number, token, own in zip(numbers, tokens, np.split(rows, cuts), strict=True):
            read.rows[number] = own
            read.token_words[number] = token_words(texts[number][:LONGEST], token, lang)
            spans = read.phrases[number] = []
            for phrase in phrases(texts[number][:LONGEST], lang):
                read.forms[phrase.key][phrase.text] += 1
                if phrase.is_noun:
                    read.nouns.add(phrase.key)
                if names := _names(phrase.text, lang):
                    read.names[phrase.key] = names
                first = int(np.searchsorted(token.ends, phrase.start, side="right"))
                last = int(np.searchsorted(token.starts, phrase.end, side="left"))
                if last > first:  # the model reads no more of a long sentence
                    spans.append((phrase.key, first, last))
                    read.held[phrase.key].setdefault(number, (phrase.start, phrase.end))
        return read

    def block(self, numbers: Sequence[int]) -> tuple[list[str], Matrix, Matrix]:
        """Return the phrases of some sentences (keys), their token rows, and whose tokens they are.

        The last is a matrix [keys, tokens] of 0 and 1.
        """
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

    def words(self, numbers: Sequence[int]) -> tuple[list[list[TokenWord]], list[int]]:
        """Return the words of some sentences, and the number of tokens in each sentence."""
        return [self.token_words[n] for n in numbers], [len(self.rows[n]) for n in numbers]

    def first(self, key: str, numbers: Sequence[int] | None = None) -> int:
        """Return the first sentence with a phrase, among some or all sentences."""
        return next(n for n in numbers or self.held[key] if n in self.held[key])


def _compare(
    vi: _Sentences,
    vi_numbers: Sequence[int],
    en: _Sentences,
    en_numbers: Sequence[int],
    s: TermSettings,
) -> Iterator[Sighting]:
    """Yield the likely pairs between some Vietnamese and some English sentences."""
    vi_keys, vi_rows, vi_held = vi.block(vi_numbers)
    en_keys, en_rows, en_held = en.block(en_numbers)
    if not vi_keys or not en_keys:
        return
    likeness = csls(_means(vi_rows, vi_held) @ _means(en_rows, en_held).T, s.neighbours)
    cosines = unit_rows(vi_rows) @ unit_rows(en_rows).T  # [vi tokens, en tokens]
    cosines += s.listed * listed(*vi.words(vi_numbers), *en.words(en_numbers))
    links = link_phrases(cosines, vi_held, en_held, s.temperature)
    ranked = likeness + s.cover_bonus * links.both  # [vi, en]
    likely = best_partners(ranked, s.partners) | best_partners(links.agreement, 1)
    for i, j in likely | _known(vi_keys, en_keys, vi, en):
        yield Sighting(
            vi_keys[i],
            en_keys[j],
            float(likeness[i, j]),
            float(links.forward[i, j]),
            float(links.back[i, j]),
            float(links.agreement[i, j]),
        )


def _known(
    vi_keys: Sequence[str], en_keys: Sequence[str], vi: _Sentences, en: _Sentences
) -> set[tuple[int, int]]:
    """Return the pairs that are written alike, or are known names of one place or office."""
    english: defaultdict[str, list[int]] = defaultdict(list)
    for j, key in enumerate(en_keys):
        for name in en.names.get(key, ()):
            english[name].append(j)
    return {
        (i, j)
        for i, key in enumerate(vi_keys)
        for name in vi.names.get(key, ())
        for j in english.get(name, ())
    }


def _names(text: str, lang: Lang) -> tuple[str, ...]:
    """Return what the name of a place, office or person shares with its counterpart."""
    name, country = split_country(text, lang)
    offices = tuple(f"{office.id}/{country}" for office in offices_of(name, lang))
    if not is_name(text):
        return offices
    return (place_of(text, lang) or fold(text), *offices)


def _means(rows: Matrix, held: Matrix) -> Matrix:
    """Return the mean token vector of each phrase, as unit rows."""
    return unit_rows(held @ rows / np.maximum(held.sum(axis=1, keepdims=True), 1))
