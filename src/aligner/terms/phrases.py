"""Phrases of a sentence that could be terms: names, noun phrases, words that carry a meaning.

A candidate neither begins nor ends with a function word, crosses no punctuation and cuts no name
in two. Longer ones hold shorter ones: which of them a term base would hold is decided later, by
what they are linked to.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.model import Lang
from aligner.terms.conflicts.spelling import is_foreign
from aligner.terms.finder import TermFinder, outermost
from aligner.terms.offices import place_names, place_of
from aligner.text.words import Word, english_forms, split_words, vietnamese_key

MAX_SYLLABLES, MAX_WORDS = 6, 5  # of a term in small letters
LONG_NAME = 9  # syllables or words of the name of an institution
# Parts of speech (VLSP 2013) that a Vietnamese term is made of, and that a single syllable needs.
_VI_TAGS = frozenset(["N", "Np", "Ny", "Nb", "Nu", "Nc", "V", "A", "I", "Z", "M", "X"])
_VI_LONE = frozenset(["N", "Np", "Ny", "Nb"])
_VI_JOINTS = frozenset(["và", "của", "về", "vì", "các", "chống", "cho"])  # inside institutions
_EN_JOINTS = frozenset(["of", "for", "on", "the", "and", "to", "in"])  # inside names
_EN_SMALL_JOINTS = frozenset(["of"])  # inside terms: state of emergency
_ACRONYMS = frozenset(["US", "WHO", "IT"])  # that are function words in small letters
_EN_CLASSES = frozenset(["NOUN", "PROPN", "VERB", "ADJ"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """A candidate where it stands: `sentence[start:end]` is `text`; forms of a term share a key.

    `is_noun` tells whether its head can be a noun or a name.
    """

    key: str
    text: str
    start: int
    end: int
    is_noun: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A syllable (Vietnamese) or word (English) with what decides whether a phrase may cut here."""

    word: Word
    opens: bool  # a phrase may begin here
    closes: bool  # a phrase may end here
    joins: bool  # stands inside a phrase only, and only between capitals
    breaks: bool  # no phrase holds it
    glued: bool  # belongs to one name with the token before it
    tag: str


def phrases(sentence: str, lang: Lang) -> list[Phrase]:
    """Return the candidate phrases of a sentence in NFC, by place, shorter ones first."""
    tokens = _vi_tokens(sentence) if lang == "vi" else _en_tokens(sentence)
    is_term = _vi_term if lang == "vi" else _en_term
    limit = MAX_SYLLABLES if lang == "vi" else MAX_WORDS
    return [
        _phrase(span, sentence, lang)
        for span in _spans(tokens, sentence, limit)
        if is_term(span, sentence)
    ]


def _phrase(span: Sequence[_Token], sentence: str, lang: Lang) -> Phrase:
    key = " ".join(token.word.key for token in span)
    start, end = span[0].word.start, span[-1].word.end
    if "." in span[-1].word.text and sentence[end : end + 1] == ".":
        end += 1  # U.S.
    head = span[0] if lang == "vi" else span[-1]
    classes = english_forms(head.word.text.casefold()) if lang == "en" else {}
    is_noun = head.tag.startswith("N") if lang == "vi" else "NOUN" in classes or not classes
    return Phrase(key, sentence[start:end], start, end, is_noun)


def is_name(text: str) -> bool:
    """Return whether the capital of a phrase says that it is a name or an office."""
    return text[:1].isupper()


def _spans(tokens: Sequence[_Token], sentence: str, limit: int) -> Iterator[Sequence[_Token]]:
    for first, head in enumerate(tokens):
        if not head.opens or head.glued or head.breaks or head.joins:
            continue
        for last in range(first, min(first + LONG_NAME, len(tokens))):
            token = tokens[last]
            if token.breaks or (last > first and _gap(tokens[last - 1], token, sentence)):
                break
            if last - first >= limit and not _is_capital(head):
                break
            cut = last + 1 < len(tokens) and tokens[last + 1].glued
            long = last - first >= limit and not _is_capital(token)
            if token.closes and not token.joins and not cut and not long:
                yield tokens[first : last + 1]


def _gap(left: _Token, right: _Token, sentence: str) -> bool:
    """Return whether punctuation stands between two tokens, but for the dot of an acronym."""
    between = sentence[left.word.end : right.word.start].strip()
    if between in ("'s", "’s", "'", "’"):  # the people's committee, but not Kerry's visit
        return not english_forms(left.word.text.casefold())
    text = left.word.text
    if text.replace(".", "").isupper() and ("." in text or len(text) == 1):
        between = between.removeprefix(".").strip()
    return bool(between)


def _is_capital(token: _Token) -> bool:
    return token.word.text[:1].isupper()


# Vietnamese


def _vi_tokens(sentence: str) -> list[_Token]:
    """Return the syllables; the tagger's words, names and foreign words are where phrases cut."""
    words = split_words(sentence, "vi")
    starts, ends, tagged = _vi_words(sentence)
    stops = function_words("vi")
    tokens = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        after = words[number + 1] if number + 1 < len(words) else None
        foreign = is_foreign(word.text)
        small = word.text.casefold()
        whole, tag = tagged.get(word.start, (small, "X"))
        common = whole in stops and not (word.text[0].isupper() and number > 0)
        joint = small in _VI_JOINTS and word.text.islower()
        tokens.append(
            _Token(
                word,
                opens=not common
                and (word.start in starts or foreign or bool(before and is_foreign(before.text))),
                closes=not common
                and (word.end in ends or foreign or bool(after and is_foreign(after.text))),
                joins=joint,
                breaks=not joint
                and (whole in function_words("vi_inside") or word.text[0].isdigit()),
                glued=_one_foreign_name(before, word, sentence),
                tag=tag,
            )
        )
    return tokens


def _one_foreign_name(left: Word | None, right: Word, sentence: str) -> bool:
    """Return whether two words belong to one name, as Vladimir and Putin do."""
    if left is None or sentence[left.end : right.start] != " ":
        return False
    if not (left.text[:1].isupper() and right.text[:1].isupper()):
        return False
    if not (is_foreign(left.text) and is_foreign(right.text)):
        return False
    if left.text.isupper() or right.text.isupper():  # UBND TP.HCM
        return False
    return not place_of(left.text, "vi")


def _vi_words(sentence: str) -> tuple[set[int], set[int], dict[int, tuple[str, str]]]:
    """Return where the words of underthesea begin and end, and for each syllable word and tag."""
    from underthesea import pos_tag

    starts, ends, tagged = set(), set(), {}
    place = 0
    for text, tag in pos_tag(sentence):
        for number, part in enumerate(text.split()):
            at = _next_place(part, sentence, place)
            if at < 0:  # the tagger rewrote it
                break
            if number == 0:
                starts.add(at)
            tagged[at] = "_".join(text.casefold().split()), tag
            place = at + len(part)
        ends.add(place)
    for known in outermost(_place_finder().find(sentence)):  # Triều Tiên | Ri Yong-ho
        starts.add(known.start)
        ends.add(known.end)
    return starts, ends, tagged


def _next_place(part: str, sentence: str, place: int) -> int:
    """Return where a word of the tagger stands, which may have moved its tone mark (hoà, hòa)."""
    start = place + len(sentence[place:]) - len(sentence[place:].lstrip())
    here = sentence[start : start + len(part)]
    if vietnamese_key(here) == vietnamese_key(part):
        return start
    return sentence.find(part, place)


@cache
def _place_finder() -> TermFinder:
    return TermFinder(place_names("vi"), "vi")


def _vi_term(span: Sequence[_Token], sentence: str) -> bool:
    texts = [token.word.text for token in span]
    if not all(token.tag in _VI_TAGS or token.joins or _is_capital(token) for token in span):
        return False
    joints = [number for number, token in enumerate(span) if token.joins]
    if joints and not _is_institution(texts):
        return False
    if len(span) > 1:
        return not _ends_in_verb(span)
    name = texts[0][0].isupper() and (span[0].word.start > 0 or is_foreign(texts[0]))
    return len(texts[0]) > 1 and (name or span[0].tag in _VI_LONE)


def _ends_in_verb(span: Sequence[_Token]) -> bool:
    """Return whether a noun has become the subject of a verb: giá dầu tăng, tàu chở."""
    last = span[-1]
    lone = last.tag == "V" and last.opens and last.word.text.islower()
    return lone and (span[0].tag.startswith("N") or _is_capital(span[0]))


def _is_institution(words: Sequence[str]) -> bool:
    """Return whether words with a joint among them can be one name: Bộ Kế hoạch và Đầu tư."""
    heads = function_words("vi_institutions")
    head = {words[0].casefold(), " ".join(words[:2]).casefold().replace(" ", "_")}
    return words[0][0].isupper() and not heads.isdisjoint(head)


# English


def _en_tokens(sentence: str) -> list[_Token]:
    words = split_words(sentence, "en")
    tokens = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        after = words[number + 1] if number + 1 < len(words) else None
        small = word.text.casefold()
        joint = small in _EN_JOINTS and word.text.islower()
        common = _is_function(word, before, after)
        tokens.append(
            _Token(
                word,
                opens=not common and word.text[0].isalpha(),
                closes=not common
                and len(word.text) > 1
                and "'" not in word.text
                and any(map(str.isalpha, word.text)),
                joins=joint,
                breaks=common and not joint,
                glued=_one_english_name(before, word, sentence),
                tag="",
            )
        )
    return tokens


def _is_function(word: Word, before: Word | None, after: Word | None) -> bool:
    if word.text.casefold() not in function_words("en"):
        return False
    if word.text in _ACRONYMS:
        return False
    shouted = word.text.isupper() and len(word.text) > 1  # TALKS FAIL IN GENEVA
    if word.text[0].islower() or shouted or word.text == "The" or before is None:
        return True
    # New York, Trang An
    in_name = after is not None and after.text[:1].isupper() and after.start == word.end + 1
    return not (in_name or (before.end == word.start - 1 and _is_bare_name(before)))


def _one_english_name(left: Word | None, right: Word, sentence: str) -> bool:
    if left is None or sentence[left.end : right.start] not in (" ", ". "):
        return False
    return _is_bare_name(left) and _is_bare_name(right) and not place_of(left.text, "en")


def _is_bare_name(word: Word) -> bool:
    """Return whether a word is a name and nothing else: no word of the lexicon, no acronym."""
    if len(word.text) == 1 and word.text.isupper():
        return True  # John F. Kerry
    acronym = word.text.isupper() and len(word.text) > 1
    known = english_forms(word.text.casefold()) or word.text.casefold() in function_words("en")
    return word.text[:1].isupper() and not acronym and not known


def _en_term(span: Sequence[_Token], sentence: str) -> bool:
    words = [token.word for token in span]
    if not _joints_fit(words):
        return False
    if len(span) == 1:
        return True
    last = words[-1].text
    classes = [english_forms(word.text.casefold()).keys() & _EN_CLASSES for word in words]
    # "met Russian President" is no phrase, nor "Commission fined Intel"; "suspended sentence" is.
    verbs = any(
        word.text.islower()
        and "VERB" in found
        and not found & ({"NOUN", "ADJ"} if not word.text.endswith("ed") else {"NOUN"})
        and (number > 0 or not word.text.endswith(("ed", "ing")))
        for number, (found, word) in enumerate(zip(classes, words, strict=True))
    )
    if verbs or _is_past(last):
        return False
    known = english_forms(last.casefold())
    return not known or "NOUN" in known or last[0].isupper()


def _is_past(word: str) -> bool:
    """Return whether a word in small letters is the past of an irregular verb: rose, left."""
    verb = english_forms(word).get("VERB", word)
    return verb != word and not word.endswith(("s", "ed", "ing"))


def _joints_fit(words: Sequence[Word]) -> bool:
    """Return whether "of", "and" and the like stand inside one name or term.

    "Ministry of Trade and Industry" is one, "Moscow and Washington" two.
    """
    joints = [w.text for w in words[1:-1] if w.text in _EN_JOINTS]
    if words[0].text[0].isupper() and words[-1].text[0].isupper():
        return not joints or joints[0] in ("of", "for", "on")
    return set(joints) <= _EN_SMALL_JOINTS


@cache
def function_words(table: str) -> frozenset[str]:
    """Return the words that neither begin nor end a term ("vi", "en") or stand in none."""
    text = files("aligner.terms").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[table].split())
