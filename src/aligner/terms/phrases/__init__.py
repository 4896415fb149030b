"""Finds the phrases of a sentence that could be terms: names, noun phrases and content words.

A candidate neither begins nor ends with a function word, crosses no punctuation and splits no name.
Candidates overlap; which of them are terms is decided later, by what they are linked to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.model import Lang
from aligner.terms.phrases.english import english_tokens
from aligner.terms.phrases.english_terms import is_english_term
from aligner.terms.phrases.tokens import Token, spans
from aligner.terms.phrases.vietnamese import vietnamese_tokens
from aligner.terms.phrases.vietnamese_terms import is_vietnamese_term
from aligner.text.words import english_forms

MAX_SYLLABLES, MAX_WORDS = 7, 5  # of a term in small letters


@dataclass(frozen=True, slots=True)
class Phrase:
    """A candidate in a sentence: `text` is `sentence[start:end]`, and forms of a term share a key.

    `is_noun` is True if its head can be a noun or a name.
    """

    key: str
    text: str
    start: int
    end: int
    is_noun: bool


def phrases(sentence: str, lang: Lang) -> list[Phrase]:
    """Return the candidates in an NFC sentence, in order; shorter ones come first."""
    tokens = vietnamese_tokens(sentence) if lang == "vi" else english_tokens(sentence)
    is_term = is_vietnamese_term if lang == "vi" else is_english_term
    limit = MAX_SYLLABLES if lang == "vi" else MAX_WORDS
    return [
        _phrase(span, sentence, lang) for span in spans(tokens, sentence, limit) if is_term(span)
    ]


def _phrase(span: Sequence[Token], sentence: str, lang: Lang) -> Phrase:
    key = " ".join(token.word.key for token in span)
    start, end = span[0].word.start, span[-1].word.end
    if "." in span[-1].word.text and sentence[end : end + 1] == ".":
        end += 1  # U.S.
    head = span[0] if lang == "vi" else span[-1]
    if lang == "vi":
        is_noun = head.tag.startswith("N")
    else:
        classes = english_forms(head.word.text.casefold())
        named = len(span) > 1 and head.word.text[0].isupper()  # Hung, who is in the lexicon too
        is_noun = named or not classes or "NOUN" in classes
    return Phrase(key, sentence[start:end], start, end, is_noun)
