"""Tells which runs of Vietnamese syllables can be terms, by the parts of speech."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from aligner.terms.names.spelling import is_foreign
from aligner.terms.phrases.tokens import Token, is_capital
from aligner.terms.word_lists import begins_institution, word_list

# Parts of speech (VLSP 2013) that a term may consist of, and those of a single syllable.
TAGS = frozenset(["N", "Np", "Ny", "Nb", "Nu", "Nc", "V", "A", "I", "Z", "M", "X", "FW"])
_LONE = frozenset(["N", "Np", "Ny", "Nb", "FW"])
AGAINST = "chống"  # between two nouns: thuế chống bán phá giá
_TIMES = frozenset(["sáng", "trưa", "chiều", "tối", "đêm", "hôm", "ngày"])


def is_vietnamese_term(span: Sequence[Token]) -> bool:
    """Return whether the parts of speech of a run are those of a term."""
    texts = [token.word.text for token in span]
    if not all(token.tag in TAGS or token.joins or is_capital(token) for token in span):
        return False
    joints = {token.word.text for token in span if token.joins}
    if joints and not (_is_institution(texts) or _is_against(span, joints)):
        return False
    if len(span) > 1:
        return not (_ends_in_verb(span) or _is_clause(span))
    foreign = is_foreign(texts[0])  # cadimi
    name = texts[0][0].isupper() and (span[0].word.start > 0 or foreign)
    return len(texts[0]) > 1 and (name or foreign or span[0].tag in _LONE)


def _ends_in_verb(span: Sequence[Token]) -> bool:
    """Return whether a run is a noun with its verb: giá dầu tăng, tàu chở."""
    last = span[-1]
    lone = last.tag == "V" and last.opens and last.word.text.islower()
    return lone and (span[0].tag.startswith("N") or is_capital(span[0]))


def _is_clause(span: Sequence[Token]) -> bool:
    """Return whether a name is followed by its verb or by the time: bão Sơn Trà đổ bộ, Lan sáng."""
    heads = word_list("vi_institutions")  # Quỹ đầu tư Sen Vàng
    return any(
        (name.tag == "Np" or (is_capital(name) and is_foreign(name.word.text)))
        and name.word.text.casefold() not in heads
        and token.word.text.islower()
        and (token.tag == "V" or token.word.text in _TIMES)
        for name, token in pairwise(span)
    )


def _is_against(span: Sequence[Token], joints: Set[str]) -> bool:
    """Return whether a noun is against something: thuế chống bán phá giá (anti-dumping duty)."""
    return joints == {AGAINST} and span[0].tag.startswith("N") and span[0].word.text.islower()


def _is_institution(words: Sequence[str]) -> bool:
    """Return whether words with a conjunction can be one name: Bộ Kế hoạch và Đầu tư."""
    return words[0][0].isupper() and begins_institution(words)
