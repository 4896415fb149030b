"""Finds approved terms whose approved rendering is not in the translation.

Only approved terms are reported, and little is needed to excuse them: another form of the
rendering, a rendering in the neighbouring sentence, or a second mention by a pronoun, by the head
of the term, or without the title.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.prose import one_of, shortened
from aligner.term_pair import Finding
from aligner.terms.check.forbidden import forbidden_uses
from aligner.terms.check.missing.approved import is_rendered
from aligner.terms.check.missing.doubtful import is_doubtful
from aligner.terms.check.missing.forms import refers_back, says, says_head
from aligner.terms.check.missing.instead import rendered_instead
from aligner.terms.check.reading import Reading, Use
from aligner.text.lexicon import english_words, load_lexicon, rendered
from aligner.text.words import term_key

NEAR = 2  # sentences within which a pronoun may refer to a term


def find_missing(reading: Reading) -> Iterator[Finding]:
    """Yield the terms of the source that are not rendered as approved, once for each bead."""
    named: dict[int, int] = {}  # pair -> the last sentence where it was rendered as approved
    reported: set[tuple[tuple[int, ...], frozenset[int]]] = set()
    for number, opposite in enumerate(reading.opposite[reading.source]):
        if not opposite:
            continue
        for use in (*reading.visible(reading.source, number), *_within(reading, number)):
            wanted = use.pairs & reading.wanted
            key = opposite, wanted
            if not wanted or key in reported or forbidden_uses(reading, number, use):
                continue
            if is_rendered(reading, number, wanted, use):
                named.update(dict.fromkeys(wanted, number))
                continue
            instead = rendered_instead(reading, number, use)
            if instead or not (
                is_doubtful(reading, number, use, wanted)
                or _is_later_mention(reading, number, wanted, named)
            ):
                reported.add(key)
                yield _finding(reading, number, use, wanted, instead)


def _within(reading: Reading, number: int) -> Iterator[Use]:
    """Yield the approved terms in longer ones that nobody approved and that are rendered otherwise.

    If nợ xấu is approved as non-performing loan, nợ xấu nội bảng should not be on-balance-sheet bad
    debt. The word list tells that this is another rendering of nợ xấu.
    """
    if reading.source != "vi":
        return
    across = reading.across("vi", number) - reading.wanted
    uses = reading.uses["vi"][number]
    for use in uses:
        beyond = (u for u in uses if u.start <= use.start and use.end <= u.end and u != use)
        longer = frozenset().union(*(other.pairs & across for other in beyond))
        if any(_renders_otherwise(reading, pair, use) for pair in longer):
            yield use


def _renders_otherwise(reading: Reading, longer: int, use: Use) -> bool:
    """Return whether a longer pair has another rendering of an approved word than the approved."""
    word, text = " ".join(term_key(use.text, "vi")), reading.term(longer, "en")
    wanted = [n for n in use.pairs & reading.wanted if reading.pairs[n].kind == "term"]
    if not wanted or word not in load_lexicon().entries:
        return False
    said = any(says(text, reading.term(n, "en"), "en") for n in wanted)
    return not said and bool(rendered(word, english_words(text)))


def _is_later_mention(
    reading: Reading, number: int, wanted: frozenset[int], named: dict[int, int]
) -> bool:
    """Return whether a term that was rendered before may be referred to by fewer words."""
    before = [named[pair] for pair in wanted if pair in named]
    if not before:
        return False
    if any(reading.is_title(pair) for pair in wanted):
        return True  # English news gives a title once, then the name alone
    texts = [reading.text(reading.target, n) for n in reading.opposite[reading.source][number]]
    near = number - max(before) <= NEAR
    return any(
        (near and refers_back(text, reading.target))
        or any(
            says_head(text, reading.term(pair, reading.target), reading.target) for pair in wanted
        )
        for text in texts
    )


def _finding(
    reading: Reading, number: int, use: Use, wanted: frozenset[int], instead: str
) -> Finding:
    expected = reading.renderings(wanted)
    approved = f"“{use.text}” is approved as {one_of(f'“{term}”' for term in expected)}"
    if instead:
        message = f"{approved}, but the translation has “{instead}”."
    else:
        opposite = reading.opposite[reading.source][number]
        text = " ".join(reading.text(reading.target, n) for n in opposite)
        message = f"{approved}, which is not in the translation: “{shortened(text)}”"
    where = reading.source, number
    return reading.finding("missing", where, (use.start, use.end), expected, message)
