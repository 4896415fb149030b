"""Finds how a phrase was rendered in the text that is aligned with its own.

The word links of a bead are computed once, when it is aligned, and stored as a few hundred bytes.
Every word spreads its weight over the words of the other text by a softmax of cosines in context
(Dou & Neubig 2021, awesome-align), and a null word takes what has no counterpart (Brown et al.
1993). The rendering of a phrase is the run of words that agrees best with the words that lead back
to it (coefficient of Dice, 1945) and receives most of its weight.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.model import Lang, Span, content_id, other_language
from aligner.settings import TermSettings
from aligner.terms.links.cover import NULL, SHARPER
from aligner.terms.links.heads import load_heads
from aligner.terms.links.listed import TokenWord, listed, token_words
from aligner.terms.word_lists import function_words
from aligner.text.lexicon import load_lexicon
from aligner.text.words import LETTERS, vietnamese_key
from aligner.vectors import Matrix, TokenEmbedder, TokenRows, remembered, unit_rows

# Increase it whenever the code below, the token vectors or the heads change what is packed.
VERSION = 9
PART = 40  # units that are read and remembered together
WORDS = 1_000  # words of a text that are linked, which is more than any model reads

# Tuned by benchmarks/renderings.py on xquad-dev and comparable-train.
LISTED = 0.25  # bonus to the cosine of words that render each other according to the word list
FULL = 15  # steps in which weights are stored (four bits); more steps improve nothing
FAINT = 1  # steps in both directions up to which two words are not linked: half of the pairs
SHARE = 0.2  # exponent of the share of the phrase's weight; that of Dice is the rest
CROSSED = 0.8  # factor for the score of a run for each punctuation mark in it but not in the phrase
LOWEST = 0.3  # lowest score of a rendering
# Shares that a function word at either end needs in order to stay: of its own weight that leads
# back to the phrase, and of the weight of a word of the phrase that it receives.
FIRM: dict[Lang, tuple[float, float]] = {"vi": (0.5, 0.0), "en": (0.7, 0.4)}

#: The words of a text, in either language, that are linked.
WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.(?= [A-Z])|[%$€£¥]"  # U.S., John F. Kerry, 5%
    rf"|(?!(?<=['’])[sS]\b){LETTERS}(?:['’.,&](?![sS]\b){LETTERS})*"  # 2,5 but no ’s
)
_MARK = re.compile(r"[^\s\w'’/&-]")

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


class _Words(NamedTuple):
    """Where each word of a text begins and ends [n], and whether punctuation precedes it [n]."""

    starts: Integers
    ends: Integers
    marked: Integers


class _ReadText(NamedTuple):
    """A text that was read: its words, and its tokens as unit rows [tokens, size].

    `owned` [words, tokens] is 1 for the tokens of each word, otherwise 0. `token_words` are the
    words that are looked up in the word list.
    """

    words: _Words
    rows: Matrix
    owned: Matrix
    token_words: list[TokenWord]


def link_words(units: Sequence[tuple[str, str]], embedder: TokenEmbedder) -> Iterator[bytes]:
    """Yield the packed word links of every unit (Vietnamese text, English text), in order.

    If the embedder has a memory, no unit is read twice. Words beyond what the model reads of a text
    have no links.
    """
    for start in range(0, len(units), PART):
        part = units[start : start + PART]
        kept = remembered(embedder, _part_key(part), partial(_link_part, part, embedder))
        sizes = np.frombuffer(kept, "<u4", len(part))
        ends = sizes.nbytes + np.cumsum(sizes)
        yield from (kept[end - size : end] for size, end in zip(sizes, ends, strict=True))


def rendering(packed: bytes, lang: Lang, span: Span, text: str, other: str) -> Span | None:
    """Return the span of `other` that renders a phrase, None if nothing does.

    `packed` are the links of the unit, `span` is the phrase in `text`, which is in the language
    `lang`, and `other` is the text in the other language. A rendering neither begins nor ends with
    a function word unless the phrase has one.
    """
    own, theirs = _words(text), _words(other)
    ahead, behind = _unpack(packed, len((own if lang == "vi" else theirs).starts))
    there, back = (ahead, behind) if lang == "vi" else (behind, ahead)
    first = int(np.searchsorted(own.ends, span[0], side="right"))
    last = int(np.searchsorted(own.starts, span[1], side="left"))
    if last <= first or not len(theirs.starts):
        return None
    given = there[first:last].mean(axis=0) / FULL  # [words] of the phrase's weight
    led = np.minimum(back[:, first:last].sum(axis=1) / FULL, 1)  # [words] of their own weight
    crossed = theirs.marked if not own.marked[first + 1 : last].any() else 0 * theirs.marked
    scores = _scores(given, led, crossed, longest=2 * (last - first) + 6)
    start, further = divmod(int(scores.argmax()), scores.shape[1])
    if scores[start, further] < LOWEST:
        return None
    run = range(start, start + further + 1)
    target = other_language(lang)
    firm = (led >= FIRM[target][0]) & (given * (last - first) >= FIRM[target][1])
    kept = [k for k in run if firm[k] or not _is_common(theirs, k, other, target)]
    if not kept and not all(_is_common(own, k, text, lang) for k in range(first, last)):
        return None  # no word of the phrase is a "the"
    kept = kept or [*run]
    first, last = kept[0], kept[-1]
    if target == "vi":
        first, last = _whole(theirs, other, first, last)
    return int(theirs.starts[first]), int(theirs.ends[last])


def _scores(given: Floats, led: Floats, marked: Integers, longest: int) -> Floats:
    """Return how well each run of words renders the phrase: [first word, further words]."""
    count = len(led)
    starts = np.arange(count)[:, None]
    sizes = np.arange(1, min(longest, count) + 1)
    ends = np.minimum(starts + sizes, count)  # a run does not go beyond the end
    given, led, marks = (np.concatenate([[0], np.cumsum(row)]) for row in (given, led, marked))
    dice = 2 * (led[ends] - led[starts]) / (sizes + led[-1])
    share = given[ends] - given[starts]
    return np.asarray(
        dice ** (1 - SHARE) * share**SHARE * CROSSED ** (marks[ends] - marks[starts + 1])
    )


def _whole(words: _Words, text: str, first: int, last: int) -> tuple[int, int]:
    """Extend a run of syllables so that it cuts no listed word in two (suất, lãi suất).

    A run that is itself a listed word of several syllables stays as it is: ngân hàng (bank) in ngân
    hàng trung ương (central bank).
    """
    bounds = zip(words.starts, words.ends, strict=True)
    keys = [vietnamese_key(text[start:end]) for start, end in bounds]
    if last > first and " ".join(keys[first : last + 1]) in load_lexicon().entries:
        return first, last
    for start, end in load_lexicon().spans(keys):
        if start < first < end:
            first = start
        if start <= last < end - 1:
            last = end - 1
    return first, last


def _is_common(words: _Words, number: int, text: str, lang: Lang) -> bool:
    """Return whether a word is a function word."""
    return text[words.starts[number] : words.ends[number]].casefold() in function_words(lang)


def _part_key(part: Sequence[tuple[str, str]]) -> str:
    how = (VERSION, SHARPER, NULL, LISTED, FULL, FAINT, TermSettings().temperature)
    return content_id(f"word links {how}", *(text for unit in part for text in unit))


def _link_part(part: Sequence[tuple[str, str]], embedder: TokenEmbedder) -> bytes:
    """Return the sizes of the packed links of some units, followed by the links."""
    vi = _read([vi for vi, _ in part], "vi", embedder)
    en = _read([en for _, en in part], "en", embedder)
    packed = [_pack(vi[ours], en[theirs]) for ours, theirs in part]
    return np.array([len(one) for one in packed], "<u4").tobytes() + b"".join(packed)


def _read(texts: Sequence[str], lang: Lang, embedder: TokenEmbedder) -> dict[str, _ReadText]:
    heads = load_heads(embedder.name)
    distinct = list(dict.fromkeys(texts))
    found = {}
    for text, tokens in zip(distinct, embedder.encode_tokens(distinct), strict=True):
        words = _words(text)
        rows = unit_rows(heads.words(tokens.rows, lang))
        found[text] = _ReadText(words, rows, _owned(words, tokens), token_words(text, tokens, lang))
    return found


def _words(text: str) -> _Words:
    found = islice(WORD.finditer(text), WORDS)
    spans = np.array([match.span() for match in found], np.int64).reshape(-1, 2)
    starts, ends = spans.T
    gaps = (text[end:start] for end, start in zip([0, *ends[:-1]], starts, strict=False))
    return _Words(starts, ends, np.array([bool(_MARK.search(gap)) for gap in gaps], np.int64))


def _owned(words: _Words, tokens: TokenRows) -> Matrix:
    """Return the tokens of each word [words, tokens]; a token may begin with a blank."""
    begun = words.starts[:, None] < tokens.ends
    return np.asarray(begun & (words.ends[:, None] > tokens.starts), dtype=np.float32)


def _pack(vi: _ReadText, en: _ReadText) -> bytes:
    """Return the weights that the words of two texts spread over each other, as bytes."""
    sharp = SHARPER / TermSettings().temperature
    # [vi tokens, en tokens]
    known = listed([vi.token_words], [len(vi.rows)], [en.token_words], [len(en.rows)])
    near = np.exp(sharp * (vi.rows @ en.rows.T + LISTED * known - NULL))  # null word: 1
    ahead = _by_word(near / (1 + near.sum(axis=1, keepdims=True)), vi.owned, en.owned)
    behind = _by_word((near / (1 + near.sum(axis=0))).T, en.owned, vi.owned)
    strong = np.maximum(ahead, behind.T) > FAINT
    both = np.where(strong, ahead << 4 | behind.T, 0).astype(np.uint8)
    return zlib.compress(both.tobytes(), level=9, wbits=-zlib.MAX_WBITS)


def _unpack(packed: bytes, count: int) -> tuple[Bytes, Bytes]:
    """Undo `_pack` for a Vietnamese text of `count` words.

    Returns the weights ahead [vi, en] and behind [en, vi], in steps.
    """
    both = np.frombuffer(zlib.decompress(packed, wbits=-zlib.MAX_WBITS), np.uint8)
    both = both.reshape(count, -1) if len(both) else both.reshape(count, 0)
    return both >> np.uint8(4), both.T & np.uint8(FULL)


def _by_word(weights: Matrix, owned: Matrix, others: Matrix) -> Bytes:
    """Turn the weights of tokens into those of words [words, others' words], in steps."""
    means = owned / np.maximum(owned.sum(axis=1, keepdims=True), 1)
    by_word = np.minimum(means @ weights @ others.T, 1)
    return np.asarray(np.rint(FULL * by_word), dtype=np.uint8)
