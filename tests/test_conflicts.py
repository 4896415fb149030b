"""Conflicts of a glossary are told apart, each once, with a rendering to prefer."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.glossary import Glossary
from aligner.term_pair import STATUSES, Conflict, Evidence, TermPair, Variants
from aligner.terms.conflicts import find_conflicts
from aligner.text.words import term_key

US = TermPair("Mỹ", "United States", "name", 0.4, count=1)
HOA_KY = TermPair("Hoa Kỳ", "United States", "name", 0.4, count=1)
SECRETARY = TermPair("Ngoại trưởng", "Secretary of State", "title", 0.4, count=1, beside=("Mỹ",))
MINISTER = TermPair("Ngoại trưởng", "Foreign Minister", "title", 0.4, count=1, beside=("Nga",))
LONG_MINISTER = TermPair("Bộ trưởng Ngoại giao", "Foreign Minister", "title", 0.4, count=1)
# Renderings that no table knows: both were seen, and for this term before all.
TALKS = TermPair("hội đàm", "talks", "term", 0.8, 0.6, 9, 2, consistency_en=0.6)
NEGOTIATIONS = TermPair("hội đàm", "negotiations", "term", 0.8, 0.4, 6, 2, consistency_en=0.6)

# Pairs of few names and words, so that they meet and quarrel.
VI = ["Mỹ", "Hoa Kỳ", "Nga", "LB Nga", "Matxcơva", "Moskva", "Ngoại trưởng", "Ngoại trưởng Mỹ"]
VI += ["Bộ trưởng Ngoại giao", "hội đàm", "đàm phán", "Tổng thống Mỹ", "Tổng thống Hoa Kỳ"]
EN = ["United States", "US", "American", "Russia", "Russian Federation", "Moscow", "Mosocw"]
EN += ["Foreign Minister", "Secretary of State", "talks", "negotiations", "US President"]
PAIRS = st.lists(
    st.builds(
        TermPair,
        vi=st.sampled_from(VI),
        en=st.sampled_from(EN),
        kind=st.sampled_from(["name", "title", "term"]),
        confidence=st.sampled_from([0.3, 0.9]),
        consistency=st.sampled_from([0.3, 1.0]),
        consistency_en=st.sampled_from([0.1, 0.5]),
        count=st.integers(0, 9),
        status=st.sampled_from(STATUSES),
        preferred=st.booleans(),
        variants=st.builds(
            Variants,
            vi=st.lists(st.sampled_from(VI), max_size=2).map(tuple),
            en=st.lists(st.sampled_from(EN), max_size=2).map(tuple),
        ),
        beside=st.lists(st.sampled_from(["Mỹ", "Hoa Kỳ", "Nga"]), max_size=1).map(tuple),
        state=st.sampled_from(["new", "lost"]),
    ),
    max_size=14,
    unique_by=lambda pair: pair.id,
)


def conflicts(*pairs: TermPair) -> list[Conflict]:
    """Return the conflicts of a glossary of these pairs."""
    return find_conflicts(Glossary(pairs))


def told(*pairs: TermPair) -> list[tuple[str, str, str, str]]:
    """Return the kind, the language, the term and the proposal of each conflict."""
    return [(c.kind, c.lang, c.term, c.preferred) for c in conflicts(*pairs)]


def forms(conflict: Conflict) -> set[str]:
    """Return all terms and variants of a conflict's pairs in the language of its renderings."""
    if conflict.lang == "en":
        return {form for p in conflict.pairs for form in (p.vi, *p.variants.vi)}
    return {form for p in conflict.pairs for form in (p.en, *p.variants.en)}


# Synonyms


def test_two_names_of_one_country_are_synonyms_though_each_was_seen_but_once() -> None:
    (conflict,) = conflicts(US, HOA_KY)
    assert conflict == Conflict(
        kind="synonym",
        lang="en",
        term="United States",
        pairs=(US, HOA_KY),
        preferred="Mỹ",
        reason="“United States” stands for “Mỹ” (once) and “Hoa Kỳ” (once), names of one place or "
        "body: choose one, or keep them on purpose.",
    )


def test_two_names_of_one_office_are_synonyms_though_each_was_seen_but_once() -> None:
    (conflict,) = conflicts(MINISTER, LONG_MINISTER)
    assert (conflict.kind, conflict.preferred) == ("synonym", "Ngoại trưởng")
    assert conflict.reason == (
        "“Foreign Minister” stands for “Ngoại trưởng” (once) and “Bộ trưởng Ngoại giao” (once), "
        "names of one office: choose one, or keep them on purpose."
    )


def test_the_more_frequent_name_is_proposed_unless_a_reviewer_wants_another() -> None:
    often = replace(HOA_KY, count=5)
    approved = replace(US, status="approved")
    preferred = replace(often, status="approved", preferred=True)
    assert [c.preferred for c in conflicts(US, often)] == ["Hoa Kỳ"]
    assert [c.preferred for c in conflicts(approved, often)] == ["Mỹ"]
    (conflict,) = conflicts(approved, preferred)
    assert conflict.preferred == "Hoa Kỳ"
    assert conflict.reason.endswith(": “Hoa Kỳ” is preferred.")


def test_of_two_names_that_a_reviewer_wants_alike_neither_is_said_to_be_the_one() -> None:
    both = [replace(pair, status="approved") for pair in (US, HOA_KY)]
    (conflict,) = conflicts(*both)
    assert conflict.reason.endswith(
        ": “Mỹ” and “Hoa Kỳ” are approved; prefer one, or keep them on purpose."
    )


def test_names_meet_though_the_other_side_is_an_acronym_or_an_adjective() -> None:
    acronym = TermPair("Mỹ", "U.S.", count=5)
    adjective = TermPair("Hoa Kỳ", "American", count=2)
    (conflict,) = conflicts(acronym, HOA_KY, adjective)
    assert conflict.pairs == (acronym, adjective, HOA_KY)
    assert conflict.reason.startswith("“U.S.” stands for “Mỹ” (5 times) and “Hoa Kỳ” (3 times),")


def test_a_variant_under_another_name_is_a_synonym_and_its_unknown_count_is_not_told() -> None:
    russia = TermPair("Nga", "Russia", count=3, variants=Variants(vi=("LB Nga", "Liên bang Nga")))
    (conflict,) = conflicts(russia)
    assert (conflict.kind, conflict.preferred, conflict.pairs) == ("synonym", "Nga", (russia,))
    assert "“Nga” (3 times) and “LB Nga”, names of one place" in conflict.reason


def test_two_english_names_of_one_country_are_synonyms() -> None:
    pairs = TermPair("Nga", "Russia", count=2), TermPair("Nga", "Russian Federation", count=1)
    assert told(*pairs) == [("synonym", "vi", "Nga", "Russia")]


def test_other_words_are_synonyms_once_they_were_seen_often_enough() -> None:
    assert told(TALKS, NEGOTIATIONS) == [("synonym", "vi", "hội đàm", "talks")]


@pytest.mark.parametrize(
    ("talks", "negotiations"),
    [
        (replace(TALKS, count=2), replace(NEGOTIATIONS, count=2)),  # can be chance
        (TALKS, replace(NEGOTIATIONS, count=1)),
        (TALKS, replace(NEGOTIATIONS, confidence=0.5)),
        (TALKS, replace(NEGOTIATIONS, consistency_en=0.1)),  # belongs to another term
        (replace(TALKS, consistency=0.9), replace(NEGOTIATIONS, consistency=0.9)),  # neighbours
        (replace(TALKS, count=60), replace(NEGOTIATIONS, count=2)),
    ],
)
def test_a_guess_is_no_synonym(talks: TermPair, negotiations: TermPair) -> None:
    assert told(talks, negotiations) == []


def test_renderings_that_a_reviewer_approved_are_synonyms_whatever_their_count() -> None:
    typed = [replace(p, count=0, confidence=0, status="approved") for p in (TALKS, NEGOTIATIONS)]
    assert [c.kind for c in conflicts(*typed)] == ["synonym"]


def test_a_capital_in_place_of_its_country_is_no_synonym() -> None:
    pairs = [replace(TALKS, vi="Nga", en=en, count=n) for en, n in (("Russia", 9), ("Moscow", 5))]
    assert told(*pairs) == []
    assert told(TermPair("Mỹ", "US", count=9), replace(TALKS, vi="Mỹ", en="Washington")) == []


# Roles


def test_a_title_that_depends_on_the_country_is_a_role() -> None:
    (conflict,) = conflicts(SECRETARY, MINISTER)
    assert (conflict.kind, conflict.lang, conflict.term) == ("role", "vi", "Ngoại trưởng")
    assert (conflict.pairs, conflict.preferred) == ((MINISTER, SECRETARY), "Foreign Minister")
    assert conflict.reason == (
        "It depends on whose office it is: United States “Secretary of State” (once); "
        "elsewhere “Foreign Minister” (once)."
    )


def test_one_office_under_two_names_is_a_role_where_its_renderings_differ_by_country() -> None:
    (conflict,) = conflicts(SECRETARY, LONG_MINISTER)
    assert (conflict.kind, conflict.pairs) == ("role", (LONG_MINISTER, SECRETARY))
    assert conflict.reason.endswith(
        "“Bộ trưởng Ngoại giao” and “Ngoại trưởng” name the same office."
    )


def test_a_ministry_that_depends_on_the_country_is_a_role() -> None:
    pairs = [TermPair("Bộ Ngoại giao", en) for en in ("State Department", "Foreign Ministry")]
    assert told(*pairs) == [("role", "vi", "Bộ Ngoại giao", "Foreign Ministry")]


def test_a_rendering_with_several_terms_by_country_is_a_role_too() -> None:
    pairs = [TermPair(vi, "President", count=2) for vi in ("Tổng thống", "Chủ tịch")]
    assert told(*pairs) == [("role", "en", "President", "Tổng thống")]


def test_the_forms_of_one_rendering_are_one_role() -> None:
    plural = replace(MINISTER, en="foreign ministers")
    (conflict,) = conflicts(SECRETARY, MINISTER, plural)
    assert set(conflict.pairs) == {SECRETARY, MINISTER, plural}
    assert conflict.reason.endswith("; elsewhere “Foreign Minister” (twice).")


def test_a_role_and_its_synonyms_are_two_conflicts() -> None:
    assert told(SECRETARY, MINISTER, LONG_MINISTER) == [
        ("role", "vi", "Ngoại trưởng", "Foreign Minister"),
        ("synonym", "en", "Foreign Minister", "Ngoại trưởng"),
    ]


def test_with_the_country_in_the_term_its_own_name_of_the_office_is_proposed() -> None:
    pairs = [replace(p, vi="Ngoại trưởng Mỹ") for p in (SECRETARY, replace(MINISTER, count=4))]
    assert told(*pairs) == [("role", "vi", "Ngoại trưởng Mỹ", "Secretary of State")]


def test_a_title_of_no_known_office_is_a_role_where_it_stands_beside_other_countries() -> None:
    envoy = TermPair("đặc sứ", "special envoy", "title", 0.5, count=3, beside=("Mỹ", "Hoa Kỳ"))
    legate = TermPair("đặc sứ", "legate", "title", 0.5, count=3, beside=("Vatican",))
    (conflict,) = conflicts(envoy, legate)
    assert conflict.kind == "role"
    assert "beside Hoa Kỳ and Mỹ “special envoy” (3 times)" in conflict.reason
    assert told(replace(envoy, count=2), legate) == []
    assert told(envoy, replace(legate, beside=("Vatican", "Mỹ"))) == []


# Spellings and typing errors


@pytest.mark.parametrize(
    ("first", "second", "preferred"),
    [
        (("Matxcơva", "Moscow"), ("Moskva", "Moscow"), "Matxcơva"),
        (("Matxcơva", "Moscow"), ("Mátxcơva", "Moscow"), "Matxcơva"),
        (("Ukraina", "Ukraine"), ("Ukraine", "Ukraine"), "Ukraina"),
        (("Sergei Lavrov", "Sergei"), ("Sergei Lavrov", "Sergey"), "Sergei"),
        (("quốc phòng", "defense"), ("quốc phòng", "defence"), "defense"),
    ],
)
def test_two_spellings_are_a_spelling_conflict_and_the_more_frequent_is_proposed(
    first: tuple[str, str], second: tuple[str, str], preferred: str
) -> None:
    (conflict,) = conflicts(TermPair(*first, count=2), TermPair(*second, count=1))
    assert (conflict.kind, conflict.preferred) == ("spelling", preferred)
    assert "is the most frequent." in conflict.reason


def test_spellings_among_the_variants_are_found() -> None:
    kyiv = TermPair("Kiev", "Kiev", count=4, variants=Variants(en=("Kyiv",)))
    assert told(kyiv) == [("spelling", "vi", "Kiev", "Kiev")]


def test_variants_are_counted_where_all_the_evidence_is_at_hand() -> None:
    seen = tuple(Evidence("", "", "", "", form, "Moscow") for form in ("Matxcơva", "Moskva"))
    pair = TermPair("Matxcơva", "Moscow", count=2, evidence=seen, variants=Variants(("Moskva",)))
    (conflict,) = conflicts(pair)
    assert conflict.reason.startswith("It is spelt “Matxcơva” (once) and “Moskva” (once);")


@pytest.mark.parametrize(
    "pair",
    [
        TermPair("Washington", "Washington", count=1, variants=Variants(en=("Washignton",))),
        TermPair("Yuri Ushakov", "Yuri Ushakov", count=1, variants=Variants(vi=("Yuri Usahkov",))),
    ],
)
def test_letters_in_another_order_are_an_error_and_the_right_name_is_proposed(
    pair: TermPair,
) -> None:
    (conflict,) = conflicts(pair)
    assert (conflict.kind, conflict.preferred, conflict.pairs) == ("error", pair.vi, (pair,))


def test_of_two_pairs_seen_once_the_one_unlike_the_other_language_is_the_error() -> None:
    wrong, right = (TermPair(vi, "Ushakov", count=1) for vi in ("Usahkov", "Ushakov"))
    (conflict,) = conflicts(wrong, right)
    assert (conflict.kind, conflict.preferred) == ("error", "Ushakov")
    assert conflict.reason == ("“Usahkov” (once) is probably a typing error for “Ushakov” (once).")


@pytest.mark.parametrize(("count", "kind"), [(9, "error"), (2, "spelling")])
def test_another_letter_is_an_error_only_beside_a_frequent_spelling(count: int, kind: str) -> None:
    right = TermPair("Poroshenko", "Poroshenko", count=count)
    assert [c.kind for c in conflicts(right, replace(right, en="Poroshenka", count=1))] == [kind]


# What is no conflict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("thỏa thuận", "agreement"), ("thỏa thuận", "agreements")),
        (("Liên Hợp Quốc", "United Nations"), ("Liên Hợp Quốc", "UN")),
        (("LHQ", "United Nations"), ("Liên Hợp Quốc", "United Nations")),
        (("TP.HCM", "Ho Chi Minh City"), ("Thành phố Hồ Chí Minh", "Ho Chi Minh City")),
        (("Nga", "Russia"), ("Nga", "Russian")),
        (("thỏa thuận", "agreement"), ("thỏa thuận", "peace agreement")),
        (("hội đàm", "talks"), ("cuộc hội đàm", "talks")),
        (("Thỏa thuận Minsk", "Minsk agreement"), ("thoả thuận minsk", "Minsk agreements")),
        (("Ngoại trưởng", "Foreign Minister"), ("Ngoại trưởng", "Minister of Foreign Affairs")),
        (("Bộ Quốc phòng", "Defense Ministry"), ("Bộ Quốc phòng", "Ministry of Defense")),
        (("phát ngôn viên", "spokesman"), ("phát ngôn viên", "spokeswoman")),
        (("Slovakia", "Slovakia"), ("Slovakia", "Slovenia")),
        (("Nga", "Russia"), ("LB Nga", "Russian Federation")),
    ],
)
def test_forms_of_one_word_and_longer_terms_are_no_conflict(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    seen = replace(TALKS, consistency=0.5)
    pairs = [replace(seen, vi=vi, en=en, count=n) for n, (vi, en) in enumerate((one, other), 5)]
    assert told(*pairs) == []


def test_a_conflict_inside_longer_terms_is_told_once() -> None:
    longer = [
        replace(TALKS, vi=vi, en=en)
        for vi, en in (
            ("Tổng thống Mỹ", "US President"),
            ("Tổng thống Hoa Kỳ", "US President"),
            ("quan hệ Nga-Mỹ", "US-Russia relations"),
            ("quan hệ Nga-Hoa Kỳ", "US-Russia relations"),
        )
    ]
    assert told(US, HOA_KY, *longer) == [("synonym", "en", "United States", "Mỹ")]
    assert [kind for kind, *_ in told(*longer)] == ["synonym"]


def test_rejected_forbidden_and_lost_pairs_make_no_conflict() -> None:
    for status in ("rejected", "forbidden"):
        assert told(US, replace(HOA_KY, status=status)) == []
    lost = replace(HOA_KY, state="lost", count=0)
    assert told(US, lost) == []
    assert len(told(US, replace(lost, status="approved"))) == 1


def test_an_empty_glossary_has_no_conflict() -> None:
    assert conflicts() == []


# Laws


@given(
    st.lists(
        st.builds(TermPair, vi=st.text(max_size=6), en=st.text(max_size=6), count=st.just(9)),
        max_size=4,
        unique_by=lambda pair: pair.id,
    )
)
def test_any_text_can_be_a_term(pairs: list[TermPair]) -> None:
    for conflict in conflicts(*pairs):
        assert conflict.preferred in forms(conflict)


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_matter(
    pairs: list[TermPair], chance: random.Random
) -> None:
    shuffled = chance.sample(pairs, len(pairs))
    assert conflicts(*shuffled) == conflicts(*pairs)


@given(PAIRS)
def test_rejected_and_forbidden_pairs_take_no_part(pairs: list[TermPair]) -> None:
    live = [pair for pair in pairs if pair.status not in ("rejected", "forbidden")]
    assert conflicts(*live) == conflicts(*pairs)


@given(PAIRS)
def test_every_conflict_shows_two_renderings_or_more_and_proposes_one_of_them(
    pairs: list[TermPair],
) -> None:
    for conflict in conflicts(*pairs):
        shown = {form for form in forms(conflict) if f"“{form}”" in conflict.reason}
        other = "vi" if conflict.lang == "en" else "en"
        assert len({term_key(form, other) for form in shown}) > 1
        assert conflict.preferred in shown
        assert set(conflict.pairs) <= set(pairs)


@given(PAIRS)
def test_no_conflict_is_told_twice(pairs: list[TermPair]) -> None:
    found = conflicts(*pairs)
    assert len({(c.kind, c.lang, c.reason) for c in found}) == len(found)


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_one_rendering_that_a_reviewer_prefers_is_proposed_wherever_it_is_shown(
    pairs: list[TermPair], chance: random.Random
) -> None:
    plain = [replace(pair, status="candidate", preferred=False) for pair in pairs] or [US]
    wanted = replace(plain.pop(chance.randrange(len(plain))), status="approved", preferred=True)
    for conflict in conflicts(wanted, *plain):
        own = wanted.en if conflict.lang == "vi" else wanted.vi
        if wanted in conflict.pairs and f"“{own}”" in conflict.reason:
            assert conflict.preferred == own
