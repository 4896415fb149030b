"""Measures renderings of phrases: aligned answer spans, and labelled terms in reports of one event.

python benchmarks/renderings.py [--data ../shared/data] [--wrong N]

xquad-dev has answer spans that translators aligned; each is looked for, from either language, in
its pair of aligned sentences. The comparable sets have pairs of sentences that share a fact, one of
which contains a labelled term. If the other one contains it too, that is the rendering; if not,
there is mostly none (although it may be said in another way). The numbers of the method were tuned
on xquad-dev and comparable-train, not on comparable-dev. `--wrong N` prints N failures of each
kind.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from aligner import align_sentences, load_embedder
from aligner.embed import CachedEmbedder
from aligner.model import Lang, Span
from aligner.pipeline import signature
from aligner.terms.links import renderings
from aligner.terms.links.renderings import link_words, rendering
from aligner.terms.word_lists import function_words
from aligner.text.segment import split_sentences
from aligner.text.words import split_words
from data_sets import DEFAULT_DATA, events, need, term_events
from data_sets import term_key_of as key

SETTINGS = ("SHARPER", "NULL", "FULL", "FAINT", "SHARE", "CROSSED", "LOWEST", "FIRM")


@dataclass(frozen=True, slots=True)
class Case:
    """A phrase in a unit, from the side `lang`, and what renders it on the other one.

    `spans` are the places of its renderings, if it has any; `keys` are the right renderings.
    """

    unit: tuple[str, str]
    lang: Lang
    span: Span
    spans: list[Span]
    keys: set[str]

    @property
    def own(self) -> str:
        """The text that holds the phrase."""
        return self.unit[self.lang == "en"]

    @property
    def other(self) -> str:
        """The text that may hold its rendering."""
        return self.unit[self.lang == "vi"]

    @property
    def target(self) -> Lang:
        """The language of the rendering."""
        return "en" if self.lang == "vi" else "vi"


def xquad(data: Path, embedder: CachedEmbedder) -> Iterator[Case]:
    """Yield the aligned answer spans, each once and from both sides."""
    text = (data / "xquad-dev-spans.json").read_text(encoding="utf-8")
    for article in json.loads(unicodedata.normalize("NFC", text)):
        for paragraph in article["paragraphs"]:
            beads = list(_beads(paragraph, embedder))
            answers = {
                tuple(
                    (span[f"{lang}_start"], span[f"{lang}_start"] + len(span[lang]))
                    for lang in ("vi", "en")
                )
                for span in paragraph["aligned_spans"]
            }
            for answer in sorted(answers):
                yield from _in_bead(paragraph, answer, beads)


def _beads(paragraph: dict, embedder: CachedEmbedder) -> Iterator[tuple[Span, Span]]:
    """Yield the characters of both sides of every bead of a paragraph."""
    cut = [split_sentences(paragraph[lang], lang) for lang in ("vi", "en")]
    texts = [
        [paragraph[lang][start:end] for start, end in spans]
        for lang, spans in zip(("vi", "en"), cut, strict=True)
    ]
    for bead in align_sentences(*texts, embedder, relation="parallel"):
        if not bead.is_null:
            yield tuple(
                (spans[numbers[0]][0], spans[numbers[-1]][1])
                for spans, numbers in zip(cut, (bead.src, bead.tgt), strict=True)
            )


def _in_bead(
    paragraph: dict, answer: Sequence[Span], beads: Sequence[tuple[Span, Span]]
) -> Iterator[Case]:
    """Yield an answer from both sides, in the bead that holds it."""
    for bead in beads:
        pairs = list(zip(bead, answer, strict=True))
        if all(outer[0] <= inner[0] and inner[1] <= outer[1] for outer, inner in pairs):
            unit = tuple(
                paragraph[lang][start:end]
                for lang, (start, end) in zip(("vi", "en"), bead, strict=True)
            )
            vi, en = ((inner[0] - outer[0], inner[1] - outer[0]) for outer, inner in pairs)
            for lang, span, wanted in (("vi", vi, en), ("en", en, vi)):
                case = Case(unit, lang, span, [wanted], set())
                case.keys.add(key(case.other[slice(*wanted)], case.target))
                yield case
            return


def comparable(data: Path, name: str) -> Iterator[Case]:
    """Yield the labelled terms of every sentence pair that shares a fact, from both sides."""
    for event, labelled in zip(events(data, name), term_events(data, name), strict=True):
        for i, vi in enumerate(event.vi):
            for j, en in enumerate(event.en):
                if event.same[i][j]:
                    for ours, theirs in labelled.terms:
                        yield from _terms((vi, en), {ours}, theirs)


def _terms(unit: tuple[str, str], vi: set[str], en: set[str]) -> Iterator[Case]:
    forms: dict[Lang, set[str]] = {"vi": vi, "en": en}
    places = {
        lang: list(_places(text, lang, forms[lang]))
        for text, lang in zip(unit, ("vi", "en"), strict=True)
    }
    for lang, target in (("vi", "en"), ("en", "vi")):
        if places[lang]:
            yield Case(unit, lang, places[lang][0], places[target], forms[target])


def _places(text: str, lang: Lang, keys: set[str]) -> Iterator[Span]:
    """Yield where a term stands in a text, in any of its forms."""
    words = split_words(text, lang)
    sizes = {len(one.split()) for one in keys}
    for size in sizes:
        for first in range(len(words) - size + 1):
            run = words[first : first + size]
            if " ".join(word.key for word in run) in keys:
                yield run[0].start, run[-1].end


def measure(
    name: str, cases: Sequence[Case], embedder: CachedEmbedder, wrong: int
) -> tuple[list[bytes], list[float]]:
    """Print the figures of a set by direction; return its packed links and seconds per call."""
    units = list(dict.fromkeys(case.unit for case in cases))
    links = dict(zip(units, link_words(units, embedder), strict=True))
    taken = []
    for lang in ("vi", "en"):
        found: list[tuple[Case, Span | None]] = []
        for case in (case for case in cases if case.lang == lang):
            start = time.perf_counter()
            span = rendering(links[case.unit], lang, case.span, case.own, case.other)
            taken.append(time.perf_counter() - start)
            found.append((case, span))
        print(f"{name:17} {'vi -> en' if lang == 'vi' else 'en -> vi'}  {figures(found)}")
        failures = [(case, span) for case, span in found if not _is_right(case, span)]
        for case, span in random.Random(wrong).sample(failures, min(wrong, len(failures))):
            shown = case.other[slice(*span)] if span else None
            labels = [case.other[slice(*place)] for place in case.spans]
            print(f"    {case.own[slice(*case.span)]!r} -> {shown!r}, labelled {labels}")
    return list(links.values()), taken


def figures(found: Sequence[tuple[Case, Span | None]]) -> str:
    """Return the shares of phrases with the labelled rendering, a part of it, and none."""
    there = [(case, span) for case, span in found if case.spans]
    absent = [span for case, span in found if not case.spans]
    scores = [_likeness(case, span) for case, span in there]
    line = (
        f"exact {mean(_is_right(*one) for one in there):.3f}   "
        f"but for function words {mean(_is_near(*one) for one in there):.3f}   "
        f"F1 >= .5 {mean(score >= 0.5 for score in scores):.3f}   mean F1 {mean(scores):.3f}   "
        f"none {mean(span is None for _, span in there):.3f} of {len(there)}"
    )
    if absent:
        line += f"   none where no label {mean(s is None for s in absent):.3f} of {len(absent)}"
    return line


def _is_right(case: Case, span: Span | None) -> bool:
    """Return whether a rendering has the labelled words, or none is found where there is none."""
    if span is None or not case.spans:
        return span is None and not case.spans
    return key(case.other[slice(*span)], case.target) in case.keys


def _is_near(case: Case, span: Span | None) -> bool:
    """Return whether a rendering is the labelled one apart from function words at its ends."""
    if span is None:
        return False
    ours = _trimmed(key(case.other[slice(*span)], case.target), case.target)
    return ours in {_trimmed(one, case.target) for one in case.keys}


def _trimmed(phrase: str, lang: Lang) -> str:
    words, stops = phrase.split(), function_words(lang)
    content = [number for number, word in enumerate(words) if word not in stops]
    return " ".join(words[content[0] : content[-1] + 1]) if content else phrase


def _likeness(case: Case, span: Span | None) -> float:
    """Return the F1 of the rendering's words against those of the label that is nearest."""
    if span is None:
        return 0.0
    ours = Counter(key(case.other[slice(*span)], case.target).split())
    labels = [Counter(key(case.other[slice(*place)], case.target).split()) for place in case.spans]
    return max(2 * (ours & one).total() / (ours.total() + one.total()) for one in labels)


def main() -> None:
    """Print the settings and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--wrong", type=int, default=0, metavar="N")
    options = parser.parse_args()
    data, embedder = need(options.data), load_embedder()
    print(signature(embedder))
    print("  ".join(f"{name}:{getattr(renderings, name)}" for name in SETTINGS))
    train = sorted(path.name for path in data.glob("comparable-train-*.json"))
    sets = {
        "xquad-dev": list(xquad(data, embedder)),
        "comparable-train": [case for name in train for case in comparable(data, name)],
        "comparable-dev": list(comparable(data, "comparable-dev.json")),
    }
    packed: list[bytes] = []
    taken: list[float] = []
    for name, cases in sets.items():
        links, seconds = measure(name, cases, embedder, options.wrong)
        packed += links
        taken += seconds
    sizes = [len(one) for one in packed]
    print(
        f"{median(sizes):.0f} bytes a unit at the median, {mean(sizes):.0f} on average, "
        f"{max(sizes)} at most; {1e6 * median(taken):.0f} µs a call at the median, "
        f"{1e6 * mean(taken):.0f} on average, of {len(taken)}"
    )


if __name__ == "__main__":
    main()
