"""Finds where phrases can begin and end in an English sentence, by the word classes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from aligner.terms.names.full_names import FULL_NAME, is_surname
from aligner.terms.names.offices import place_of
from aligner.terms.names.spelling import is_foreign
from aligner.terms.phrases.english_terms import CLASSES, JOINTS
from aligner.terms.phrases.tokens import Token, inside_names
from aligner.terms.word_lists import function_words, word_list
from aligner.text.words import Word, english_forms, split_words

_ACRONYMS = frozenset(["US", "WHO", "IT"])  # function words if written in small letters
_DEPUTIES = frozenset(["deputy", "vice"])  # a vice president is not a president
# A general director is not a director, but a general election is an election.
_RANKS = frozenset(["general", "managing", "executive", "assistant", "acting"])
_RANKED = frozenset(
    ["director", "manager", "secretary", "editor", "coach", "chairman", "president"]
)
_FIRSTS = frozenset(["half", "quarter", "officer", "lady", "aid", "instance", "minister"])
_HALVES = frozenset(["first", "second"])  # of a match, of a year


def english_tokens(sentence: str) -> list[Token]:
    """Return the words of a sentence, each with what decides where a phrase can begin and end."""
    words = split_words(sentence, "en")
    names = _full_names(words, sentence)
    whole = {number for first in names for number in range(first + 1, first + FULL_NAME)}
    owners = _owners(words, sentence)
    no_start, no_end = inside_names(sentence, "en")
    tokens = []
    ends_name = None  # the word before, if it belongs to a name
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        after = words[number + 1] if number + 1 < len(words) else None
        small = word.text.casefold()
        joint = small in JOINTS and word.text.islower()
        common = number not in names | whole and _is_function(word, before, after, ends_name)
        in_name = not common and small in function_words("en") and not word.text.islower()
        ends_name = word if in_name or _is_bare_name(word) else None
        tokens.append(
            Token(
                word,
                opens=not common
                and word.text[0].isalpha()
                and word.start not in no_start
                and number - 1 not in owners
                and (number in names or not _is_ranked(before, small)),
                closes=not common
                and word.end not in no_end
                and number not in owners
                and not _describes(word, after, sentence)
                and len(word.text) > 1
                and "'" not in word.text
                and any(map(str.isalpha, word.text)),
                joins=joint,
                breaks=(common and not joint) or _is_figure(word, before),
                glued=number in whole
                or (number not in names and _one_english_name(before, word, sentence)),
                tag="N" if _is_gerund(before, word, after, sentence) else "",
            )
        )
    return tokens


def _full_names(words: Sequence[Word], sentence: str) -> set[int]:
    """Return where full Vietnamese names begin, also after a title: Centre-back Do Thu Hang.

    They are recognised by the surname and two more syllables. The first of these is no function
    word, or the second is no English word: Luong The Khai.
    """
    found: set[int] = set()
    stops = function_words("en")
    for first in range(len(words) - FULL_NAME + 1):
        run = words[first : first + FULL_NAME]
        small = [word.text.casefold() for word in run]
        amid = not found.isdisjoint({first - 1, first - 2})
        fits = small[1] not in stops or not (small[2] in stops or english_forms(small[2]))
        if is_surname(small[0]) and fits and not amid:
            apart = any(sentence[a.end : b.start] != " " for a, b in pairwise(run))
            if not apart and _are_vietnamese(*run):
                found.add(first)
    return found


def _owners(words: Sequence[Word], sentence: str) -> set[int]:
    """Return the words that own what follows in one name: People's Committee, Women's Union."""
    return {
        number
        for number, (word, after) in enumerate(pairwise(words))
        if sentence[word.end : after.start] in ("'s ", "’s ")
        and word.text.istitle()
        and after.text[:1].isupper()
        and "NOUN" in english_forms(word.text.casefold())
        and not place_of(word.text, "en")
    }


def _describes(word: Word, after: Word | None, sentence: str) -> bool:
    """Return whether an adjective of a name tells of the noun behind it: Financial Affairs."""
    if after is None or sentence[word.end : after.start] != " ":
        return False
    if not (word.text.istitle() and after.text.istitle()):
        return False
    kinds = english_forms(word.text.casefold()).keys()
    return "ADJ" in kinds and "NOUN" not in kinds and "NOUN" in english_forms(after.text.casefold())


def _is_ranked(before: Word | None, word: str) -> bool:
    """Return whether an office is another one by the word before it: deputy, general director."""
    rank = "" if before is None else before.text.casefold()
    return rank in _DEPUTIES or (rank in _RANKS and word in _RANKED)


def _is_function(word: Word, before: Word | None, after: Word | None, name: Word | None) -> bool:
    if word.text.casefold() not in function_words("en"):
        return False
    if word.text in _ACRONYMS:
        return False
    if word.text == "half" and before is not None and before.text.casefold() in _HALVES:
        return False
    if word.text == "use" and before is not None and after is not None:  # land use rights
        noun = english_forms(before.text).get("NOUN") == before.text
        if noun and "NOUN" in english_forms(after.text):
            return False
    if word.text == "first" and after is not None and after.text in _FIRSTS:
        return False
    shouted = word.text.isupper() and len(word.text) > 1  # TALKS FAIL IN GENEVA
    if word.text[0].islower() or shouted:
        return True
    if before is None:
        return not (after is not None and _is_name_with_an(word, after))
    if name is not None and name.end == word.start - 1:  # Trang An, Nguyen The My
        return False
    in_name = after is not None and after.text[:1].isupper() and after.start == word.end + 1
    return word.text == "The" or not in_name  # New York


def _is_gerund(before: Word | None, word: Word, after: Word | None, sentence: str) -> bool:
    """Return whether a verb in -ing is a noun that the word before it specifies: global warming.

    It must have no object: nothing follows, or a word that cannot begin one. Prices rising and
    people living are no terms.
    """
    forms = english_forms(word.text).keys() & CLASSES
    if before is None or forms != {"VERB"} or not word.text.endswith("ing"):
        return False
    if sentence[before.end : word.start] != " " or before.text in function_words("en"):
        return False
    kinds = english_forms(before.text)
    if not ("ADJ" in kinds or kinds.get("NOUN") == before.text or before.text.endswith("ed")):
        return False
    if after is None or sentence[word.end : after.start] != " ":
        return True
    return after.text in function_words("en") - word_list("en_objects")


def _one_english_name(left: Word | None, right: Word, sentence: str) -> bool:
    between = "" if left is None else sentence[left.end : right.start]
    if left is None or between not in (" ", ". ") or (between == ". " and len(left.text) > 2):
        return False  # St. Petersburg, but not a sentence that ends with a name
    if _is_name_with_an(left, right):
        return True
    if not _is_bare_name(left) or place_of(left.text, "en"):
        return False
    return _is_bare_name(right) or _are_vietnamese(left, right)


def _is_name_with_an(word: Word, after: Word) -> bool:
    """Return whether "An" is a syllable of a name, not the article: An Khe."""
    return word.text == "An" and _is_bare_name(after) and after.text[0] not in "AEIOU"


def _are_vietnamese(*words: Word) -> bool:
    """Return whether words can be syllables of a Vietnamese name: Hoang Minh Tam, Hon May."""
    return all(word.text.istitle() and not is_foreign(word.text) for word in words)


def _is_figure(word: Word, before: Word | None) -> bool:
    """Return whether a word is a number that is not part of a name such as Falcon 9."""
    named = before is not None and before.text[:1].isupper()
    return not named and not any(map(str.isalpha, word.text))


def _is_bare_name(word: Word) -> bool:
    """Return whether a word can only be a name: it is neither in the lexicon nor an acronym."""
    if len(word.text) == 1 and word.text.isupper():
        return True  # John F. Kerry
    acronym = word.text.isupper() and len(word.text) > 1
    small = word.text.casefold()
    known = english_forms(small) or small in function_words("en") | word_list("en_titles")
    return word.text[:1].isupper() and not acronym and not known
