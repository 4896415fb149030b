"""Faults by which a phrase pair cannot be a term pair, however likely it looks."""

from __future__ import annotations

import re
from itertools import pairwise

from aligner.terms.choice.candidate import Candidate
from aligner.terms.names.kinds import ends_alike, is_name, is_person_for_body
from aligner.terms.names.likeness import is_demonym
from aligner.terms.names.offices import offices_of, place_of, split_country, where_right
from aligner.terms.names.spelling import is_foreign
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.marks import located_marks
from aligner.text.normalise import fold
from aligner.text.ordinals import ordinals
from aligner.text.words import english_forms, term_key

_AGAINST = re.compile(r"anti|against|counter|fight|combat|battl|tackl|prevent|resist|control|proof")
_NOT = frozenset(
    ["chống", "phòng", "kháng", "ngừa", "bài", "phản", "phi", "không", "chưa", "vô", "ngoài"]
)

_DATES = frozenset(["date", "month", "weekday"])
_TIMES = frozenset(["day", "week", "month", "year", "today", "yesterday", "tomorrow"])


def has_fault(candidate: Candidate) -> bool:
    """Return whether a pair is ruled out."""
    return any(fault(candidate) for fault in _FAULTS)


def _is_contrary(candidate: Candidate) -> bool:
    """Return whether only one side is against something: bán phá giá = anti-dumping."""
    vi, en = set(candidate.vi.casefold().split()), candidate.en.casefold()
    if "anti-" in en or "non-" in en:
        return vi.isdisjoint(_NOT)
    return "chống" in vi and not is_name(candidate.vi) and not _AGAINST.search(en)


def _is_lopsided(candidate: Candidate) -> bool:
    """Return whether only one side names the country or office: Ngoại trưởng Mỹ = minister."""
    if is_person_for_body(candidate.vi, candidate.en):
        return True
    if is_demonym(candidate.vi, candidate.en) and candidate.vi != candidate.en:  # WHO = WHO
        return True
    here, there = place_of(candidate.vi, "vi"), place_of(candidate.en, "en")
    if here and there and here != there:
        return True  # Nga = Moscow
    (vi, ours), (en, theirs) = split_country(candidate.vi, "vi"), split_country(candidate.en, "en")
    where = where_right(vi, en)
    if where and bool(ours) != bool(theirs):
        return True
    if where and ours:  # "American foreign minister" is no Ngoại trưởng Mỹ
        return not any(office.known(ours) in where for office in offices_of(vi, "vi"))
    size = ends_alike(candidate.vi, candidate.en)
    if not size:
        return False
    title, other = (" ".join(term.split()[:-size]) for term in (candidate.vi, candidate.en))
    if bool(split_country(title, "vi")[1]) != bool(split_country(other, "en")[1]):
        return True  # Tổng thống Nga Vladimir Putin = President Vladimir Putin
    place = place_of(title, "vi")  # Hoa Kỳ John Kerry = State John Kerry
    return bool(place) and place != place_of(other, "en")


def _is_stray(candidate: Candidate) -> bool:
    """Return whether a word of one syllable was never seen in linked sentences."""
    apart = bool(candidate.seen.places) and not any(p.sure for _, p in candidate.seen.places)
    return apart and " " not in candidate.vi and candidate.vi.islower()


def _is_clause(candidate: Candidate) -> bool:
    """Return whether a pair is a subject with its verb: doanh nghiệp lo ngại = enterprises fear.

    A verb that specifies a noun comes before it in English: đội cứu hộ = rescue team. The subject
    may be an organisation: Bộ Tài chính ước tính = Ministry of Finance estimates.
    """
    syllables, words = candidate.seen.vi.split(), candidate.en.split()
    spans = load_lexicon().spans(syllables)
    if len(words) < 2 or not spans or not (candidate.vi.split()[-1] + words[-1]).islower():
        return False
    is_body = is_name(candidate.vi) and is_name(candidate.en)
    english = set(term_key(" ".join(words[:-1]), "en"))
    subject = rendered(" ".join(syllables[slice(*spans[0])]), english)
    if not (subject or fold(candidate.vi).split()[0] == fold(words[0])):
        return False
    if "of" in words and not is_body:
        return False
    if "VERB" not in english_forms(words[-1]) or "VERB" in english_forms(words[0].casefold()):
        return False  # to concede defeat is none
    last = set(term_key(words[-1], "en"))
    inflected = words[-1].endswith(("s", "ed"))  # thép cuộn cán nguội ends in a coil
    return any(
        (inflected or end == len(syllables)) and rendered(" ".join(syllables[start:end]), last)
        for start, end in spans[1:]
    )


def _is_other_name(candidate: Candidate) -> bool:
    """Return whether two names differ: Vĩnh Sa and Ham Sa, Dorvan and Elena Dorvan."""
    if not (is_name(candidate.vi) and is_name(candidate.en)):
        return False
    ours, theirs = fold(candidate.vi).split(), fold(candidate.en).split()
    if ours == theirs:
        return False
    if all(not is_foreign(w) for w in theirs) and not all(map(english_forms, theirs)):
        return True  # a Vietnamese name in English only loses its accents
    short, long = sorted((ours, theirs), key=len)
    rest = [word for word in long if word not in short]
    return set(short) < set(long) and all(map(is_foreign, rest))


def _cuts_a_name(candidate: Candidate) -> bool:
    """Return whether the English side begins within a name: tỉnh Hưng Yên = Yen province."""
    words, first = candidate.vi.split(), candidate.en.split()[0]
    if not first.istitle():
        return False
    listed = {n for span in load_lexicon().spans(candidate.seen.vi.split()) for n in range(*span)}
    english = set(fold(candidate.en).split())
    return any(
        fold(word) == fold(first) and before.istitle() and fold(before) not in english
        for number, (before, word) in enumerate(pairwise(words))
        if number not in listed
    )


def _is_time(candidate: Candidate) -> bool:
    """Return whether a pair is a day, month, quarter or ordinal, or begins by whose time it is.

    Nobody looks up thứ tư = fourth, and năm nay = year's is a part of "this year's".
    """
    text, first = candidate.vi, candidate.en.split()[0]
    if first.casefold().endswith(("'s", "s'")) and first.rstrip("'s").casefold() in _TIMES:
        return True
    if text.casefold() == "thứ":  # of thứ ba, third
        return True
    marks = ((start, end) for (kind, _), start, end in located_marks(text, "vi") if kind in _DATES)
    numbered = ((one.start, one.end) for one in ordinals(text, "vi"))
    return (0, len(text)) in {*marks, *numbered}


_FAULTS = (
    _is_lopsided,
    _is_other_name,
    _cuts_a_name,
    _is_clause,
    _is_stray,
    _is_contrary,
    _is_time,
)
