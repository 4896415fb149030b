"""Reads the labelled sets: those in `data/` here, and those of the development data (`--data`)."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from aligner.formats.articles.read import scan_articles
from aligner.model import Article, Document, Lang, Sentence
from aligner.text.document import segment
from aligner.text.words import split_words
from perturb import Case, comparable_case, parallel_case

ROOT = Path(__file__).parents[1]
OWN_DATA = Path(__file__).parent / "data"
DEFAULT_DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Event:
    """Two reports of one event: their sentences, and the facts that each one reports."""

    name: str
    vi: list[str]
    en: list[str]
    facts: tuple[list[set[str]], list[set[str]]]

    @property
    def same(self) -> list[list[bool]]:
        """Whether two sentences share a fact, [vi][en]."""
        return [[bool(ours & theirs) for theirs in self.facts[1]] for ours in self.facts[0]]


def need(data: Path) -> Path:
    """Return the folder, or end the program with one sentence if it does not exist."""
    if not data.is_dir():
        print(f"{data}: no such folder; name the labelled data with --data", file=sys.stderr)
        raise SystemExit(2)
    return data


def articles(data: Path, name: str, at_least: int = 4) -> list[list[tuple[list[str], list[str]]]]:
    """Return the gold beads (Vietnamese, English sentences) of each article with enough of them."""
    documents = _load(data / name)
    found = []
    for document in documents:
        vi, en = document["vi"], document["en"]
        beads = [([vi[i] for i in v], [en[j] for j in e]) for e, v in document["beads_en_vi"]]
        if len(beads) >= at_least:
            found.append(beads)
    return found


def lines_as_articles(
    data: Path, name: str, size: int = 20
) -> list[list[tuple[list[str], list[str]]]]:
    """Return consecutive sentence pairs of a table, `size` at a time, as articles of 1-1 beads."""
    pairs = sentence_pairs(data, name)
    beads = [([vi], [en]) for vi, en in pairs]
    return [beads[k : k + size] for k in range(0, len(beads) - size + 1, size)]


def sentence_pairs(data: Path, name: str) -> list[tuple[str, str]]:
    """Return the (Vietnamese, English) rows of a two-column table."""
    text = unicodedata.normalize("NFC", (data / name).read_text(encoding="utf-8"))
    rows = (line.split("\t") for line in text.splitlines())
    return [(row[0], row[1]) for row in rows]


def perturbed(
    name: str, documents: list[list[tuple[list[str], list[str]]]], seed: int, swap: float = 0.0
) -> list[Case]:
    """Perturb every article once; foreign sentences come from two other articles of the set."""
    rng = random.Random(f"{name}:{seed}")
    cases = []
    for k, beads in enumerate(documents):
        vi_from, en_from = (documents[(k + step) % len(documents)] for step in (7, 13))
        foreign = [" ".join(vi) for vi, _ in vi_from], [" ".join(en) for _, en in en_from]
        cases.append(parallel_case(f"{name}-{k}", beads, foreign, rng, swap))
    return cases


def shuffled(
    name: str, documents: list[list[tuple[list[str], list[str]]]], seed: int
) -> list[Case]:
    """Make two reports of every article; foreign sentences come from two other articles."""
    rng = random.Random(f"{name} {seed}")
    pairs = [[(" ".join(vi), " ".join(en)) for vi, en in beads] for beads in documents]
    return [
        comparable_case(
            f"{name}-{k}", own, (pairs[(k + 7) % len(pairs)], pairs[(k + 13) % len(pairs)]), rng
        )
        for k, own in enumerate(pairs)
    ]


def events(data: Path, name: str) -> list[Event]:
    """Return the labelled events of one file."""
    return [event_of(entry) for entry in _load(data / name)]


def given_entries(data: Path) -> list[Any]:
    """Return the training events of the development data."""
    names = (f"comparable-train-{letter}.json" for letter in "abcdefghij")
    return [entry for name in names for entry in _load(data / name)]


def written_entries() -> list[Any]:
    """Return the training events in `data/training`."""
    return [_load(path) for path in sorted((OWN_DATA / "training").glob("*.json"))]


def held_back(entries: Sequence[Any]) -> list[Any]:
    """Return the events (one or two) of every fifth story, which the adapters have not seen."""
    stories: dict[str, list[Any]] = {}
    for entry in entries:
        stories.setdefault(story(entry["id"]), []).append(entry)
    return [entry for name in list(stories)[::5] for entry in stories[name]]


def story(event: str) -> str:
    """Return what an event shares with its sibling: "x-1" and "x-2" are two events of one story."""
    return event.removesuffix("-1").removesuffix("-2")


def own_events() -> list[Event]:
    """Return the events that were written and labelled for this project, `texts/` among them."""
    written = [event_of(_load(path)) for path in sorted((OWN_DATA / "events").glob("*.json"))]
    articles = {article.name: segment(article) for article in scan_articles(ROOT / "texts")[0]}
    for entry in _load(OWN_DATA / "samples.json"):
        sides = []
        for lang in ("vi", "en"):
            texts = articles[entry[f"{lang}_file"]].texts
            labels = entry[lang]
            if any(not t.startswith(s["start"]) for t, s in zip(texts, labels, strict=True)):
                raise ValueError(f"samples.json: {entry['id']} does not fit texts/ any more")
            sides.append([(t, set(s["facts"])) for t, s in zip(texts, labels, strict=True)])
        written.append(_labelled(entry["id"], *sides))
    return written


def event_of(entry: Any) -> Event:
    """Return one labelled event."""
    vi, en = (
        [(s["text"], set(s["facts"])) for s in entry[lang]["sentences"]] for lang in ("vi", "en")
    )
    return _labelled(entry["id"], vi, en)


def _labelled(name: str, *sides: list[tuple[str, set[str]]]) -> Event:
    vi, en = ([text for text, _ in side] for side in sides)
    ours, theirs = ([facts for _, facts in side] for side in sides)
    return Event(name, vi, en, (ours, theirs))


def five_articles(folder: Path) -> list[Event]:
    """Return the pairs of the five real articles; every labelled link stands for a fact."""
    labels = _load(OWN_DATA / "five_articles.json")
    for name, digest in labels["digests"].items():
        if sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise ValueError(f"{name} is not the article that was labelled")
    texts = {article.name: segment(article).texts for article in scan_articles(folder)[0]}
    found = []
    for entry in labels["pairs"]:
        vi, en = texts[entry["vi_file"]], texts[entry["en_file"]]
        sides = [[(text, set()) for text in side] for side in (vi, en)]
        for n, link in enumerate(entry["links"]):
            for side, place in zip(sides, link, strict=True):
                side[place][1].add(str(n))
        found.append(_labelled(f"{entry['vi_file'][:3]}-{entry['en_file'][:3]}", *sides))
    return found


def _load(path: Path) -> Any:
    return json.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class TermEvent:
    """Two reports of one event with the term pairs that are labelled in both, by their keys."""

    name: str
    vi: Document
    en: Document
    terms: list[tuple[str, set[str]]]


def term_events(data: Path, name: str) -> list[TermEvent]:
    """Return the labelled term pairs of one file of events."""
    found = []
    for entry in _load(data / name):
        terms = [
            (term_key_of(term["vi"], "vi"), {term_key_of(en, "en") for en in term["en"]})
            for term in entry["terms"]
        ]
        found.append(TermEvent(entry["id"], *documents(entry), terms))
    return found


def documents(entry: Any) -> tuple[Document, Document]:
    """Return the two reports of an event."""
    vi, en = (
        document(f"{entry['id']}.{lang}", lang, [s["text"] for s in entry[lang]["sentences"]])
        for lang in ("vi", "en")
    )
    return vi, en


@dataclass(frozen=True, slots=True)
class FactEvent:
    """Two reports of one event: the facts of each sentence, and the terms as they are written."""

    sides: tuple[Document, Document]
    facts: tuple[list[set[str]], list[set[str]]]
    terms: list[tuple[str, list[str]]]
    told: dict[str, str]  # what each fact is, in English


def fact_events(data: Path, name: str) -> list[FactEvent]:
    """Return the labelled facts and terms of one file of events, Vietnamese sides first."""
    found = []
    for entry in _load(data / name):
        ours, theirs = (
            [{f"{entry['id']}/{fact}" for fact in s["facts"]} for s in entry[lang]["sentences"]]
            for lang in ("vi", "en")
        )
        terms = [(term["vi"], term["en"]) for term in entry["terms"]]
        told = {f"{entry['id']}/{fact}": text for fact, text in entry["facts"].items()}
        found.append(FactEvent(documents(entry), (ours, theirs), terms, told))
    return found


def term_key_of(term: str, lang: Lang) -> str:
    """Return the key under which extraction counts a term."""
    return " ".join(word.key for word in split_words(term, lang))


def document(name: str, lang: Lang, texts: list[str]) -> Document:
    """Return a document of sentences that are already split."""
    text, sentences = "\n".join(texts), []
    start = 0
    for sentence in texts:
        sentences.append(Sentence(sentence, start, start + len(sentence)))
        start += len(sentence) + 1
    return Document(Article(name, lang, text), tuple(sentences))
