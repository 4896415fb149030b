"""Cuts an article into sentences with offsets, and leaves out the lines of the website.

All offsets count characters of the article's own text, whether it is in NFC or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.model import Article, Document, DroppedLine, Lang, Sentence, check_article
from aligner.text.clean import find_boilerplate
from aligner.text.normalise import tidy, tidy_with_offsets, visible_span
from aligner.text.segment import split_sentences

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"\S+")
_ITEM = re.compile(r"(?:[-–—•*▪●►+]|\d{1,2}[.)])\s")
# A first line that ends with one of these words is not a finished headline.
_OPEN_END = re.compile(
    r"(?:[,;(–-]|\b(?:the|an?|of|to|in|on|at|for|and|or|with|by|from|that|của|và|với|các|những|"
    r"trong|tại|ở|cho|về|là|được|bị|một|từ|đến|ông|bà))$",
    re.IGNORECASE,
)

# By these, text that is wrapped at a fixed width is told from text with a paragraph on each line.
_MAX_WIDTH = 120  # characters; wrapped text is 60 to 80 wide, paragraphs are longer
_MIN_WIDTH = 40  # anything narrower is a list or a poem
_MIN_LOWER_SHARE = 0.3  # of lines that begin in lower case: wrapped text 0.5 to 0.7, others near 0
_FULL_SHARE = 0.75  # of the width that a line must fill, with the next word, to run on


@dataclass(frozen=True, slots=True)
class _Span:
    """A line or paragraph: its tidy text, its place, and whether a blank line precedes it."""

    text: str
    start: int
    end: int
    after_blank: bool


def segment(article: Article) -> Document:
    """Cut an article into sentences; lines of the website are dropped, each with a reason.

    >>> text = "All news\\n\\nTalks resume\\n\\nBoth sides met on Monday. They will meet again."
    >>> document = segment(Article("talks.txt", "en", text))
    >>> document.texts
    ['Talks resume', 'Both sides met on Monday.', 'They will meet again.']
    >>> [(line.text, line.reason) for line in document.dropped]
    [('All news', 'navigation')]
    """
    check_article(article)
    paragraphs = _paragraphs(article.text)
    reasons = find_boilerplate([paragraph.text for paragraph in paragraphs])
    sentences: list[Sentence] = []
    dropped: list[DroppedLine] = []
    for k, paragraph in enumerate(paragraphs):
        if k in reasons:
            line = DroppedLine(paragraph.text, paragraph.start, paragraph.end, reasons[k])
            dropped.append(line)
        else:
            sentences.extend(_sentences(article.text, paragraph, article.lang))
    return Document(article, tuple(sentences), tuple(dropped))


def segment_lines(article: Article) -> Document:
    """Take each line that is not blank as one sentence, for texts that are already split.

    Nothing is dropped, so the sentences correspond to the lines of the user's file.
    """
    check_article(article)
    sentences = (Sentence(line.text, line.start, line.end) for line in _lines(article.text))
    return Document(article, tuple(sentences))


def _sentences(text: str, paragraph: _Span, lang: Lang) -> Iterator[Sentence]:
    tidied, offsets = tidy_with_offsets(text[paragraph.start : paragraph.end])
    for first, last in split_sentences(tidied, lang):
        start = paragraph.start + offsets[first]
        end = paragraph.start + offsets[last]
        a, b = visible_span(text[start:end])
        sentence = tidy(text[start:end])
        if any(char.isalnum() for char in sentence):
            yield Sentence(sentence, start + a, start + b)


def _lines(text: str) -> Iterator[_Span]:
    """Yield the lines that are not blank, without the blanks around them."""
    done = 0
    for match in _LINE.finditer(text):
        first, last = visible_span(match.group())
        if first < last:
            start, end = match.start() + first, match.start() + last
            breaks = len(_BREAK.findall(text, done, start))
            yield _Span(tidy(text[start:end]), start, end, after_blank=breaks > 1)
            done = end


def _paragraphs(text: str) -> list[_Span]:
    """Join the lines of wrapped text; any other line is a paragraph of its own."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    if width is None:
        return lines
    groups: list[list[_Span]] = []
    for k, line in enumerate(lines):
        if k and _runs_on(lines[k - 1], line, width, is_first=k == 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        _Span(tidy(text[group[0].start : group[-1].end]), group[0].start, group[-1].end, True)
        for group in groups
    ]


def _wrap_width(lines: list[_Span]) -> int | None:
    """Return the width at which a text is wrapped, None if each line is a paragraph."""
    pairs = [k for k in range(1, len(lines)) if not lines[k].after_blank]
    if not pairs:
        return None
    width = max(len(lines[n].text) for k in pairs for n in (k - 1, k))
    lower = sum(lines[k].text[0].islower() for k in pairs)
    wrapped = _MIN_WIDTH <= width <= _MAX_WIDTH and lower >= _MIN_LOWER_SHARE * len(pairs)
    return width if wrapped else None


def _runs_on(line: _Span, following: _Span, width: int, *, is_first: bool) -> bool:
    """Return whether a paragraph of wrapped text continues on the following line."""
    if following.after_blank:
        return False
    if following.text[0].islower():
        return True
    if _ITEM.match(following.text):
        return False
    if is_first and not _OPEN_END.search(line.text):
        return False  # probably the headline, which must not be joined with the report
    word = _WORD.match(following.text)
    return len(line.text) + (len(word.group()) if word else 0) + 1 > _FULL_SHARE * width
