"""Phrase pairs that may become term pairs, with what all windows say about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from aligner.model import Bitext, Lang
from aligner.settings import TermSettings
from aligner.terms.windows.signs import usual_form
from aligner.terms.windows.tally import Tallied, Tally


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase pair in its usual spelling, with what was found about it in all texts.

    `share_vi` is the share of the aligned beads with the Vietnamese phrase that contain the pair,
    and `share_en` the share in the other direction. `often_vi` and `often_en` count the occurrences
    of each phrase.
    """

    vi: str
    en: str
    confidence: float
    share_vi: float
    share_en: float
    often_vi: int
    often_en: int
    seen: Tallied

    @property
    def rank(self) -> tuple[float, int, str, str]:
        """A sort key: the most confident first, then the most frequent."""
        return -self.confidence, -self.seen.beads, self.vi, self.en


def candidates(tally: Tally, bitexts: Sequence[Bitext], settings: TermSettings) -> list[Candidate]:
    """Return the phrase pairs of a tally; `bitexts` are those whose windows were added, in order.

    A pair is spelt as in the sentences where both of its phrases were seen.
    """
    found = []
    vi, en = tally.sides
    for pair in tally.pairs.values():
        vi_beads = max(vi.beads[pair.vi], pair.beads, 1)
        en_beads = max(en.beads[pair.en], pair.beads, 1)
        beads = max(pair.beads, 1)  # two reports can share a term outside their beads
        shares = beads / vi_beads, beads / en_beads
        found.append(
            Candidate(
                _own_form(vi.forms[pair.vi], _written(pair, bitexts, "vi")),
                _own_form(en.forms[pair.en], _written(pair, bitexts, "en")),
                _confidence(pair.chances, max(shares), settings),
                *shares,
                vi.forms[pair.vi].total(),
                en.forms[pair.en].total(),
                pair,
            )
        )
    return found


def _written(pair: Tallied, bitexts: Sequence[Bitext], lang: Lang) -> set[str]:
    """Return, in small letters, the spellings of a phrase in the places of a pair, and its key.

    Elsewhere the phrase may be inflected and mean something else: missing, and missed out.
    """
    found = {pair.vi if lang == "vi" else pair.en}
    for number, place in pair.places:
        sentence, span = (place.vi, place.vi_span) if lang == "vi" else (place.en, place.en_span)
        text = bitexts[number].document(lang).sentences[sentence].text
        found.add(text[slice(*span)].casefold())
    return found


def _own_form(forms: Counter[str], own: Set[str]) -> str:
    """Return the usual spelling of a phrase among its `own` spellings, if there are any."""
    return usual_form(
        Counter({form: n for form, n in forms.items() if form.casefold() in own}) or forms
    )


def _confidence(chances: Sequence[float], share: float, settings: TermSettings) -> float:
    """Return the chance that a pair is right, given its chances in the best windows.

    Each further window has half the weight of the one before, because a mistake is likely to be
    made again. If even the more regular of its terms is seldom rendered so (`share`), the pair is
    probably a neighbour of the right one.
    """
    doubt: float = 1.0
    for number, chance in enumerate(chances):
        doubt *= (1 - chance) ** (0.5**number)
    return float((1 - doubt) * min(1.0, share / settings.regular) ** 0.5)
