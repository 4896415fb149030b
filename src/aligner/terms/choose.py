"""Chooses the pairs that a term base would contain from those that overlap or compete."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.settings import TermSettings
from aligner.terms.kinds import ends_alike, is_person_for_body, is_title_and_name
from aligner.terms.names import is_demonym
from aligner.terms.offices import offices_of, place_of, split_country, where_right
from aligner.terms.phrases import is_name
from aligner.terms.spelling import is_foreign
from aligner.terms.tally import Tallied
from aligner.terms.word_lists import FULL_NAME, word_list
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.normalise import fold
from aligner.text.words import english_forms, term_key

_SMALL = frozenset(["of", "the", "for", "and", "on", "in"])
_AGAINST = re.compile(r"anti|against|counter|fight|combat|battl|tackl|prevent|resist|control|proof")
_NOT = frozenset(
    ["chống", "phòng", "kháng", "ngừa", "bài", "phản", "phi", "không", "chưa", "vô", "ngoài"]
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase pair in its usual spelling, with what was found about it in all texts.

    `share_vi` is the share of the aligned beads with the Vietnamese phrase that contain the pair,
    and `share_en` the share in the other direction. `often_vi` and `often_en` count the occurrences
    of each phrase.
    """

    vi: str
    en: str
    confidence: float
    share_vi: float
    share_en: float
    often_vi: int
    often_en: int
    seen: Tallied

    @property
    def rank(self) -> tuple[float, int, str, str]:
        """A sort key: the most confident first, then the most frequent."""
        return -self.confidence, -self.seen.beads, self.vi, self.en


def choose(candidates: Iterable[Candidate], settings: TermSettings) -> list[Candidate]:
    """Return the pairs to keep, the most confident first."""
    likely = [c for c in candidates if c.confidence >= settings.min_confidence]
    likely = [c for c in likely if not any(fault(c) for fault in _FAULTS)]
    kept = _without_rivals(sorted(likely, key=lambda c: c.rank), settings)
    return _without_parts(_without_twins(kept))


def _without_rivals(ranked: Sequence[Candidate], settings: TermSettings) -> list[Candidate]:
    """Leave out pairs far less likely than the best one with a term, unless they are regular."""
    best: dict[tuple[int, str], float] = {}
    for candidate in ranked:
        for key in ((0, candidate.seen.vi), (1, candidate.seen.en)):
            best.setdefault(key, candidate.confidence)
    return [
        c
        for c in ranked
        if min(c.share_vi, c.share_en) >= settings.regular
        or c.confidence >= settings.rival_ratio * max(best[0, c.seen.vi], best[1, c.seen.en])
    ]


def _without_twins(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Keep the likelier of two pairs that share one term and differ in the length of the other.

    Phòng cháy chữa cháy and cháy chữa cháy cannot both be fire safety.
    """
    kept: list[Candidate] = []
    by_side: defaultdict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for candidate in ranked:
        vi, en = candidate.seen.vi, candidate.seen.en
        rivals_vi = (other.seen.vi for other in by_side[1, en])
        rivals_en = (other.seen.en for other in by_side[0, vi])
        if any(_overlap(vi, other) for other in rivals_vi):
            continue
        if any(_overlap(en, other) for other in rivals_en):
            continue
        kept.append(candidate)
        by_side[0, vi].append(candidate)
        by_side[1, en].append(candidate)
    return kept


def _without_parts(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Leave out pairs that occur only within a longer one (kênh đào in kênh đào Suez).

    Of a verb with its object, the object stays: đất nông nghiệp, not mua đất nông nghiệp.
    """
    by_vi: defaultdict[str, list[int]] = defaultdict(list)
    for number, candidate in enumerate(ranked):
        by_vi[candidate.seen.vi].append(number)
    parts = set()
    for number, outer in enumerate(ranked):
        for phrase in _runs(outer.seen.vi.split()):
            for inner in by_vi.get(phrase, ()):
                if _is_object(ranked[inner], outer):
                    parts.add(number)
                elif _is_part(ranked[inner], outer) and not is_title_and_name(outer.vi, outer.en):
                    parts.add(inner)
    return [candidate for number, candidate in enumerate(ranked) if number not in parts]


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Yield every run of words, the whole among them."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])


def _is_part(inner: Candidate, outer: Candidate) -> bool:
    if inner is outer or not (
        _holds(outer.seen.vi, inner.seen.vi) and _holds(outer.seen.en, inner.seen.en)
    ):
        return False
    if is_name(inner.vi) and not _is_proper(outer) and not _is_cut(inner.en, outer.en):
        return False  # Sochi in thành phố Sochi
    if where_right(inner.vi, inner.en):
        return False  # Trợ lý Tổng thống in Trợ lý Tổng thống Nga
    if _is_bearer(inner, outer):
        return False  # Rui Salgado in Cơ trưởng Rui Salgado
    if _is_sure_word(inner) and outer.confidence < inner.confidence:
        return False  # chính sách tiền tệ in Ủy ban Chính sách Tiền tệ
    rest = _rest(inner.seen.vi, outer.seen.vi)
    if rest == _rest(inner.seen.en, outer.seen.en) and fold(inner.vi) != fold(inner.en):
        return False  # Vườn quốc gia in Vườn quốc gia Tràm Lâm
    return inner.often_vi <= outer.often_vi or inner.often_en <= outer.often_en


def _is_bearer(inner: Candidate, outer: Candidate) -> bool:
    """Return whether a longer pair is a listed word, such as a title, and a person's full name."""
    if not _is_full_name(inner.vi) or fold(inner.vi) != fold(inner.en) or place_of(outer.vi, "vi"):
        return False
    before, found, behind = f"{outer.seen.vi} ".partition(f"{inner.seen.vi} ")
    return bool(found and before) and not behind and before.strip() in load_lexicon().entries


def _is_full_name(text: str) -> bool:
    """Return whether a Vietnamese text has the name of a person in it: Rui Salgado, Đỗ Thị Mận."""
    words = text.split()
    if not text.istitle() or len(words) < 2:
        return False
    surname = fold(words[0]) in word_list("surnames") and len(words) >= FULL_NAME
    return surname or any(map(is_foreign, words))


def _is_object(inner: Candidate, outer: Candidate) -> bool:
    """Return whether a longer pair is a verb and the shorter one its object, in both languages."""
    verb, _, rest = outer.seen.en.partition(" ")
    if rest != inner.seen.en or not outer.seen.vi.endswith(f" {inner.seen.vi}"):
        return False
    written = outer.en.split()[0]
    before = outer.seen.vi.removesuffix(f" {inner.seen.vi}")
    if not written.islower() or "VERB" not in english_forms(written):
        return False
    return before in load_lexicon().entries and bool(rendered(before, {verb}))


def _is_contrary(candidate: Candidate) -> bool:
    """Return whether only one side is against something: bán phá giá = anti-dumping."""
    vi, en = set(candidate.vi.casefold().split()), candidate.en.casefold()
    if "anti-" in en or "non-" in en:
        return vi.isdisjoint(_NOT)
    return "chống" in vi and not is_name(candidate.vi) and not _AGAINST.search(en)


def _is_sure_word(candidate: Candidate) -> bool:
    """Return whether a pair consists of common words of more than one syllable."""
    return " " in candidate.vi and not (is_name(candidate.vi) or is_name(candidate.en))


def _rest(inner: str, outer: str) -> str:
    """Return the other words of a longer phrase, without accents, so that they can be compared."""
    return " ".join(fold(f" {outer} ".replace(f" {inner} ", " ", 1)).split())


def _is_cut(inner: str, outer: str) -> bool:
    """Return whether a name is cut off within a longer one: Cape of Good in Cape of Good Hope."""
    rest = outer.removeprefix(f"{inner} ")
    return " of " in inner and rest != outer and is_name(rest)


def _is_proper(candidate: Candidate) -> bool:
    """Return whether a pair is the name of one person or body, with no other noun beside it."""
    words = (word for word in candidate.en.split() if word not in _SMALL)
    return is_name(candidate.vi) and all(map(is_name, words))


def _is_lopsided(candidate: Candidate) -> bool:
    """Return whether only one side names the country or office: Ngoại trưởng Mỹ = minister."""
    if is_demonym(candidate.vi, candidate.en) or is_person_for_body(candidate.vi, candidate.en):
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
    before = " ".join(candidate.vi.split()[:-size]) if size else ""
    place = place_of(before, "vi") if before else ""  # Hoa Kỳ John Kerry = State John Kerry
    return bool(place) and place != place_of(" ".join(candidate.en.split()[:-size]), "en")


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


#: Faults that rule a pair out, however likely it looks.
_FAULTS = (_is_lopsided, _is_other_name, _is_clause, _is_stray, _is_contrary)


def _overlap(one: str, other: str) -> bool:
    return one != other and (_holds(one, other) or _holds(other, one))


def _holds(phrase: str, part: str) -> bool:
    return f" {part} " in f" {phrase} "
