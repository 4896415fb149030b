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
from aligner.terms.check.reading import Reading, Use
from aligner.terms.check.rendered import refers_back, says, says_head
from aligner.terms.names.offices import countries_beside, offices_of
from aligner.text.lexicon import english_words, load_lexicon, rendered
from aligner.text.vietnamese import vietnamese_words
from aligner.text.words import english_forms, split_parts, split_words, term_key

NEAR = 2  # sentences within which a pronoun may refer to a term
SURE = 0.6  # confidence from which an unreviewed rendering can be reported as the one used instead
_LONG = 2  # blanks from which a term is no chance part of other words
_OPENING = "\"“‘'–- "  # characters that may precede the first word of a sentence


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
            if _is_rendered(reading, number, wanted, use):
                named.update(dict.fromkeys(wanted, number))
                continue
            instead = _instead(reading, number, use)
            if instead or not (
                _is_doubtful(reading, number, use, wanted)
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


def _is_rendered(reading: Reading, number: int, wanted: frozenset[int], use: Use) -> bool:
    opposite = reading.opposite[reading.source][number]
    if wanted & _rendered_in(reading, number) or wanted & _rendered_beside(reading, opposite):
        return True
    texts = [reading.text(reading.target, n) for n in opposite]
    terms = dict.fromkeys(reading.term(pair, reading.target) for pair in wanted)
    hidden = wanted & reading.across(reading.source, number)  # only inside a longer term
    return (not hidden and any(says(t, term, reading.target) for t in texts for term in terms)) or (
        _is_other_role(reading, number, wanted, use)
    )


def _rendered_in(reading: Reading, number: int) -> frozenset[int]:
    """Return the pairs that are rendered in the sentences linked to a sentence.

    A rendering within a longer one does not count if the longer term is in the sentence (agreements
    in Minsk agreements), unless the term itself is also within the longer one: then it refers back
    to that.
    """
    seen = reading.matching(reading.source, number)
    repeated = frozenset(
        pair
        for use in reading.uses[reading.source][number]
        if use not in seen
        for pair in use.pairs
    )
    pairs = set(reading.across(reading.source, number) & repeated)
    for n in reading.opposite[reading.source][number]:
        pairs |= reading.corrected[reading.target][n]
        pairs.update(*(use.pairs for use in reading.matching(reading.target, n)))
    return frozenset(pairs)


def _rendered_beside(reading: Reading, opposite: tuple[int, ...]) -> frozenset[int]:
    """Return the pairs that are rendered in a neighbouring sentence and by no other term."""
    sentences = len(reading.documents[reading.target].sentences)
    beside = {n + step for n in opposite for step in (-1, 1)} - {*opposite}
    return frozenset().union(
        *(
            reading.held(reading.target, n) - reading.across(reading.target, n)
            for n in beside
            if 0 <= n < sentences
        )
    )


def _is_other_role(reading: Reading, number: int, wanted: frozenset[int], use: Use) -> bool:
    """Return whether the translation names the office as in a country without an approved name.

    If Ngoại trưởng is approved as Secretary of State, that of Russia is still a Foreign Minister.
    """
    if reading.source != "vi":
        return False
    sentence = reading.text("vi", number)
    beside = countries_beside(sentence, use.end)
    for office in offices_of(use.text, "vi"):
        approved = frozenset().union(
            *(office.fits(use.text, reading.term(p, "en")) for p in wanted)
        )
        here = {office.known(country) for country in beside}
        names = (name for some in office.names["en"].values() for name in some)
        for name in names if approved else ():
            right = office.fits(use.text, name) - approved
            if (right & here if here else right) and any(
                says(reading.text("en", n), name, "en") for n in reading.opposite["vi"][number]
            ):
                return True
    return False


def _instead(reading: Reading, number: int, use: Use) -> str:
    """Return the words that the translation has instead of the approved rendering, if known.

    A term of another kind is no rendering: Putin may be there for Tổng thống, but is a name.
    """
    kinds = {reading.pairs[pair].kind for pair in use.pairs & reading.wanted}
    known = {
        pair
        for pair in use.pairs - reading.wanted
        if reading.pairs[pair].kind in kinds and reading.pairs[pair].confidence >= SURE
    }
    others = {
        pair
        for there in reading.uses[reading.source][number]
        if there.pairs != use.pairs
        for pair in there.pairs
    }
    for sentence in reading.opposite[reading.source][number]:
        for found in reading.visible(reading.target, sentence):
            if found.pairs & known and not found.pairs & others:
                return found.text
    if reading.source == "en" or any(_is_title(reading, pair) for pair in use.pairs):
        return ""  # a president may be the head of state the second time
    return _other_rendering(reading, number, use)


def _other_rendering(reading: Reading, number: int, use: Use) -> str:
    """Return another rendering in the translation, from those of several words in the word list.

    A single word too often renders something else.
    """
    renderings = load_lexicon().entries.get(" ".join(term_key(use.text, "vi")), "")
    wanted = [term_key(text, "en") for text in renderings.split("; ") if " " in text]
    for sentence in reading.opposite["vi"][number]:
        text = reading.text("en", sentence)
        words = split_parts(text, "en")
        keys = [word.key for word in words]
        for key in wanted:
            for start in range(len(keys) - len(key) + 1):
                if tuple(keys[start : start + len(key)]) == key:
                    return text[words[start].start : words[start + len(key) - 1].end]
    return ""


def _is_doubtful(reading: Reading, number: int, use: Use, wanted: frozenset[int]) -> bool:
    """Return whether the words may not be the term at all.

    Vietnamese words may be part of a longer word (nghị sĩ in thượng nghị sĩ), a common word at the
    beginning of a sentence (Anh, he), or a class before a name that needs none in English (đảng Dân
    chủ, Democrats). English words may be a verb that is written like a noun.
    """
    text = reading.text(reading.source, number)
    if reading.source == "en":
        return not _is_noun(use.text)
    if " " not in use.text and use.text[:1].isupper() and not text[: use.start].strip(_OPENING):
        return True
    is_class = not any(reading.term(p, "vi")[:1].isupper() or _is_title(reading, p) for p in wanted)
    is_named = text[use.end : use.end + 2].strip()[:1].isupper()
    if is_class and is_named and not countries_beside(text, use.end):
        return True
    short = use.text.count(" ") < _LONG  # the segmenter errs more often than long terms do
    return (short and _cuts_a_word(text, use)) or _in_a_listed_word(reading, number, use)


def _is_noun(term: str) -> bool:
    """Return whether the last word of an English term can be a noun: protests, not protested."""
    known = english_forms(split_parts(term, "en")[-1].text.casefold())
    return not known or not {"NOUN", "PROPN"}.isdisjoint(known)


def _cuts_a_word(text: str, use: Use) -> bool:
    """Return whether a term begins or ends within a Vietnamese word."""
    start = 0
    for word in vietnamese_words(text):
        start = text.find(word, start)
        if start < 0:  # the segmenter has changed the word, so it cannot be found
            return False
        end = start + len(word)
        if start < use.start < end or start < use.end < end:
            return True
        start = end
    return False


def _in_a_listed_word(reading: Reading, number: int, use: Use) -> bool:
    """Return whether a term is part of a longer listed word that the translation renders.

    For instance, rừng (forest) is part of cháy rừng, a wildfire.
    """
    words = split_words(reading.text("vi", number), "vi")
    opposite = (reading.text("en", n) for n in reading.opposite["vi"][number])
    english = frozenset().union(*map(english_words, opposite))
    keys = [word.key for word in words]
    for start, end in load_lexicon().spans(keys):
        first, last = words[start].start, words[end - 1].end
        if first <= use.start and use.end <= last and last - first > use.end - use.start:
            return bool(rendered(" ".join(keys[start:end]), english))
    return False


def _is_later_mention(
    reading: Reading, number: int, wanted: frozenset[int], named: dict[int, int]
) -> bool:
    """Return whether a term that was rendered before may be referred to by fewer words."""
    before = [named[pair] for pair in wanted if pair in named]
    if not before:
        return False
    if any(_is_title(reading, pair) for pair in wanted):
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


def _is_title(reading: Reading, number: int) -> bool:
    pair = reading.pairs[number]
    return pair.kind == "title" or bool(offices_of(pair.vi, "vi"))


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
