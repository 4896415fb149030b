"""Finds names and words that a glossary spells in several ways, typing errors among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from aligner.glossary import Conflict, ConflictKind, TermPair, same_text
from aligner.model import Lang
from aligner.terms.offices import place_of
from aligner.terms.conflicts.spelling import is_misspelling, is_respelling, is_transposed, plain_letters
from aligner.terms.conflicts.standing import OTHER, is_settled, listed, rank, side, times
from aligner.text.marks import fold

LOOKED_AT = 12  # spellings of one name that are compared, the most frequent ones first
DOMINANT = 5  # count beside which a spelling seen once is a typing error


@dataclass(slots=True)
class _Form:
    """A spelling of one side, in the pairs that have it as their term or as a variant."""

    text: str
    count: int = 0
    pairs: list[TermPair] = field(default_factory=list)
    settled: bool = False
    preferred: bool = False


def find_spellings(pairs: Iterable[TermPair]) -> list[Conflict]:
    """Return the conflicts between spellings of one side that share their other side."""
    ranked = sorted(pairs, key=rank)
    found: list[Conflict] = []
    for lang in ("en", "vi"):
        groups: defaultdict[str, list[TermPair]] = defaultdict(list)
        for pair in ranked:
            shared = side(pair, OTHER[lang])
            groups[place_of(shared, OTHER[lang]) or plain_letters(shared) or shared].append(pair)
        for group in groups.values():
            if len(group) > 1 or _variants(group[0], lang):
                found += _conflicts(group, lang)
    return found


def is_one_name(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are one name in two spellings, of which one may be wrong."""
    return is_respelling(one, other, lang) or is_misspelling(one, other, lang)


def _conflicts(pairs: Sequence[TermPair], lang: Lang) -> Iterator[Conflict]:
    term = side(pairs[0], OTHER[lang])
    forms = sorted(_forms(pairs, lang), key=lambda form: _order(form, term))[:LOOKED_AT]
    while forms:
        lead = forms[0]
        others = [form for form in forms[1:] if is_one_name(lead.text, form.text, lang)]
        errors = [form for form in others if _is_error(form, lead, lang)]
        spellings = [form for form in others if form not in errors]
        if spellings:
            text = f"It is spelt {listed(map(_seen, (lead, *spellings)))}; {_why(lead, spellings)}."
            yield _conflict("spelling", [lead, *spellings], lang, text)
        for form in errors:
            text = f"{_seen(form)} is probably a slip for {_seen(lead)}."
            yield _conflict("error", [lead, form], lang, text)
        forms = [form for form in forms[1:] if form not in others]


def _forms(pairs: Iterable[TermPair], lang: Lang) -> list[_Form]:
    """Return the spellings of one side; those of evidence are counted, the rest is the term's."""
    forms: dict[str, _Form] = {}
    for pair in pairs:
        text = side(pair, lang)
        surfaces = (e.vi_term if lang == "vi" else e.en_term for e in pair.evidence)
        seen = Counter(map(same_text, surfaces))
        variants = {v: max(seen[same_text(v)], 1) for v in _variants(pair, lang)}
        counts = {text: max(pair.count - sum(variants.values()), seen[same_text(text)]), **variants}
        for spelling, count in counts.items():
            form = forms.setdefault(same_text(spelling), _Form(spelling))
            form.count += count
            form.pairs.append(pair)
        main = forms[same_text(text)]
        main.settled |= is_settled(pair)
        main.preferred |= is_settled(pair) and pair.preferred
    return list(forms.values())


def _variants(pair: TermPair, lang: Lang) -> tuple[str, ...]:
    own = same_text(side(pair, lang))
    found = pair.variants.vi if lang == "vi" else pair.variants.en
    return tuple({same_text(v): v for v in found if same_text(v) != own}.values())


def _order(form: _Form, term: str) -> tuple[object, ...]:
    """Return what sorts spellings: as the reviewer wants, most frequent, most like the term."""
    return (
        not form.preferred,
        not form.settled,
        -form.count,
        -_likeness(form.text, term),
        form.text,
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def _is_error(form: _Form, lead: _Form, lang: Lang) -> bool:
    """Return whether a spelling is a slip rather than another way to spell the name."""
    if form.count > 1 or form.settled or place_of(form.text, lang):
        return False
    native = lang == "vi" and fold(form.text) == fold(lead.text)  # a tone mark is wrong
    if not native and plain_letters(form.text) == plain_letters(lead.text):
        return False  # Sergey beside Sergei
    if is_transposed(form.text, lead.text):
        return True
    return lead.count >= DOMINANT and (native or is_misspelling(form.text, lead.text, lang))


def _conflict(kind: ConflictKind, forms: Sequence[_Form], lang: Lang, reason: str) -> Conflict:
    pairs = tuple({pair.id: pair for form in forms for pair in form.pairs}.values())
    shared = side(min(pairs, key=rank), OTHER[lang])
    return Conflict(kind, OTHER[lang], shared, pairs, forms[0].text, reason)


def _seen(form: _Form) -> str:
    return f"“{form.text}” ({times(form.count)})"


def _why(lead: _Form, others: Sequence[_Form]) -> str:
    if lead.settled:
        return f"“{lead.text}” is approved"
    if all(lead.count > form.count for form in others):
        return f"“{lead.text}” is the most frequent"
    return f"“{lead.text}” is the closest to the other language"
