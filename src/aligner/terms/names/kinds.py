"""Classifies term pairs as names, titles, organisations and other terms."""

from __future__ import annotations

import re
from functools import cache

from aligner.model import Lang
from aligner.package_data import read_text, read_toml
from aligner.term_pair import Kind
from aligner.terms.names.likeness import written_alike
from aligner.terms.names.offices import place_of, split_country
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.normalise import fold
from aligner.text.words import english_forms, term_key

LONGEST_HEAD = 4  # syllables of the longest titles and bodies in `data/kinds.toml`
_OF = re.compile(r"\s+(?:of|for|in|on|to)\s+")


def kind_of(vi: str, en: str) -> Kind:
    """Return the kind of a pair, judged by the heads of both terms.

    >>> kind_of("Trợ lý Tổng thống", "presidential aide"), kind_of("Bộ Tài chính", "Treasury")
    ('title', 'organisation')
    """
    beginnings = _beginnings(split_country(vi, "vi")[0])
    head = _head(split_country(en, "en")[0])
    if beginnings & _words("titles_vi", "vi") and head in _words("titles_en", "en"):
        return "title"
    is_body = bool(beginnings & _words("bodies_vi", "vi")), head in _words("bodies_en", "en")
    if is_name(vi) and all(is_body):  # also: the finance ministry
        return "organisation"
    if not is_name(en) or not is_name(vi):
        return "term"
    if fold(vi) == fold(en):
        return "name"
    if place_of(vi, "vi"):
        return "organisation" if is_body[1] else "name"
    if beginnings & _words("titles_vi", "vi"):  # Bộ trưởng Nguyễn Văn Hùng
        return "name"
    return "organisation" if any(is_body) else "name"


def little_to_learn(vi: str, en: str) -> str:
    """Return why a translator would not look up a pair that may be right; otherwise "".

    >>> little_to_learn("Viktor Orban", "Viktor Orban"), little_to_learn("Đà Nẵng", "Da Nang")
    ('name written alike', '')
    """
    if written_alike(vi, en):
        return "word written alike" if vi.islower() else "name written alike"
    if is_title_and_name(vi, en):
        return "title with a person's name"
    return "everyday word" if is_everyday(vi) else ""


def is_everyday(vi: str) -> bool:
    """Return whether a Vietnamese term is an everyday word, which no term base would list."""
    return term_key(vi, "vi") in _words("everyday_vi", "vi")


def is_common(vi: str, en: str) -> bool:
    """Return whether a pair is in the word list, with a single English word, and of no one field.

    A noun is a term of one field if few news texts have it (`benchmarks/count_words.py`).

    >>> is_common("bệnh viện", "hospital"), is_common("trái chủ", "bondholder")
    (True, False)
    """
    word, rendering = " ".join(term_key(vi, "vi")), term_key(en, "en")
    if len(rendering) > 1 or not (vi.islower() and en.islower()):
        return False
    if word not in load_lexicon().entries or not rendered(word, set(rendering)):
        return False
    kinds = english_forms(en)  # none of a noun that no dictionary has
    return word in _frequent_words() or bool(kinds and "NOUN" not in kinds)


def is_title_and_name(vi: str, en: str) -> bool:
    """Return whether a pair is a title or trade with the same person's name.

    >>> is_title_and_name("Ngoại trưởng John Kerry", "Secretary of State John Kerry")
    True
    """
    size = ends_alike(vi, en)
    ours, theirs = (" ".join(term.split()[:-size]) for term in (vi, en))
    return size > 0 and (kind_of(ours, theirs) == "title" or _is_role(ours, theirs))


def _is_role(vi: str, en: str) -> bool:
    is_role = not _beginnings(vi).isdisjoint(_words("roles_vi", "vi"))
    return is_role and _head(en) in _words("roles_en", "en")


def is_person_for_body(vi: str, en: str) -> bool:
    """Return whether one side is an office and the other an organisation: Bộ trưởng = ministry."""
    beginnings = _beginnings(split_country(vi, "vi")[0])
    head = _head(split_country(en, "en")[0])
    title, body = (
        max(map(len, beginnings & _words(table, "vi")), default=0)
        for table in ("titles_vi", "bodies_vi")
    )
    if head in _words("titles_en", "en"):
        return body > title
    return title > body and head in _words("bodies_en", "en")  # đại sứ quán is no đại sứ


def ends_alike(vi: str, en: str) -> int:
    """Return how many words both terms have in common at their ends, not counting the first."""
    ours, theirs = vi.split(), en.split()
    sizes = range(min(len(ours), len(theirs)) - 1, 0, -1)
    return next((n for n in sizes if fold(" ".join(ours[-n:])) == fold(" ".join(theirs[-n:]))), 0)


def is_name(text: str) -> bool:
    """Return whether a phrase begins with a capital, as names and offices do."""
    return text[:1].isupper()


def _beginnings(term: str) -> frozenset[tuple[str, ...]]:
    """Return the beginnings of a Vietnamese term, one of which may be its head."""
    key = term_key(term, "vi")
    return frozenset(key[:size] for size in range(1, min(LONGEST_HEAD, len(key)) + 1))


def split_head(en: str) -> tuple[str, str]:
    """Split an English term before any "of", "for", "in" and so on; the head comes before.

    >>> split_head("head of state")
    ('head', ' of state')
    """
    joint = _OF.search(en)
    return (en[: joint.start()], en[joint.start() :]) if joint else (en, "")


def _head(term: str) -> tuple[str, ...]:
    """Return the head of an English term."""
    return term_key(split_head(term)[0], "en")[-1:]


@cache
def _frequent_words() -> frozenset[str]:
    words = read_text("terms", "frequent_words.txt").splitlines()
    return frozenset(" ".join(term_key(word, "vi")) for word in words)


@cache
def _words(table: str, lang: Lang) -> frozenset[tuple[str, ...]]:
    entries = read_toml("terms", "kinds.toml")[table].replace("\n", " ").split(",")
    return frozenset(term_key(entry.strip(), lang) for entry in entries)
