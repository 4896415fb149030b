"""A window tells which phrases of its two sides could mean the same, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Bead, Bitext, Relation
from aligner.settings import TermSettings
from aligner.terms.observe import Observed, Sighting, Window, observe, windows
from aligner.terms.phrases import phrases
from aligner.vectors import TokenRows
from format_samples import document
from wordbag import DIM, WordBag

SETTINGS = TermSettings()


class TokenBag(WordBag):
    """A bag of words whose tokens are its words, each the same in any sentence.

    It reads no more than `longest` tokens of a sentence.
    """

    def __init__(self, same: dict[str, str], longest: int = 99) -> None:
        super().__init__(same)
        self.longest = longest

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the rows of the first words of every text."""
        found = []
        for text in texts:
            words = list(re.finditer(r"[^\W_]+", text))[: self.longest]
            found.append(
                TokenRows(
                    self.encode([word.group() for word in words]).reshape(len(words), DIM),
                    np.array([word.start() for word in words], dtype=np.int64),
                    np.array([word.end() for word in words], dtype=np.int64),
                )
            )
        return found


BAG = TokenBag(
    {
        **{"ngừng": "ceasefire", "bắn": "ceasefire", "giá": "price", "dầu": "oil", "tàu": "ship"},
        **{"prices": "price", "ships": "ship", "chiếc": "the", "về": "of", "gặp": "met"},
    }
)
VI = (
    "Họ bàn về ngừng bắn và giá dầu.",
    "Giá dầu giảm.",
    "Ông Kerry gặp một chiếc tàu.",
    "Bảo tàng ở Huế mở cửa.",
)
EN = (
    "They discussed the ceasefire and the price of oil.",
    "Oil prices fell.",
    "Kerry met the ship.",
    "Yes, and no.",
)


def bitext(
    beads: Sequence[Bead],
    relation: Relation = "parallel",
    vi: Sequence[str] = VI,
    en: Sequence[str] = EN,
) -> Bitext:
    """Return two small texts with those beads."""
    return Bitext(
        document("vi/a.txt", "vi", vi), document("en/a.txt", "en", en), tuple(beads), relation, ""
    )


ONE_TO_ONE = tuple(Bead((k,), (k,), 0.9 - k / 10) for k in range(4))


def seen(
    text: Bitext, bag: TokenBag = BAG, settings: TermSettings = SETTINGS
) -> tuple[Observed, dict[tuple[str, str], Sighting]]:
    """Return what the only window of a bitext says, and its sightings by their keys."""
    (window,) = windows(text, settings)
    observed = observe(window, bag, settings)
    return observed, {(one.vi, one.en): one for one in observed.sightings}


def key(text: str, lang: str, sentences: Sequence[str]) -> str:
    """Return the key of a phrase that stands in one of the sentences."""
    return next(
        phrase.key
        for sentence in sentences
        for phrase in phrases(sentence, "vi" if lang == "vi" else "en")
        if phrase.text == text
    )


TRUCE = key("ngừng bắn", "vi", VI), key("ceasefire", "en", EN)
SHIP = key("tàu", "vi", VI), key("ship", "en", EN)
KERRY = key("Kerry", "vi", VI), key("Kerry", "en", EN)

# Windows


def long_bitext(sentences: int, beads: Sequence[Bead], relation: Relation) -> Bitext:
    """Return texts of so many sentences."""
    return bitext(beads, relation, ["Giá dầu."] * sentences, ["Oil price."] * sentences)


ANY_BEADS = st.lists(
    st.builds(
        lambda src, tgt, confidence: Bead(tuple(sorted(src)), tuple(sorted(tgt)), confidence),
        st.sets(st.integers(0, 19), max_size=2),
        st.sets(st.integers(0, 19), max_size=2),
        st.sampled_from([0.2, 0.49, 0.5, 0.9]),
    ),
    max_size=15,
)


@given(ANY_BEADS, st.integers(1, 5))
def test_a_translation_is_cut_into_windows_that_hold_each_sure_bead_once(
    beads: list[Bead], size: int
) -> None:
    found = list(windows(long_bitext(20, beads, "parallel"), TermSettings(window=size)))
    sure = [bead for bead in beads if not bead.is_null and bead.confidence >= 0.5]
    assert [bead for window in found for bead in window.beads] == sure
    assert all(len(window.beads) == size for window in found[:-1])
    for window in found:
        assert list(window.vi) == sorted({i for bead in window.beads for i in bead.src})
        assert list(window.en) == sorted({j for bead in window.beads for j in bead.tgt})


@given(ANY_BEADS)
def test_two_reports_stay_whole_unless_they_are_long(beads: list[Bead]) -> None:
    text = long_bitext(20, beads, "comparable")
    (whole,) = windows(text, TermSettings(max_sentences=20))
    assert (list(whole.vi), list(whole.en)) == (list(range(20)), list(range(20)))
    assert whole.beads == [bead for bead in text.links if bead.confidence >= 0.5]
    cut = list(windows(text, TermSettings(max_sentences=19)))
    translation = Bitext(text.vi, text.en, text.beads, "parallel", "")
    assert [w.beads for w in cut] == [w.beads for w in windows(translation, TermSettings())]


# What is seen


def test_words_that_mean_the_same_cover_each_other_in_their_bead() -> None:
    _, found = seen(bitext(ONE_TO_ONE))
    truce = found[TRUCE]
    assert (truce.beads, truce.support, truce.places) == (1, 0.9, [(0.9, 0, 0)])
    assert min(truce.forward, truce.back) > 0.9


def test_a_pair_without_a_bead_is_seen_between_two_reports_only() -> None:
    (_, reports), (_, translation) = (
        seen(bitext(ONE_TO_ONE[:1], relation)) for relation in ("comparable", "parallel")
    )
    assert reports[SHIP].places == [(0.0, 2, 2)]
    assert (reports[SHIP].beads, reports[SHIP].support) == (0, 0)
    assert SHIP not in translation


def test_every_sighting_of_a_translation_stands_in_a_bead() -> None:
    _, found = seen(bitext(ONE_TO_ONE))
    assert found
    assert all(one.beads > 0 for one in found.values())


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_figures_of_a_sighting_agree_with_each_other_and_with_the_text(
    relation: Relation,
) -> None:
    observed, found = seen(bitext(ONE_TO_ONE, relation))
    assert len(found) == len(observed.sightings)
    for (vi, en), one in found.items():
        assert 0 <= one.forward <= 1 + 1e-5
        assert 0 <= one.back <= 1 + 1e-5
        assert one.beads <= min(observed.vi_beads[vi], observed.en_beads[en])
        assert one.support <= one.beads
        assert (one.beads > 0) == (one.support > 0)
        assert 1 <= len(one.places) <= SETTINGS.places
        assert one.places == sorted(one.places, key=lambda place: (-place[0], place[1:]))
        for _, i, j in one.places:
            assert vi in {phrase.key for phrase in phrases(VI[i], "vi")}
            assert en in {phrase.key for phrase in phrases(EN[j], "en")}


def test_every_phrase_of_a_window_is_counted_as_it_is_written() -> None:
    observed, _ = seen(bitext(ONE_TO_ONE))
    assert sum(forms.total() for forms in observed.vi_forms.values()) == sum(
        len(phrases(sentence, "vi")) for sentence in VI
    )
    assert observed.vi_forms[key("giá dầu", "vi", VI)] == {"giá dầu": 1, "Giá dầu": 1}
    assert observed.en_forms[key("price", "en", EN)] == {"price": 1, "prices": 1}


def test_nouns_are_known() -> None:
    observed, _ = seen(bitext(ONE_TO_ONE))
    assert key("ceasefire", "en", EN) in observed.en_nouns
    assert key("discussed", "en", EN) not in observed.en_nouns
    assert key("giá dầu", "vi", VI) in observed.vi_nouns


def test_beads_add_up_and_the_surest_stand_first() -> None:
    sentences = (["Giá dầu giảm."] * 3, ["Oil prices fell."] * 3)
    beads = [Bead((k,), (k,), confidence) for k, confidence in enumerate((0.6, 0.9, 0.6))]
    text = bitext(beads, "parallel", *sentences)
    _, found = seen(text, settings=TermSettings(places=2))
    price = found[key("Giá dầu", "vi", sentences[0]), key("Oil prices", "en", sentences[1])]
    assert (price.beads, price.support) == (3, pytest.approx(2.1))
    assert price.places == [(0.9, 1, 1), (0.6, 0, 0)]


def test_names_written_alike_are_seen_whatever_the_model_thinks_of_them() -> None:
    assert KERRY in seen(bitext(ONE_TO_ONE, "comparable"), TokenBag({}), few())[1]
    foreign = TokenBag({"Moscow": "x", "Matxcơva": "y"})
    texts = ["Tàu tới Matxcơva."], ["The ship left Moscow."]
    found = seen(bitext(ONE_TO_ONE[:1], "comparable", *texts), foreign, few())[1]
    assert (key("Matxcơva", "vi", texts[0]), key("Moscow", "en", texts[1])) in found


def few() -> TermSettings:
    """Return settings that leave each phrase its best partner only."""
    return TermSettings(partners=1)


def test_what_lies_beyond_the_end_of_what_the_model_reads_is_counted_but_not_linked() -> None:
    short = TokenBag(BAG.same, longest=5)
    observed, found = seen(bitext(ONE_TO_ONE), short)
    assert TRUCE in found
    oil = key("dầu", "vi", VI)
    assert observed.vi_forms[oil].total() == 2
    assert all(
        places == [(0.8, 1, 1)] for places in (o.places for o in found.values() if o.vi == oil)
    )


@pytest.mark.parametrize(
    ("vi", "en"), [([], []), ([], list(EN)), (list(VI), []), (["..."], ["..."]), (["1"], ["2"])]
)
def test_a_side_without_phrases_shows_nothing(vi: list[str], en: list[str]) -> None:
    beads = [Bead((0,), (0,), 0.9)] if vi and en else []
    assert seen(bitext(beads, "comparable", vi, en))[1] == {}


def test_what_is_seen_does_not_depend_on_the_order_of_the_beads() -> None:
    text = bitext(ONE_TO_ONE)
    ((there, _), (back, _)) = (
        (observe(Window(text, range(4), range(4), beads), BAG, SETTINGS), None)
        for beads in (ONE_TO_ONE, ONE_TO_ONE[::-1])
    )
    assert sorted(there.sightings, key=lambda one: (one.vi, one.en)) == sorted(
        back.sightings, key=lambda one: (one.vi, one.en)
    )
    assert (there.vi_beads, there.en_beads) == (back.vi_beads, back.en_beads)
