"""Measures term pairs: recall of labelled ones, and the lists that a reader judges.

python benchmarks/terms.py [--data ../shared/data] [--list SET]

comparable-dev has ten events in the words of two newsrooms, from each of which terms are extracted
by themselves. xquad-dev has 24 articles with answer spans aligned by translators; those that occur
at least twice in both texts count, without function words at their ends. `--list ntrex-dev` (or
alt-dev, comparable-dev) prints the first hundred pairs of a set for reading.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aligner import align, extract_terms, load_embedder
from aligner.embed import CachedEmbedder
from aligner.glossary import Glossary
from aligner.model import Article, Bitext
from aligner.pipeline import signature
from aligner.terms.word_lists import function_words
from aligner.text.document import segment
from data_sets import DEFAULT_DATA, articles, document, need, sentence_pairs, term_events
from data_sets import term_key_of as key
from evaluation import overlap

MIN_CONFIDENCE = 0.5
SHOWN = 100


def comparable(data: Path, embedder: CachedEmbedder) -> None:
    """Print recall and precision against the labels of comparable-dev.

    Not every term is labelled, so precision is over the pairs with a labelled term on one side.
    Such a pair agrees if its other side is a labelled partner, contains one or is part of one.
    """
    wanted = found = judged = agreeing = listed = 0
    for event in term_events(data, "comparable-dev.json"):
        glossary = extract_terms(
            [align(event.vi, event.en, embedder, relation="comparable")], embedder
        )
        pairs = forms(glossary)
        listed += len(glossary)
        wanted += len(event.terms)
        found += sum(any((vi, en) in pairs for en in ens) for vi, ens in event.terms)
        for pair in glossary:
            vi, en = key(pair.vi, "vi"), key(pair.en, "en")
            same_vi = [ens for ours, ens in event.terms if ours == vi]
            same_en = [ours for ours, ens in event.terms if en in ens]
            if same_vi or same_en:
                judged += 1
                agreeing += any(overlap(en, e) for ens in same_vi for e in ens) or any(
                    overlap(vi, ours) for ours in same_en
                )
    print(
        f"{'comparable-dev':16} recall {found / wanted:.3f} of {wanted} labelled   precision "
        f"{agreeing / judged:.3f} of {judged} that touch a label   {listed} pairs listed"
    )


def forms(glossary: Glossary) -> set[tuple[str, str]]:
    """Return the pairs that are more likely right than wrong, variants among them, by key."""
    return {
        (key(vi, "vi"), key(en, "en"))
        for pair in glossary
        if pair.confidence > MIN_CONFIDENCE
        for vi in (pair.vi, *pair.variants.vi)
        for en in (pair.en, *pair.variants.en)
    }


def xquad(data: Path, embedder: CachedEmbedder) -> None:
    """Print the recall of spans that occur at least twice on both sides of an article."""
    text = (data / "xquad-dev-spans.json").read_text(encoding="utf-8")
    wanted = exact = near = 0
    for article in json.loads(unicodedata.normalize("NFC", text)):
        sides = {
            lang: segment(Article(f"{article['title']}.{lang}", lang, paragraphs(article, lang)))
            for lang in ("vi", "en")
        }
        bitext = align(sides["vi"], sides["en"], embedder, relation="parallel")
        pairs = forms(extract_terms([bitext], embedder))
        for vi, en in spans(article):
            wanted += 1
            exact += (vi, en) in pairs
            near += any(overlap(vi, v) and overlap(en, e) for v, e in pairs)
    print(
        f"{'xquad-dev':16} recall {exact / wanted:.3f} exact, {near / wanted:.3f} with a part or a "
        f"longer term, of {wanted} spans that stand twice"
    )


def paragraphs(article: dict, lang: str) -> str:
    """Return the text of one side."""
    return "\n\n".join(paragraph[lang] for paragraph in article["paragraphs"])


def spans(article: dict) -> Iterator[tuple[str, str]]:
    """Yield the keys of the aligned spans that occur at least twice in both texts, each once."""
    texts = {lang: f" {key(paragraphs(article, lang), lang)} " for lang in ("vi", "en")}
    seen = set()
    for paragraph in article["paragraphs"]:
        for span in paragraph["aligned_spans"]:
            pair = trimmed(key(span["vi"], "vi"), "vi"), trimmed(key(span["en"], "en"), "en")
            if pair in seen or not all(any(c.isalpha() for c in side) for side in pair):
                continue
            seen.add(pair)
            if all(
                texts[lang].count(f" {side} ") > 1 for lang, side in zip(texts, pair, strict=True)
            ):
                yield pair


def trimmed(phrase: str, lang: str) -> str:
    """Return a phrase without function words at its ends."""
    words, stops = phrase.split(), function_words(lang)
    while words and words[0] in stops:
        words.pop(0)
    while words and words[-1] in stops:
        words.pop()
    return " ".join(words)


def parallel(data: Path, name: str) -> Iterator[Bitext]:
    """Yield the articles of a set of translations, aligned as they are given."""
    from aligner.model import Bead

    if name == "alt-dev":
        pairs = sentence_pairs(data, "alt-dev.tsv")
        parts = [pairs[k : k + 20] for k in range(0, len(pairs), 20)]
        cut = [([vi for vi, _ in part], [en for _, en in part]) for part in parts]
        beads = [[((k,), (k,)) for k in range(len(part))] for part in parts]
    else:
        cut, beads = [], []
        for gold in articles(data, "ntrex-dev-docs.json"):
            cut.append(([s for vi, _ in gold for s in vi], [s for _, en in gold for s in en]))
            ends = [0, 0]
            own = []
            for sides in gold:
                own.append(
                    tuple(tuple(range(e, e + len(s))) for e, s in zip(ends, sides, strict=True))
                )
                ends = [e + len(s) for e, s in zip(ends, sides, strict=True)]
            beads.append(own)
    for number, ((vi, en), links) in enumerate(zip(cut, beads, strict=True)):
        sides = document(f"{name}-{number}.vi", "vi", vi), document(f"{name}-{number}.en", "en", en)
        yield Bitext(*sides, tuple(Bead(a, b, 1.0) for a, b in links), "parallel", "given")


def print_list(data: Path, name: str, embedder: CachedEmbedder) -> None:
    """Print the first hundred pairs of a set, with their confidence, kind and count."""
    if name == "comparable-dev":
        events = term_events(data, "comparable-dev.json")
        bitexts = [align(e.vi, e.en, embedder, relation="comparable") for e in events]
    else:
        bitexts = list(parallel(data, name))
    glossary = extract_terms(bitexts, embedder)
    print(f"{name}: {len(glossary)} pairs, {dict(Counter(pair.kind for pair in glossary))}")
    for number, pair in enumerate(list(glossary)[:SHOWN], start=1):
        print(
            f"{number:3} {pair.confidence:.2f}  {pair.vi} = {pair.en}  ({pair.kind}, {pair.count})"
        )


def main() -> None:
    """Print the figures, or a list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--list", choices=("ntrex-dev", "alt-dev", "comparable-dev"))
    options = parser.parse_args()
    data, embedder = need(options.data), load_embedder()
    print(signature(embedder))
    if options.list:
        print_list(data, options.list, embedder)
        return
    comparable(data, embedder)
    xquad(data, embedder)


if __name__ == "__main__":
    main()
