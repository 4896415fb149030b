"""Rivals: the forms in one language that a glossary has for one term of the other language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aligner.model import Lang, other_language
from aligner.prose import times
from aligner.term_pair import ConflictKind, TermPair, same_text
from aligner.terms.names.offices import usage_of
from aligner.terms.names.spelling import is_one_name, is_same_word
from aligner.terms.ranking import rank, wanted

LOOKED_AT = 12  # forms of one term that are compared: the best ones, to keep time linear


@dataclass(slots=True)
class Form:
    """A term, or a variant of it, with the pairs that have it on one side.

    `count` is how often it was seen, which is a guess unless `is_counted`. `wanted` is 2 if a
    reviewer prefers it, 1 if it is approved, otherwise 0.
    """

    text: str
    lang: Lang
    count: int = 0
    is_counted: bool = True
    wanted: int = 0
    pairs: list[TermPair] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """The confidence of the best of its pairs."""
        return max(pair.confidence for pair in self.pairs)

    @property
    def wanted_as(self) -> str:
        """Whether a form that a reviewer wants is preferred or only approved."""
        return "preferred" if self.wanted > 1 else "approved"

    @property
    def rank(self) -> tuple[object, ...]:
        """A sort key: wanted by a reviewer first, then the most frequent and most usual in news."""
        return -self.wanted, -self.count, usage_of(self.text, self.lang)


@dataclass(frozen=True, slots=True)
class Rivals:
    """A possible conflict: `forms`, the best first, all render `term` in the language `lang`."""

    kind: ConflictKind
    lang: Lang
    term: str
    forms: Sequence[Form]
    reason: str

    @property
    def pairs(self) -> tuple[TermPair, ...]:
        """The pairs that have the forms, in their order."""
        return tuple({pair.id: pair for form in self.forms for pair in form.pairs}.values())


def contested(
    pairs: Iterable[TermPair], lang: Lang, key: Callable[[str, Lang], Hashable]
) -> Iterator[list[TermPair]]:
    """Yield the pairs whose terms share a key, by rank, unless there is only one rendering.

    Most terms of a large glossary are in one pair without variants.
    """
    groups: defaultdict[Hashable, list[TermPair]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair.term(lang), lang)].append(pair)
    for group in groups.values():
        if len(group) > 1 or group[0].spellings(other_language(lang))[1:]:
            yield sorted(group, key=rank)


def forms_of(pairs: Iterable[TermPair], lang: Lang) -> list[Form]:
    """Return the forms in one language, the best first; the pairs are in the order of `rank`."""
    forms: dict[str, Form] = {}
    for pair in pairs:
        own = same_text(pair.term(lang))
        for spelling, count, is_counted in _spellings(pair, lang):
            key = same_text(spelling)
            form = forms.setdefault(key, Form(spelling, lang))
            form.count += count
            form.is_counted &= is_counted
            form.pairs.append(pair)
            if key == own:
                form.wanted = max(form.wanted, wanted(pair))
    return sorted(forms.values(), key=lambda f: (f.rank, -f.confidence, f.text))


def gather(forms: Iterable[Form], is_one: Callable[[Form, Form], bool]) -> list[list[Form]]:
    """Group the forms: each joins the first group with whose first form it `is_one`."""
    groups: list[list[Form]] = []
    for form in forms:
        home = next((group for group in groups if is_one(group[0], form)), None)
        if home is None:
            groups.append([form])
        else:
            home.append(form)
    return groups


def is_one_word(one: Form, other: Form) -> bool:
    """Return whether two forms are inflections or spellings of one word."""
    texts = one.text, other.text
    return is_same_word(*texts, one.lang) or is_one_name(*texts, one.lang)


def seen(forms: Sequence[Form]) -> str:
    """Return the first form in quotation marks, with how often the forms were seen if known."""
    count = f" ({times(sum(form.count for form in forms))})"
    return f"“{forms[0].text}”{count if all(form.is_counted for form in forms) else ''}"


def _spellings(pair: TermPair, lang: Lang) -> list[tuple[str, int, bool]]:
    """Return the term and its variants, each with its count and whether the count is certain.

    Variants are counted if the evidence is complete. Otherwise the term has the count of the pair.
    """
    own, *further = pair.spellings(lang)
    variants = {same_text(v): v for v in further if same_text(v) != same_text(own)}
    surfaces = [same_text(e.vi_term if lang == "vi" else e.en_term) for e in pair.evidence]
    seen = Counter(filter(None, surfaces))
    is_complete = pair.count <= seen.total()
    counts = [(v, max(seen[key], 1), is_complete and key in seen) for key, v in variants.items()]
    others = sum(count for _, count, is_counted in counts if is_counted)
    return [(own, max(pair.count - others, min(pair.count, 1)), True), *counts]
