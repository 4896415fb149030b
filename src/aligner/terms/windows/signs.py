"""Computes the signs (features) from which the chance of a term pair is estimated.

None of them is enough alone: association is unreliable for rare pairs, vectors confuse terms of one
field, spelling helps with names only, and the word list has few terms. `forest.py` combines them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aligner.model import LANGS
from aligner.terms.links.heads import load_heads
from aligner.terms.names.kinds import is_name
from aligner.terms.names.likeness import is_demonym, name_likeness
from aligner.terms.names.offices import names_of, place_of, where_right
from aligner.terms.windows.shares import rendered_shares
from aligner.terms.windows.sightings import Observed, Sighting
from aligner.text.words import english_forms
from aligner.vectors import Embedder, mean_to_nearest

SIGNS = (
    "likeness", "forward", "back", "both", "least", "phrase",
    "vi lead", "en lead", "vi cover lead", "en cover lead", "vi phrase lead", "en phrase lead",
    "dice", "support", "recurring", "linked", "frequency",
    "name", "both names", "one name", "demonym", "office",
    "length", "words", "lone", "verb", "vi noun", "en noun",
    "vi rendered", "vi other", "en rendered", "en other", "vi word lead", "en word lead",
    "agreement", "vi agreement lead", "en agreement lead",
)  # fmt: skip
NEAREST = 10  # phrases of the other language with which a phrase is compared (CSLS)
LONGER_THAN_ACRONYMS = 6  # letters
LEAD = 0.5  # the lead of a pair that has no rival
BOTH_COVERED = 1.5  # weight of the cover in the score by which pairs lead their rivals
OFTEN = 16  # beads beyond which a pair is no likelier


def signs(observed: Observed, embedder: Embedder) -> NDArray[np.float64]:
    """Return the signs of every sighting in a window, [sightings, len(SIGNS)]."""
    pairs = observed.sightings
    if not pairs:
        return np.empty((0, len(SIGNS)))
    vi_text = {key: usual_form(observed.vi.forms[key]) for key in {pair.vi for pair in pairs}}
    en_text = {key: usual_form(observed.en.forms[key]) for key in {pair.en for pair in pairs}}
    texts = [(vi_text[pair.vi], en_text[pair.en]) for pair in pairs]
    phrase = phrase_likeness(pairs, vi_text, en_text, embedder)
    words = np.array([rendered_shares(*text) for text in texts])  # [pairs, 4]
    found = _seen_signs(observed) | {"phrase": phrase}
    written = [_written(*text) for text in texts]
    found |= {name: np.array([one[name] for one in written], np.float64) for name in written[0]}
    found |= dict(zip(("vi rendered", "vi other", "en rendered", "en other"), words.T, strict=True))
    scores = {
        "": found["likeness"] + BOTH_COVERED * found["both"] + phrase,
        "cover ": found["both"],
        "phrase ": phrase,
        "word ": words[:, 0] + words[:, 2],
        "agreement ": found["agreement"],
    }
    for name, score in scores.items():
        found[f"vi {name}lead"] = leads([pair.vi for pair in pairs], score)
        found[f"en {name}lead"] = leads([pair.en for pair in pairs], score)
    return np.column_stack([found[name] for name in SIGNS])


def _seen_signs(observed: Observed) -> dict[str, NDArray[np.float64]]:
    """Return the signs that are computed from how each pair was seen, each [sightings]."""
    pairs, vi, en = observed.sightings, observed.vi, observed.en
    forward = np.array([pair.forward for pair in pairs])
    back = np.array([pair.back for pair in pairs])
    beads = np.array([pair.beads for pair in pairs])
    seen = np.array([vi.beads[pair.vi] + en.beads[pair.en] for pair in pairs])
    found: dict[str, ArrayLike] = {
        "likeness": [pair.likeness for pair in pairs],
        "forward": forward,
        "back": back,
        "both": np.sqrt(forward * back),
        "least": np.minimum(forward, back),
        "agreement": [pair.agreement for pair in pairs],
        "dice": 2 * beads / np.maximum(seen, 1),
        "support": np.minimum([pair.support for pair in pairs], 1),
        "recurring": np.log2(1 + np.minimum(beads, OFTEN)),
        "linked": beads > 0,
        "frequency": [_frequency(vi.forms[pair.vi], en.forms[pair.en]) for pair in pairs],
        "vi noun": [pair.vi in vi.nouns for pair in pairs],
        "en noun": [pair.en in en.nouns for pair in pairs],
    }
    return {name: np.asarray(values, np.float64) for name, values in found.items()}


def usual_form(forms: Counter[str]) -> str:
    """Return the most frequent spelling of a phrase; on a tie, the one in small letters.

    Capitals that are too long for an acronym (in a dateline or headline) become a name if they have
    several words or are a known place: MOSCOW is Moscow, but TP HCM and UNICEF stay as they are.
    """

    def order(text: str) -> tuple[int, int, int, str]:
        return -forms[text], sum(map(str.isupper, text)), len(text), text

    usual = min(forms, key=order)
    if not usual.isupper() or len(usual) < LONGER_THAN_ACRONYMS:
        return usual
    known = (names_of(place, lang) for lang in LANGS if (place := place_of(usual, lang)))
    written = {name.casefold(): name for name in chain.from_iterable(known)}
    return written.get(usual.casefold()) or (usual.title() if " " in usual else usual)


def leads(keys: Sequence[str], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the difference between the score of each pair and the best other one with its key."""
    best: defaultdict[str, list[float]] = defaultdict(list)
    for key, score in zip(keys, scores.tolist(), strict=True):
        best[key].append(score)
    tops = {key: sorted(found)[-2:] for key, found in best.items()}
    found = np.full(len(keys), LEAD)
    for number, (key, score) in enumerate(zip(keys, scores.tolist(), strict=True)):
        top = tops[key]
        if len(top) > 1:
            found[number] = score - (top[0] if score == top[-1] else top[-1])
    return np.asarray(np.clip(found, -1, 1), dtype=np.float64)


def phrase_likeness(
    pairs: Sequence[Sighting],
    vi_text: Mapping[str, str],
    en_text: Mapping[str, str],
    embedder: Embedder,
) -> NDArray[np.float64]:
    """Return the CSLS of each pair of phrases by themselves, [pairs]."""
    vi_at = {key: i for i, key in enumerate(sorted(vi_text))}
    en_at = {key: j for j, key in enumerate(sorted(en_text))}
    heads = load_heads(embedder.name)
    vi = heads.phrases(embedder.encode([vi_text[key] for key in vi_at]), "vi")
    en = heads.phrases(embedder.encode([en_text[key] for key in en_at]), "en")
    vi_near, en_near = mean_to_nearest(vi, en, NEAREST), mean_to_nearest(en, vi, NEAREST)
    i = np.array([vi_at[pair.vi] for pair in pairs])
    j = np.array([en_at[pair.en] for pair in pairs])
    cosines = np.einsum("nd,nd->n", vi[i], en[j])
    return np.asarray(2 * cosines - vi_near[i] - en_near[j], dtype=np.float64)


def _frequency(vi: Counter[str], en: Counter[str]) -> float:
    """Return the absolute logarithm of the ratio of the numbers of occurrences."""
    return float(abs(np.log(vi.total() / en.total())))


def _written(vi: str, en: str) -> dict[str, float]:
    """Return the signs that depend on nothing but the words of a pair."""
    ours, theirs = is_name(vi), is_name(en)
    classes = english_forms(en.split()[-1])
    return {
        "name": name_likeness(vi, en) if ours and theirs else 0.0,
        "both names": ours and theirs,
        "one name": ours != theirs,
        "demonym": is_demonym(vi, en),
        "office": bool(where_right(vi, en)),
        "length": abs(float(np.log((len(vi) + 3) / (len(en) + 3)))),
        "words": len(en.split()) + len(vi.split()) / 2,
        "lone": len(vi.split()) == 1 and vi.islower(),
        "verb": en.islower() and bool(classes) and "NOUN" not in classes,
    }
