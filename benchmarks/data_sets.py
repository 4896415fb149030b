"""Reads the labelled sets of the development data (`--data`, default `../shared/data`)."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.model import Article, Document, Lang, Sentence
from aligner.text.words import split_words
from perturb import Case, parallel_case

ROOT = Path(__file__).parents[1]
DEFAULT_DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Event:
    """Two reports of one event; `same[i][j]` says whether two sentences share a fact."""

    name: str
    vi: list[str]
    en: list[str]
    same: list[list[bool]]


def need(data: Path) -> Path:
    """Return the folder, or end with one sentence where it is absent."""
    if not data.is_dir():
        print(f"{data}: no such folder; name the labelled data with --data", file=sys.stderr)
        raise SystemExit(2)
    return data


def articles(data: Path, name: str, at_least: int = 4) -> list[list[tuple[list[str], list[str]]]]:
    """Return the gold beads (Vietnamese, English sentences) of each article that has so many."""
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
    name: str, documents: list[list[tuple[list[str], list[str]]]], seed: int
) -> list[Case]:
    """Perturb every article once; foreign sentences come from another article of the set."""
    rng = random.Random(f"{name}:{seed}")
    cases = []
    for k, beads in enumerate(documents):
        other = documents[(k + 7) % len(documents)]
        foreign = [(" ".join(vi), " ".join(en)) for vi, en in other]
        cases.append(parallel_case(f"{name}-{k}", beads, foreign, rng))
    return cases


def events(data: Path, name: str) -> list[Event]:
    """Return the labelled events of one file."""
    found = []
    for entry in _load(data / name):
        vi, en = entry["vi"]["sentences"], entry["en"]["sentences"]
        same = [[bool(set(a["facts"]) & set(b["facts"])) for b in en] for a in vi]
        found.append(Event(entry["id"], [s["text"] for s in vi], [s["text"] for s in en], same))
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
        sides = (
            document(f"{entry['id']}.{lang}", lang, [s["text"] for s in entry[lang]["sentences"]])
            for lang in ("vi", "en")
        )
        terms = [
            (term_key_of(term["vi"], "vi"), {term_key_of(en, "en") for en in term["en"]})
            for term in entry["terms"]
        ]
        found.append(TermEvent(entry["id"], *sides, terms))
    return found


@dataclass(frozen=True, slots=True)
class FactEvent:
    """Two reports of one event: the facts of each sentence, and the terms as they are written."""

    sides: tuple[Document, Document]
    facts: tuple[list[set[str]], list[set[str]]]
    terms: list[tuple[str, list[str]]]


def fact_events(data: Path, name: str) -> list[FactEvent]:
    """Return the labelled facts and terms of one file of events, Vietnamese sides first."""
    found = []
    for entry in _load(data / name):
        vi, en = (
            document(f"{entry['id']}.{lang}", lang, [s["text"] for s in entry[lang]["sentences"]])
            for lang in ("vi", "en")
        )
        ours, theirs = (
            [{f"{entry['id']}/{fact}" for fact in s["facts"]} for s in entry[lang]["sentences"]]
            for lang in ("vi", "en")
        )
        terms = [(term["vi"], term["en"]) for term in entry["terms"]]
        found.append(FactEvent((vi, en), (ours, theirs), terms))
    return found


def term_key_of(term: str, lang: Lang) -> str:
    """Return the key under which extraction counts a term."""
    return " ".join(word.key for word in split_words(term, lang))


def document(name: str, lang: Lang, texts: list[str]) -> Document:
    """Return a document of sentences that are split already."""
    text, sentences = "\n".join(texts), []
    start = 0
    for sentence in texts:
        sentences.append(Sentence(sentence, start, start + len(sentence)))
        start += len(sentence) + 1
    return Document(Article(name, lang, text), tuple(sentences))
