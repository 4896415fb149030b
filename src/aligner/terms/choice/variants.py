"""Groups pairs that are spellings of one concept: Matxcơva, Mátxcơva = Moscow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from aligner.model import Lang
from aligner.term_pair import Variants, same_text
from aligner.terms.choice.candidate import Candidate
from aligner.terms.choice.citation import citation_form, starts_with_word
from aligner.terms.names.kinds import kind_of
from aligner.terms.names.offices import place_of
from aligner.terms.names.short_forms import is_abbreviation, name_key
from aligner.terms.names.spelling import is_one_name, is_respelling
from aligner.text.words import english_forms, term_key


@dataclass(slots=True)
class Concept:
    """The pairs of one concept, the most confident first."""

    members: list[Candidate] = field(default_factory=list)

    @property
    def vi(self) -> str:
        """The usual Vietnamese form."""
        usual = _usual((c.vi, c.seen.beads) for c in self._telling)
        return _uncapitalised(usual) if self.en.islower() else usual

    @property
    def en(self) -> str:
        """The usual English form."""
        usual = _usual((c.en, c.seen.beads) for c in self._telling)
        vi = self.members[0].vi
        is_word = starts_with_word(usual)
        # Every syllable of a name has a capital, but only the first one of an office.
        is_head = vi.islower() or (
            " " in vi
            and _uncapitalised(vi).islower()
            and (" " in usual or kind_of(vi, usual) == "name")
        )
        return citation_form(_uncapitalised(usual) if is_word and is_head else usual, vi)

    @property
    def _telling(self) -> list[Candidate]:
        """The pairs that are more than an acronym which both languages write alike, if any are."""
        return [c for c in self.members if c.vi != c.en or not c.en.isupper()] or self.members

    @property
    def variants(self) -> Variants:
        """All other forms."""
        key = term_key(self.en, "en")  # its own plural is no other form
        return Variants(
            _others(self.vi, [c.vi for c in self.members]),
            _others(self.en, [c.en for c in self.members if term_key(c.en, "en") != key]),
        )


def group(ranked: Sequence[Candidate]) -> list[Concept]:
    """Return the concepts of pairs, which are given with the most confident first."""
    concepts: list[Concept] = []
    near: defaultdict[Hashable, list[Concept]] = defaultdict(list)
    for candidate in ranked:
        keys = (
            ("vi", place_of(candidate.vi, "vi") or candidate.seen.vi),
            ("en", place_of(candidate.en, "en") or candidate.seen.en),
        )
        known = (concept for key in keys for concept in near[key])
        home = next((concept for concept in known if _is_one(candidate, concept.members[0])), None)
        if home is None:
            home = Concept()
            concepts.append(home)
        home.members.append(candidate)
        for key in keys:
            if home not in near[key]:
                near[key].append(home)
    return concepts


def _is_one(one: Candidate, other: Candidate) -> bool:
    return _same(one.vi, other.vi, "vi") and _same(one.en, other.en, "en")


def _same(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms of a language are spellings of one name or word."""
    if same_text(one) == same_text(other):
        return True
    key = name_key(one, lang)
    return (
        (key is not None and key == name_key(other, lang))
        or _is_respelt(one, other, lang)
        or is_abbreviation(one, other, lang)
    )


def _is_respelt(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are spellings of one, which known English words are not.

    Foreign Minister and Foreign Ministry are two terms.
    """
    words = (word.casefold() for term in (one, other) for word in term.split())
    if lang == "en" and all(map(english_forms, words)):
        return is_respelling(one.casefold(), other.casefold(), lang)
    return is_one_name(one, other, lang)


def _usual(forms: Iterable[tuple[str, int]]) -> str:
    """Return the most frequent form; on a tie, one that is no acronym such as U.S. or EU."""
    counts: Counter[str] = Counter()
    for form, count in forms:
        counts[form] += max(count, 1)
    return max(counts, key=lambda form: (counts[form], not form.replace(".", "").isupper()))


def _uncapitalised(term: str) -> str:
    """Return a term without the capital that it has at the beginning of a sentence."""
    small = term[0].lower() + term[1:]
    return small if small.islower() else term


def _others(usual: str, forms: Iterable[str]) -> tuple[str, ...]:
    kept = {same_text(form): form for form in forms if same_text(form) != same_text(usual)}
    return tuple(sorted(kept.values()))
