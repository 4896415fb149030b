"""Tells which runs of English words can be terms, by the word classes."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.terms.phrases.tokens import Token
from aligner.terms.word_lists import word_list
from aligner.text.words import Word, english_forms

JOINTS = frozenset(["of", "for", "on", "the", "and", "to", "in"])  # inside names
CLASSES = frozenset(["NOUN", "PROPN", "VERB", "ADJ"])  # of which a word of a term may be
_SMALL_JOINTS = frozenset(["of"])  # inside terms: state of emergency


def is_english_term(span: Sequence[Token]) -> bool:
    """Return whether a run of words can be a noun phrase, a name or a verb."""
    words = [token.word for token in span]
    if not _joints_fit(words) or _is_superlative(words[0].text):
        return False
    if len(span) == 1:
        return True
    last = words[-1].text
    classes = [english_forms(word.text.casefold()).keys() & CLASSES for word in words]
    # "met Russian President" is no phrase, nor "Commission fined Intel"; "suspended sentence" is.
    verbs = any(
        word.text.islower()
        and not span[number].tag
        and "VERB" in found
        and not found & ({"NOUN", "ADJ"} if not word.text.endswith("ed") else {"NOUN"})
        and (number > 0 or not word.text.endswith(("ed", "ing")))
        for number, (found, word) in enumerate(zip(classes, words, strict=True))
    )
    if verbs or _is_clause(span) or (last.islower() and _is_past(last)):  # Hung and Sang are names
        return False
    known = english_forms(last.casefold())
    return bool(span[-1].tag) or not known or "NOUN" in known or last[0].isupper()


def _is_clause(span: Sequence[Token]) -> bool:
    """Return whether there is a verb between a subject and a name: bank places Nam Hai."""
    for before, token, after in zip(span, span[1:], span[2:], strict=False):
        text = token.word.text
        is_verb = text.islower() and text.endswith("s") and "VERB" in english_forms(text)
        if is_verb and after.word.text.istitle() and not before.joins:
            return True
    return False


def _is_superlative(word: str) -> bool:
    """Return whether a word is a superlative, with which no term begins: largest, worst."""
    classes = english_forms(word)
    return word.endswith("st") and "NOUN" not in classes and classes.get("ADJ", word) != word


def _is_past(word: str) -> bool:
    """Return whether a word is the past tense of an irregular verb: rose, left."""
    verb = english_forms(word).get("VERB", word)
    return verb != word and not word.endswith(("s", "ed", "ing"))


def _joints_fit(words: Sequence[Word]) -> bool:
    """Return whether "of", "and" and so on may join these words into one name or term.

    "Ministry of Trade and Industry" is one name, but "Moscow and Washington" are two.
    """
    joints = [w.text for w in words[1:-1] if w.text in JOINTS]
    if words[0].text[0].isupper() and words[-1].text[0].isupper():
        if joints == ["and"] and words[-1].text.casefold() in word_list("en_institutions"):
            return True
        return not joints or joints[0] in ("of", "for", "on")
    return set(joints) <= _SMALL_JOINTS
