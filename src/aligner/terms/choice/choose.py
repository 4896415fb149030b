"""Chooses the pairs that a term base would contain from those that overlap or compete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from aligner.settings import TermSettings
from aligner.terms.choice.candidate import Candidate
from aligner.terms.choice.faults import has_fault
from aligner.terms.names.full_names import is_full_name
from aligner.terms.names.kinds import is_name, is_title_and_name
from aligner.terms.names.offices import place_of, where_right
from aligner.terms.word_lists import begins_institution
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.normalise import fold
from aligner.text.words import english_forms

_SMALL = frozenset(["of", "the", "for", "and", "on", "in"])


def choose(candidates: Iterable[Candidate], settings: TermSettings) -> list[Candidate]:
    """Return the pairs to keep, the most confident first."""
    likely = [c for c in candidates if c.confidence >= settings.min_confidence]
    likely = [c for c in likely if not has_fault(c)]
    whole = _without_cut_names(sorted(likely, key=lambda c: c.rank))
    return _without_parts(_without_twins(_without_rivals(whole, settings)))


def _without_cut_names(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Leave out pairs of an institution of which one name is seen only within a longer one.

    Cục Hàng không Việt Nam is no Aviation Authority of Vietnam if all texts say Civil Aviation
    Authority of Vietnam.
    """
    by_side: defaultdict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for candidate in ranked:
        if _is_institution(candidate):
            by_side[0, candidate.seen.vi].append(candidate)
            by_side[1, candidate.seen.en].append(candidate)
    return [
        c
        for c in ranked
        if not any(
            _holds_name(c.seen.en, other.seen.en) and other.often_en >= c.often_en
            for other in by_side[0, c.seen.vi]
        )
        and not any(
            is_name(c.vi) and _holds_name(c.seen.vi, other.seen.vi) and other.often_vi >= c.often_vi
            for other in by_side[1, c.seen.en]
        )
    ]


def _is_institution(candidate: Candidate) -> bool:
    """Return whether a pair is the name of an institution: Cục Hàng không Việt Nam."""
    is_one = candidate.vi[0].isupper() and begins_institution(candidate.vi.split())
    return is_one and _is_proper(candidate)


def _holds_name(inner: str, outer: str) -> bool:
    """Return whether a name is in a longer one that has not only a place more."""
    rest = _rest(inner, outer)
    return inner != outer and _holds(outer, inner) and not place_of(rest.removeprefix("of "), "en")


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
    if not is_full_name(inner.vi) or fold(inner.vi) != fold(inner.en) or place_of(outer.vi, "vi"):
        return False
    before, found, behind = f"{outer.seen.vi} ".partition(f"{inner.seen.vi} ")
    return bool(found and before) and not behind and before.strip() in load_lexicon().entries


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


def _overlap(one: str, other: str) -> bool:
    return one != other and (_holds(one, other) or _holds(other, one))


def _holds(phrase: str, part: str) -> bool:
    return f" {part} " in f" {phrase} "
