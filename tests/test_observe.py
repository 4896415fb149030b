"""A window tells which phrases of its two sides could mean the same, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Bead, Bitext, Relation
from aligner.settings import TermSettings
from aligner.terms.phrases import phrases
from aligner.terms.windows.observe import observe, windows
from aligner.terms.windows.packed import pack, unpack, window_key
from aligner.terms.windows.sightings import Observed, Sighting, Window
from format_samples import document
from wordbag import TokenBag

SETTINGS = TermSettings()
FEW = TermSettings(partners=1)  # leaves each phrase its best partner only


SAME = {
    "ngừng": "ceasefire",
    "bắn": "ceasefire",
    "giá": "price",
    "prices": "price",
    "dầu": "oil",
    "tàu": "ship",
    "ships": "ship",
    "gặp": "met",
}
BAG = TokenBag(SAME)
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
    return observed, by_key(observed)


def at(one: Sighting) -> list[tuple[float, int, int]]:
    """Return how sure each place of a sighting is, and its sentences."""
    return [(place.sure, place.vi, place.en) for place in one.places]


def by_key(observed: Observed) -> dict[tuple[str, str], Sighting]:
    """Return the sightings by the keys of their phrases."""
    return {(one.vi, one.en): one for one in observed.sightings}


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
    assert (truce.beads, truce.support, at(truce)) == (1, 0.9, [(0.9, 0, 0)])
    assert min(truce.forward, truce.back) > 0.9


def test_a_pair_without_a_bead_is_seen_between_two_reports_only() -> None:
    (_, reports), (_, translation) = (
        seen(bitext(ONE_TO_ONE[:1], relation)) for relation in ("comparable", "parallel")
    )
    assert at(reports[SHIP]) == [(0.0, 2, 2)]
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
        assert one.beads <= min(observed.vi.beads[vi], observed.en.beads[en])
        assert one.support <= one.beads
        assert (one.beads > 0) == (one.support > 0)
        assert 1 <= len(one.places) <= SETTINGS.places
        assert one.places == sorted(one.places, key=lambda place: (-place.sure, place.vi, place.en))
        for place in one.places:
            ours, theirs = phrases(VI[place.vi], "vi"), phrases(EN[place.en], "en")
            assert (vi, place.vi_span) in {(p.key, (p.start, p.end)) for p in ours}
            assert (en, place.en_span) in {(p.key, (p.start, p.end)) for p in theirs}


def test_a_place_is_as_sure_as_the_bead_that_holds_both_phrases_or_not_at_all() -> None:
    _, found = seen(bitext(ONE_TO_ONE[:3], "comparable"))
    unlinked = {pair: at(one)[0] for pair, one in found.items() if not one.beads}
    assert {sure > 0 for sure, _, _ in unlinked.values()} == {True, False}
    for sure, vi, en in unlinked.values():
        assert sure == (ONE_TO_ONE[vi].confidence if vi == en and vi < 3 else 0)


def test_every_phrase_of_a_window_is_counted_as_it_is_written() -> None:
    observed, _ = seen(bitext(ONE_TO_ONE))
    assert sum(forms.total() for forms in observed.vi.forms.values()) == sum(
        len(phrases(sentence, "vi")) for sentence in VI
    )
    assert observed.vi.forms[key("giá dầu", "vi", VI)] == {"giá dầu": 1, "Giá dầu": 1}
    assert observed.en.forms[key("price", "en", EN)] == {"price": 1, "prices": 1}


def test_nouns_are_known() -> None:
    observed, _ = seen(bitext(ONE_TO_ONE))
    assert key("ceasefire", "en", EN) in observed.en.nouns
    assert key("discussed", "en", EN) not in observed.en.nouns
    assert key("giá dầu", "vi", VI) in observed.vi.nouns


def test_beads_add_up_and_the_surest_stand_first() -> None:
    sentences = (["Giá dầu giảm."] * 3, ["Oil prices fell."] * 3)
    beads = [Bead((k,), (k,), confidence) for k, confidence in enumerate((0.6, 0.9, 0.6))]
    text = bitext(beads, "parallel", *sentences)
    _, found = seen(text, settings=TermSettings(places=2))
    price = found[key("Giá dầu", "vi", sentences[0]), key("Oil prices", "en", sentences[1])]
    assert price.beads == 3
    assert price.support == pytest.approx(2.1)
    assert at(price) == [(0.9, 1, 1), (0.6, 0, 0)]


def test_names_written_alike_are_seen_whatever_the_model_thinks_of_them() -> None:
    assert KERRY in seen(bitext(ONE_TO_ONE, "comparable"), TokenBag({}), FEW)[1]
    foreign = TokenBag({"Moscow": "x", "Matxcơva": "y"})
    texts = ["Tàu tới Matxcơva."], ["The ship left Moscow."]
    found = seen(bitext(ONE_TO_ONE[:1], "comparable", *texts), foreign, FEW)[1]
    assert (key("Matxcơva", "vi", texts[0]), key("Moscow", "en", texts[1])) in found


def test_what_lies_beyond_the_end_of_what_the_model_reads_is_counted_but_not_linked() -> None:
    short = TokenBag(BAG.same, longest=5)
    observed, found = seen(bitext(ONE_TO_ONE), short)
    assert TRUCE in found
    oil = key("dầu", "vi", VI)  # the eighth word of the first sentence
    assert observed.vi.forms[oil].total() == 2
    places = [at(one) for (vi, _), one in found.items() if vi == oil]
    assert places
    assert all(place == [(0.8, 1, 1)] for place in places)


@pytest.mark.parametrize(
    ("vi", "en"), [([], []), ([], list(EN)), (list(VI), []), (["..."], ["..."]), (["1"], ["2"])]
)
def test_a_side_without_phrases_shows_nothing(vi: list[str], en: list[str]) -> None:
    beads = [Bead((0,), (0,), 0.9)] if vi and en else []
    assert seen(bitext(beads, "comparable", vi, en))[1] == {}


def test_what_is_seen_does_not_depend_on_the_order_of_the_beads() -> None:
    text = bitext(ONE_TO_ONE)
    there, back = (
        observe(Window(text, range(4), range(4), beads), BAG, SETTINGS)
        for beads in (ONE_TO_ONE, ONE_TO_ONE[::-1])
    )
    assert by_key(there) == by_key(back)
    assert (there.vi.beads, there.en.beads) == (back.vi.beads, back.en.beads)


# What is remembered


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_a_window_that_is_remembered_says_the_same(relation: Relation) -> None:
    observed, _ = seen(bitext(ONE_TO_ONE, relation))
    chances = np.linspace(0, 1, len(observed.sightings))
    again, kept = unpack(pack(observed, chances, 0.0))
    assert again == observed
    assert kept.tolist() == chances.tolist()


def test_what_is_too_unlikely_is_not_remembered() -> None:
    observed, _ = seen(bitext(ONE_TO_ONE))
    chances = np.linspace(0, 1, len(observed.sightings))
    again, kept = unpack(pack(observed, chances, 0.5))
    assert kept.tolist() == [chance for chance in chances.tolist() if chance >= 0.5]
    assert again.sightings == observed.sightings[-len(kept) :]
    assert (again.vi.beads, again.vi.forms) == (observed.vi.beads, observed.vi.forms)


def test_a_window_is_known_by_all_that_it_says_anything_from() -> None:
    text = bitext(ONE_TO_ONE)
    others = [
        bitext(ONE_TO_ONE, "comparable"),
        bitext(ONE_TO_ONE[:3]),
        bitext((*ONE_TO_ONE[:3], Bead((3,), (3,), 0.7))),
        bitext((*ONE_TO_ONE[:3], Bead((3,), (2, 3), 0.6))),
        bitext(ONE_TO_ONE, vi=(*VI[:3], "Giá gạo tăng.")),
        bitext(ONE_TO_ONE, en=(*EN[:3], "No.")),
    ]
    keys = [
        window_key(window, SETTINGS) for one in (text, *others) for window in windows(one, SETTINGS)
    ]
    (window,) = windows(text, SETTINGS)
    keys.append(window_key(window, TermSettings(temperature=0.2)))
    assert len(set(keys)) == len(keys) == 8
    (same,) = windows(bitext(ONE_TO_ONE), SETTINGS)
    assert window_key(same, SETTINGS) == keys[0]
