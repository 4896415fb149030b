"""Splits a paragraph into sentences as Vietnamese and English newspapers write them.

Every stop is examined once, with the words before and after it. All other context is a window of
fixed size, so time grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.model import Lang, Span
from aligner.text.stops import SentenceRules, Stop, ends_sentence, sentence_rules

_STOP = r"[.?!…]"
# What may come between a stop and the blank: quotes, brackets, footnote marks, the "./." of news
# agencies, and marks without width. Before a blank, an opening quote closes.
_CLOSER = r"(?:[\"'”’»›)\]}*¹²³⁴-⁹\u200b-\u200d\ufeff]|\[\d{1,3}\]|/\.|[“‘](?=\s|$))"
_END = re.compile(rf"({_STOP}(?:[ \u00a0]?{_STOP})*+)((?:{_CLOSER}|{_STOP})*+)\s*+")
# A quotation mark between two blanks, as in `đi đâu? " Bà nói`.
_LOOSE_QUOTE = re.compile(r"[\"”»](?=\s|$)\s*+")
# The mark that both opens and closes: its neighbours decide; between two blanks, it may be either.
_STRAIGHT = re.compile(r'(?P<opening>(?:^|(?<=[\s(\[]))"(?=\S))|(?P<closing>(?<=\S)"(?!\w))|"')
_WORD = re.compile(r"[^\W_]{1,30}")
_TOKEN = re.compile(r"[^\s()\[\]{}\"“”‘’'«»/–—,;:-]*$")
_AGENCY = re.compile(r"/[^/\s]{2,20}/\.|\([^()\n]{2,30}\)\.?\s?[-–—:]|\.\s?[-–—]\s")
_BULLET = re.compile(
    r"[ \t\u00a0]*+(?:[•▪●►◦■+]|(?P<dash>[-–—*])[ \t]|(?P<number>\d{1,3})[.)]\s|[a-zđ]\)\s)"
)

_AFTER = 40  # characters after a stop in which the next word is looked for
_BEFORE = 40  # characters of the longest abbreviation
_DATELINE_LENGTH = 100  # characters within which a dateline ends
_BRACKET_REACH = 300  # characters on either side; a longer text in brackets is split like any other
_TITLE_LENGTH = 60  # characters of the longest title in quotation marks (of a film, say)
_CLOSING = {"(": ")", "[": "]", "“": "”", "«": "»", '"': '"'}


def split_sentences(paragraph: str, lang: Lang) -> list[Span]:
    """Return the half-open spans of the sentences, in order, free of blanks at both ends.

    Line breaks count as blanks, except where a blank line or a list item follows. Together the
    spans hold every character that is not blank.

    >>> text = "Mr. Lan left at 3 p.m. on Friday. Nobody saw him."
    >>> [text[start:end] for start, end in split_sentences(text, "en")]
    ['Mr. Lan left at 3 p.m. on Friday.', 'Nobody saw him.']
    """
    rules = sentence_rules(lang)
    spans: list[Span] = []
    for start, end in _blocks(paragraph):
        # A slice, so that no pattern looks into the next list item.
        block = paragraph[start:end]
        spans.extend((start + a, start + b) for a, b in _split_block(block, rules))
    return spans


def _blocks(text: str) -> Iterator[Span]:
    """Yield the trimmed spans between blank lines and list items, except empty ones."""
    start = position = number = 0
    for line in text.rstrip().splitlines(keepends=True):
        item = _BULLET.match(line)
        opens = item is not None and _opens_item(line, item, number)
        if opens or not line.strip():
            yield from _trimmed(text, start, position)
            start = position
        if item and item["number"] and (opens or position == 0):
            number = int(item["number"])
        position += len(line)
    yield from _trimmed(text, start, position)


def _opens_item(line: str, item: re.Match[str], number: int) -> bool:
    """Return whether a line opens a list item, not just begins with a dash or a number.

    A dash must come before a capital, and a number must be 1 or follow the last one. So a line that
    was broken before a dash ("- who had left -") or a number ("May / 6.") is no item.
    """
    if item["number"]:
        return int(item["number"]) in (1, number + 1)
    return not (item["dash"] and line[item.end() :].lstrip()[:1].islower())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if stripped := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(stripped)


def _split_block(text: str, rules: SentenceRules) -> Iterator[Span]:
    start, dateline, read, quoting = 0, _dateline_end(text, 0), 0, False
    first_word = _WORD.search(text)
    for match in _END.finditer(text):
        quoting, read = _still_quoting(text, read, match.end(2), quoting), match.end(2)
        if first_word is None or first_word.start() >= match.start() or match.end(2) <= dateline:
            continue  # a sentence holds a letter or a digit, and its dateline
        if match.end(2) == match.end() and not text[match.end() : match.end() + 1].isupper():
            continue  # inside a figure or an address
        stop = _read_stop(text, match, quoting)
        ends = ends_sentence(text, start, stop, rules)
        if ends and not _inside_enclosure(text, start, stop.at, stop.end):
            yield start, stop.end
            start = stop.end + len(stop.gap)
            dateline = _dateline_end(text, start)
            first_word = _WORD.search(text, start)
    if start < len(text):
        yield start, len(text)


def _still_quoting(text: str, low: int, high: int, quoting: bool) -> bool:
    """Return whether a straight quotation mark is open at `high`, given whether one is at `low`.

    The neighbours of a mark decide, not the count, because a quotation of several paragraphs is
    opened in each and closed once. Only a mark between two blanks is judged by the one before it.
    """
    for found in _STRAIGHT.finditer(text, low, high):
        if found["opening"] or found["closing"]:
            quoting = found["opening"] is not None
        else:
            quoting = not quoting
    return quoting


def _dateline_end(text: str, start: int) -> int:
    """Return the end of a dateline ("MOSCOW, May 13. /TASS/.") at `start`, or `start`."""
    head = text[start : start + _DATELINE_LENGTH]
    agency = _AGENCY.search(head)
    if agency is None or agency.start() == 0:
        return start
    place = head.split(maxsplit=1)[0].strip(",.")
    in_capitals = len(place) > 1 and place.isupper()
    with_slashes = agency[0].startswith("/") and place[:1].isupper()
    return start + agency.end() if in_capitals or with_slashes else start


def _read_stop(text: str, match: re.Match[str], quoting: bool) -> Stop:
    at, end, resume = match.start(), match.end(2), match.end()
    loose = _LOOSE_QUOTE.match(text, resume)
    if loose and resume > end and (loose[0][0] != '"' or quoting):
        end, resume = resume + 1, loose.end()
    word = _WORD.search(text, resume, resume + _AFTER)
    before = _TOKEN.search(text[max(0, at - _BEFORE) : at])
    return Stop(
        at=at,
        end=end,
        gap=text[end:resume],
        marks=match[1],
        closers=text[match.end(1) : end],
        token=before[0] if before else "",
        word=word[0] if word else "",
        word_at=word.start() if word else resume,
        between=text[resume : word.start()] if word else "",
    )


def _inside_enclosure(text: str, start: int, stop: int, end: int) -> bool:
    """Return whether the stop at `stop:end` is in brackets or in a title within the sentence.

    Brackets and quotations that open a sentence, or that follow a colon or a comma, contain whole
    sentences and are split: `(He left. She stayed.)`, `He said: "I left. She stayed."`.
    """
    return _inside_bracket(text, start, stop, end) or _inside_title(text, start, stop, end)


def _inside_bracket(text: str, start: int, stop: int, end: int) -> bool:
    opened = max(_still_open(text, start, stop, mark, _BRACKET_REACH) for mark in "([")
    if opened < 0 or not text[start:opened].strip("\"'“‘«"):
        return False
    closing = _CLOSING[text[opened]]
    if closing in text[stop:end]:
        return False
    ahead = text[end : end + _BRACKET_REACH]
    closed = ahead.find(closing)
    # If another bracket comes before the closing one, this one was never closed.
    return closed >= 0 and text[opened] not in ahead[:closed]


def _inside_title(text: str, start: int, stop: int, end: int) -> bool:
    opened = max(_still_open(text, start, stop, mark, _TITLE_LENGTH) for mark in "“«")
    opened = max(opened, _straight_open(text, start, stop))
    before = text[max(start, opened - 3) : max(start, opened)].rstrip()
    if opened < 0 or not before or before[-1] in ":,.?!…–—-":
        return False
    closing = _CLOSING[text[opened]]
    if closing in text[stop:end]:
        return False
    ahead = text[end : opened + _TITLE_LENGTH]
    if closing == '"':
        return any(found["closing"] for found in _STRAIGHT.finditer(ahead))
    closed = ahead.find(closing)
    return closed >= 0 and text[opened] not in ahead[:closed]


def _still_open(text: str, start: int, stop: int, mark: str, reach: int) -> int:
    """Return the offset of a `mark` that is still open at `stop`, or -1."""
    low = max(start, stop - reach)
    opened = text.rfind(mark, low, stop)
    return opened if opened >= 0 and text.find(_CLOSING[mark], opened, stop) < 0 else -1


def _straight_open(text: str, start: int, stop: int) -> int:
    """Return the offset of a straight quotation mark that is still open at `stop`, or -1."""
    low = max(start, stop - _TITLE_LENGTH)
    last = text.rfind('"', low, stop)
    found = _STRAIGHT.match(text, last) if last >= 0 else None
    return last if found and found["opening"] else -1
