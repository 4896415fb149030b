"""Finds where phrases can begin and end in a Vietnamese sentence: at words, names and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import chain, pairwise, starmap, takewhile
from typing import NamedTuple

from aligner.terms.finder import outermost
from aligner.terms.names.full_names import FULL_NAME
from aligner.terms.names.offices import place_finder, place_of
from aligner.terms.names.spelling import is_foreign
from aligner.terms.phrases.tokens import Token, inside_names, is_acronym
from aligner.terms.phrases.vietnamese_terms import AGAINST, TAGS
from aligner.terms.word_lists import function_words, word_list
from aligner.text.lexicon import load_lexicon, mean_the_same
from aligner.text.vietnamese import tagged_words
from aligner.text.words import Word, split_words, vietnamese_key

_ALSO_NOUNS = frozenset(["vốn", "hàng"])  # function words that are nouns too: capital, goods
_HEADS = frozenset(["giờ", "phút", "ngày", "bao"])  # and of listed words: giờ cao điểm, bao cát
_DEPUTY = "phó"  # a deputy chairman is not a chairman
_WORDS_OF = "lời"  # theo lời Bộ trưởng: according to the minister
LONG = 4  # syllables of a listed word that may be a term within a longer one
_UNREAD = ("", "X")  # for syllables that the tagger changed
_JOINTS = frozenset(["và", "của", "về", "vì", "các", AGAINST, "cho"])  # inside institutions

_Tagged = Mapping[int, tuple[str, str]]  # the word and tag of each syllable, by its offset


class _Parsed(NamedTuple):
    """The syllables of a sentence, with what decides where phrases may begin and end.

    Phrases begin and end at the offsets `starts` and `ends`. `tagged` has the word and tag of each
    syllable, by its offset. `listed` has the first syllable of each listed word, by its last one;
    `heads` are these first syllables, and `inside` all syllables of listed words.
    """

    sentence: str
    words: Sequence[Word]
    starts: Set[int]
    ends: Set[int]
    tagged: _Tagged
    listed: Mapping[int, int]
    heads: Set[int]
    inside: Set[int]


def vietnamese_tokens(sentence: str) -> list[Token]:
    """Return the syllables; phrases begin and end at tagged or listed words, and at names."""
    parsed = _parse(sentence)
    tokens: list[Token] = []
    for number in range(len(parsed.words)):
        tokens.append(_token(parsed, number, tokens))
    return tokens


def _parse(sentence: str) -> _Parsed:
    words = split_words(sentence, "vi")
    starts, ends, tagged = _tagged_words(sentence)
    listed = _listed(words, tagged)
    for last, head in listed.items():
        starts.add(words[head].start)
        ends.add(words[last].end)
        if tagged.get(words[head].start, _UNREAD)[1].startswith("N"):
            starts -= _inside(words, head, last)
    heads = frozenset(listed.values())
    inside = {number for last, head in listed.items() for number in range(head, last + 1)}
    no_start, no_end = inside_names(sentence, "vi")
    starts, ends = starts - no_start, ends - no_end
    return _Parsed(sentence, words, starts, ends, tagged, listed, heads, inside)


def _token(parsed: _Parsed, number: int, before_it: Sequence[Token]) -> Token:
    """Return a syllable as a token, given the tokens before it."""
    words, word = parsed.words, parsed.words[number]
    before = words[number - 1] if number else None
    after = words[number + 1] if number + 1 < len(words) else None
    small = word.text.casefold()
    whole, read = parsed.tagged.get(word.start, (small, "X"))
    first = parsed.listed.get(number)  # hiệp hai ends in a numeral, as no other phrase does
    cut = number in parsed.inside and "_" not in whole  # kiểm soát | không | lưu
    begins = small in _HEADS and number in parsed.heads and read.startswith("N")
    noun = small in _ALSO_NOUNS and (read.startswith("N") or number in parsed.heads)
    name = word.text[0].isupper() and number > 0
    common = whole in function_words("vi") and not (noun or name)
    joint = small in _JOINTS and word.text.islower()
    tag = _tag(parsed, number, None if first is None else before_it[first])
    foreign = is_foreign(word.text)
    starts = word.start in parsed.starts or foreign or bool(before and is_foreign(before.text))
    ends = word.end in parsed.ends or foreign or bool(after and is_foreign(after.text))
    return Token(
        word,
        opens=starts and (begins or not common) and _may_open(word, before, after, tag),
        closes=ends and (not common or first is not None),
        joins=joint,
        breaks=not (joint or cut)
        and (whole in word_list("vi_inside") or word.text[0].isdigit())
        and not _is_code(word),
        glued=_one_foreign_name(before, word, parsed.sentence),
        tag=tag,
    )


def _tag(parsed: _Parsed, number: int, first: Token | None) -> str:
    """Return the part of speech of a syllable; `first` begins the listed word that it ends."""
    word = parsed.words[number]
    after = parsed.words[number + 1] if number + 1 < len(parsed.words) else None
    whole, tag = parsed.tagged.get(word.start, (word.text.casefold(), "X"))
    inside = number in parsed.inside
    if first is not None and (first.tag.startswith("N") or is_acronym(first)):
        return "N"  # vòng cấm and HC đồng are no nouns with a verb
    if tag == "V" and "_" not in whole:
        return "X" if _has_no_object(word, after, parsed.tagged, parsed.sentence) else tag
    if tag not in TAGS and inside and (tag == "L" or "_" not in whole):
        return "X"  # đa số
    return tag


def _may_open(word: Word, before: Word | None, after: Word | None, tag: str) -> bool:
    """Return whether a phrase may begin with a syllable as far as its neighbours are concerned."""
    if _is_code(word) or (before and before.text.casefold() == _DEPUTY and tag != "Np"):
        return False
    return not (word.text.casefold() == _WORDS_OF and after and after.text[:1].isupper())


def _is_code(word: Word) -> bool:
    """Return whether a number with a letter names one of a kind: Quốc lộ 32B."""
    text = word.text
    return text[:1].isdigit() and text[:-1].isdecimal() and text[-1:].isupper()


def _listed(words: Sequence[Word], tagged: _Tagged) -> dict[int, int]:
    """Return the last syllable of each listed word of several syllables, with its first one.

    Words within what the tagger has joined are left out: Nông nghiệp và Môi trường.
    """
    return {
        end - 1: start
        for start, end in load_lexicon().spans([word.key for word in words])
        if end - start > 1 and "_và_" not in tagged.get(words[start].start, _UNREAD)[0]
    }


def _inside(words: Sequence[Word], head: int, last: int) -> set[int]:
    """Return the offsets within a listed word at which no phrase begins.

    A phrase may begin at an end of it that means the same (trừng phạt, in lệnh trừng phạt), at a
    long word at its end (chủ tịch | ủy ban nhân dân tỉnh), or at one that goes on behind it (viện
    trưởng | viện kiểm sát nhân dân).
    """
    keys = [word.key for word in words[head : last + 1]]
    whole = " ".join(keys)
    return {
        words[head + n].start
        for n in range(1, len(keys))
        if not mean_the_same(" ".join(keys[n:]), whole)
        and _listed_from(words, head + n) < (last + 1 if len(keys) - n >= LONG else last + 2)
    }


def _listed_from(words: Sequence[Word], first: int) -> int:
    """Return where the longest listed word that begins with a syllable ends, 0 if none does."""
    keys = [word.key for word in words[first : first + load_lexicon().longest]]
    start, end = next(iter(load_lexicon().spans(keys)), (1, 0))
    return 0 if start else first + end


def _has_no_object(word: Word, after: Word | None, tagged: _Tagged, sentence: str) -> bool:
    """Return whether a verb of one syllable has no object, though another verb may follow.

    It then specifies the noun before it (chi phí vay, tổ lái) instead of being its verb.
    """
    if after is None or sentence[word.end : after.start] != " ":
        return True
    whole, tag = tagged.get(after.start, _UNREAD)
    return tag in ("C", "R") or (tag == "V" and "_" in whole)


def _one_foreign_name(left: Word | None, right: Word, sentence: str) -> bool:
    """Return whether two words belong to one name, as Vladimir and Putin do."""
    if left is None or sentence[left.end : right.start] != " ":
        return False
    if not (left.text[:1].isupper() and right.text[:1].isupper()):
        return False
    if not is_foreign(left.text):
        return False
    if not (is_foreign(right.text) or (not left.text.isascii() and right.text.istitle())):
        return False  # Đắk Lâm
    if left.text.isupper() or right.text.isupper():  # UBND TP.HCM
        return False
    return not place_of(left.text, "vi")


def _tagged_words(sentence: str) -> tuple[set[int], set[int], _Tagged]:
    """Return the offsets at which phrases may begin and end, and the word and tag of each syllable.

    Phrases begin and end at the words of the tagger and at known places.
    """
    starts, ends, tagged = set(), set(), {}
    place = 0
    read = pairwise([_UNREAD, *tagged_words(sentence)])
    for text, tag in chain.from_iterable(starmap(_without_rest, read)):
        for number, part in enumerate(text.split()):
            at = _next_place(part, sentence, place)
            if at < 0:  # the tagger rewrote it
                break
            if number == 0:
                starts.add(at)
            tagged[at] = "_".join(text.casefold().split()), tag
            place = at + len(part)
        ends.add(place)
    for name in outermost(place_finder("vi").find(sentence)):  # Triều Tiên | Ri Yong-ho
        starts.add(name.start)
        ends.add(name.end)
    return starts, ends, tagged


def _without_rest(before: tuple[str, str], word: tuple[str, str]) -> list[tuple[str, str]]:
    """Split a word of the tagger if it joined a person's name with what follows.

    Three capitals are a name (Lê Hoài Nam sút), while two may be an organisation (Bộ Văn hóa).
    After a name, one capital is its end (Tập Cận, Bình chiều) unless it begins a listed word (Bộ
    trưởng).
    """
    parts = word[0].split()
    name = list(takewhile(str.istitle, parts))
    listed = dict(load_lexicon().spans([vietnamese_key(part) for part in parts]))
    goes_on = before[1] == "Np" and listed.get(0, 1) == 1
    if len(name) == len(parts) or len(name) < (1 if goes_on else FULL_NAME):
        return [word]
    return [(" ".join(name), "Np"), (" ".join(parts[len(name) :]), "V")]


def _next_place(part: str, sentence: str, place: int) -> int:
    """Return the offset of a word of the tagger, which may have moved its tone mark (hoà, hòa)."""
    start = place
    while sentence[start : start + 1].isspace():
        start += 1
    here = sentence[start : start + len(part)]
    if vietnamese_key(here) == vietnamese_key(part):
        return start
    return sentence.find(part, place)
