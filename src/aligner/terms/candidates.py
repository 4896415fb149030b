"""Phrases of a sentence that could be terms: names, and word sequences that come back.

A candidate has no function word at either end, crosses no punctuation, and is at most five
syllables (Vietnamese) or four words (English) long.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from aligner.model import Lang

MAX_WORDS: Mapping[Lang, int] = {"vi": 5, "en": 4}
# Part-of-speech tags (VLSP 2013) of words that a Vietnamese term is made of.
VI_TERM_TAGS = frozenset(["N", "Np", "Ny", "Nb", "V", "A"])
MIN_SENTENCES = 2  # in which a phrase must stand, unless it is a name
_CLAUSE = re.compile(r"[^.,;:!?…\"“”‘«»()\[\]/|—–]+")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")


def phrases(text: str, lang: Lang) -> list[str]:
    """Return the candidate phrases of a sentence, each once, in order."""
    found: dict[str, None] = {}
    for run in _vi_runs(text) if lang == "vi" else _en_runs(text):
        for start in range(len(run)):
            for stop in range(start + 1, len(run) + 1):
                part = _base(" ".join(run[start:stop])).split()
                if len(part) > MAX_WORDS[lang]:
                    break
                if _could_be_term(part, lang):
                    found[" ".join(part)] = None
    return list(found)


def _vi_runs(text: str) -> Iterator[list[str]]:
    """Yield runs of nouns, names, verbs and adjectives; a Vietnamese word spans syllables."""
    from underthesea import pos_tag

    run: list[str] = []
    for word, tag in pos_tag(text):
        if tag in VI_TERM_TAGS and word[0].isalpha():
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _en_runs(text: str) -> Iterator[list[str]]:
    for clause in _CLAUSE.finditer(text):
        yield _WORD.findall(clause.group())


def select(sentences: Iterable[Sequence[str]], lang: Lang) -> dict[str, int]:
    """Return the phrases worth linking with the number of sentences that hold each.

    `sentences` are lists of phrases by key. What stands in one sentence only must be a name.
    """
    counts = Counter(phrase for found in sentences for phrase in set(found))
    return {
        phrase: count
        for phrase, count in counts.items()
        if count >= MIN_SENTENCES or is_name(phrase, lang)
    }


def key_of(phrase: str) -> str:
    """Return the form that occurrences are counted under: small letters unless it is a name."""
    words = phrase.split()
    if all(word[0].isupper() for word in words):
        return phrase
    # Only the head of a sentence tells "Lệnh trừng phạt" from "lệnh trừng phạt".
    head = words[0] if words[0].isupper() or len(words) == 1 else words[0][0].lower() + words[0][1:]
    inner_capitals = any(word[0].isupper() for word in words[1:])
    return phrase if inner_capitals else " ".join([head, *words[1:]])


def is_name(phrase: str, lang: Lang) -> bool:
    """Return whether every word (English) or the first and another (Vietnamese) has a capital."""
    words = phrase.split()
    capitals = [word[0].isupper() for word in words]
    return all(capitals) if lang == "en" else capitals[0] and (len(words) == 1 or any(capitals[1:]))


def _base(phrase: str) -> str:
    return phrase.removesuffix("'s").removesuffix("’s")


def _could_be_term(words: Sequence[str], lang: Lang) -> bool:
    if any(word[0].isdigit() for word in words) or sum(map(len, words)) < 3:
        return False
    ends = words[0].lower(), words[-1].lower()
    if any(end in function_words(lang) for end in ends):
        return False
    if any(word.lower() in function_words(f"{lang}_inside") for word in words):
        return False
    # A single Vietnamese syllable in small letters is half a word more often than a term.
    return lang == "en" or len(words) > 1 or words[0][0].isupper()


@cache
def function_words(table: str) -> frozenset[str]:
    """Return the words that neither begin nor end a term ("vi", "en") or stand in none."""
    text = files("aligner.terms").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[table].split())
