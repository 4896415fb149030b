"""Spellings of one concept are put together; two names of one place are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from aligner.term_pair import Variants
from aligner.terms.choice.candidate import Candidate
from aligner.terms.choice.variants import Concept, group
from candidates import candidate


def concepts(*pairs: tuple[str, str]) -> list[Concept]:
    """Return the concepts of pairs of which the first is the most confident and frequent."""
    size = len(pairs)
    return group(
        [candidate(*pair, 1 - n / 100, beads=size - n) for n, pair in enumerate(pairs)],
    )


def test_three_spellings_of_moscow_are_one_concept() -> None:
    (moscow,) = concepts(("Matxcơva", "Moscow"), ("Moskva", "Moscow"), ("Mátxcơva", "Moscow"))
    assert (moscow.vi, moscow.en) == ("Matxcơva", "Moscow")
    assert moscow.variants == Variants(("Moskva", "Mátxcơva"), ())


@pytest.mark.parametrize("full", ["European Union", "EU"])
@pytest.mark.parametrize("first", [0, 1])
def test_an_acronym_that_both_languages_write_alike_is_a_form_of_the_full_name(
    full: str, first: int
) -> None:
    pairs = ("Liên minh châu Âu", full), ("EU", "EU")
    (concept,) = concepts(pairs[first], pairs[1 - first])
    assert (concept.vi, concept.en) == pairs[0]
    assert concept.variants == Variants(("EU",), ("EU",) if full != "EU" else ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("Liên hợp quốc", "United Nations"), ("Liên hợp quốc", "UN"), id="UN"),
        pytest.param(("Liên bang Nga", "Russia"), ("LB Nga", "Russia"), id="part in initials"),
        pytest.param(
            ("Ủy ban Nhân dân", "People's Committee"), ("UBND", "People's Committee"), id="UBND"
        ),
        pytest.param(
            ("Thành phố Hồ Chí Minh", "Ho Chi Minh City"),
            ("TP.HCM", "Ho Chi Minh City"),
            id="dotted initials",
        ),
        pytest.param(
            ("Tổ chức Thương mại Thế giới", "World Trade Organization"),
            ("Tổ chức Thương mại Thế giới", "WTO"),
            id="english acronym",
        ),
        pytest.param(("Kiev", "Kiev"), ("Kiev", "Kyiv"), id="english spelling"),
        pytest.param(("cố vấn", "adviser"), ("cố vấn", "advisor"), id="British and American"),
        pytest.param(
            ("Sergei Lavrov", "Sergei Lavrov"), ("Sergei Lavrov", "Sergey Lavrov"), id="a person"
        ),
    ],
)
def test_spellings_and_short_forms_of_one_name_are_one_concept(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    for pairs in ((one, other), (other, one)):
        (concept,) = concepts(*pairs)
        assert (concept.vi, concept.en) == pairs[0]
        vi, en = ({pair[side] for pair in pairs} - {pairs[0][side]} for side in (0, 1))
        assert concept.variants == Variants(tuple(vi), tuple(en))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("Mỹ", "United States"), ("Hoa Kỳ", "United States"), id="two names"),
        pytest.param(("Nga", "Russia"), ("LB Nga", "Russia"), id="short and full name"),
        pytest.param(("đàm phán", "talks"), ("đàm phán", "negotiations"), id="synonyms"),
        pytest.param(("đàm phán", "talks"), ("hội đàm", "talks"), id="Vietnamese synonyms"),
        pytest.param(("Iran", "Iran"), ("Iraq", "Iraq"), id="two countries"),
        pytest.param(("Slovakia", "Slovakia"), ("Slovenia", "Slovenia"), id="alike countries"),
        pytest.param(("Moskva", "Moscow"), ("Matxcơva", "Kremlin"), id="other counterpart"),
        pytest.param(("bàn", "table"), ("bản", "village"), id="one letter, two words"),
    ],
)
def test_two_names_or_two_words_are_two_concepts(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    found = concepts(one, other)
    assert [(concept.vi, concept.en) for concept in found] == [one, other]
    assert all(concept.variants == Variants() for concept in found)


def test_the_usual_form_is_the_most_frequent_not_the_most_confident() -> None:
    rare, usual = (
        candidate("Moskva", "Moscow", 0.9, beads=1),
        candidate("Matxcơva", "Moscow", 0.8, beads=5),
    )
    (moscow,) = group([rare, usual])
    assert (moscow.vi, moscow.variants) == ("Matxcơva", Variants(("Moskva",), ()))
    assert moscow.members == [rare, usual]


def members(found: list[Concept]) -> set[frozenset[tuple[str, str]]]:
    """Return the concepts as sets of pairs."""
    return {frozenset((one.vi, one.en) for one in concept.members) for concept in found}


EQUALS = [
    candidate("Matxcơva", "Moscow"),
    candidate("Moskva", "Moscow"),
    candidate("Nga", "Russia"),
    candidate("LB Nga", "Russia"),
    candidate("Mỹ", "US"),
    candidate("Hoa Kỳ", "US"),
]


def test_of_forms_seen_alike_often_the_one_that_is_written_out_is_usual() -> None:
    short, long = candidate("Hoa Kỳ", "U.S.", 0.9), candidate("Hoa Kỳ", "United States", 0.8)
    (states,) = group([short, long])
    assert (states.en, states.variants.en) == ("United States", ("U.S.",))


def test_the_order_of_equals_does_not_matter() -> None:
    expected = {
        frozenset({("Matxcơva", "Moscow"), ("Moskva", "Moscow")}),
        *(frozenset({(one.vi, one.en)}) for one in EQUALS[2:]),
    }
    orders: list[tuple[Candidate, ...]] = list(permutations(EQUALS))
    assert all(members(group(order)) == expected for order in orders[::7])


def test_every_pair_is_in_one_concept_and_none_has_a_usual_form_among_its_variants() -> None:
    found = group(sorted(EQUALS, key=lambda one: one.rank))
    assert sorted(one.rank for concept in found for one in concept.members) == sorted(
        one.rank for one in EQUALS
    )
    assert all(concept.vi not in concept.variants.vi for concept in found)
    assert group([]) == []


def test_an_office_and_its_ministry_are_no_spellings_of_each_other() -> None:
    pairs = [
        candidate("Bộ trưởng Ngoại giao", "Foreign Minister"),
        candidate("Bộ trưởng Ngoại giao", "Foreign Ministry", 0.8),
    ]
    assert len(group(pairs)) == 2


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        pytest.param(
            ("Giá dầu thế giới", "World oil prices"),
            ("giá dầu thế giới", "world oil prices"),
            id="both",
        ),
        pytest.param(
            ("Quốc hội", "National Assembly"), ("Quốc hội", "National Assembly"), id="body"
        ),
        pytest.param(("Không khí", "Air"), ("không khí", "air"), id="one English word"),
        pytest.param(
            ("Hãng bay rẻ", "Low-cost carrier"), ("hãng bay rẻ", "low-cost carrier"), id="-"
        ),
        pytest.param(("Thủ tướng", "Premier"), ("Thủ tướng", "Premier"), id="office"),
        pytest.param(("Đảng", "Party"), ("Đảng", "Party"), id="one word may be a name"),
        pytest.param(
            ("Binh sĩ", "Russian troops"),
            ("Binh sĩ", "Russian troops"),
            id="no word of the lexicon",
        ),
    ],
)
def test_the_capital_of_a_sentence_is_not_that_of_a_term(
    pair: tuple[str, str], shown: tuple[str, str]
) -> None:
    (concept,) = concepts(pair)
    assert (concept.vi, concept.en) == shown


@pytest.mark.parametrize(
    ("vi", "en", "shown"),
    [
        ("lũ quét", "flash floods", "flash flood"),
        ("tàu kéo", "tugboats", "tugboat"),
        ("Hồ thủy điện", "Hydropower reservoirs", "hydropower reservoir"),
        ("chứng khoán", "securities", "securities"),
        ("nguyên thủ quốc gia", "heads of state", "head of state"),
        ("hòa đàm", "peace talks", "peace talks"),
        ("chính quyền", "authorities", "authorities"),
        ("các nước láng giềng", "neighbouring countries", "neighbouring countries"),
        ("Thỏa thuận Minsk", "Minsk agreements", "Minsk agreements"),
        ("hải quan", "customs", "customs"),
        ("hậu cần", "logistics", "logistics"),
    ],
)
def test_an_english_term_stands_in_the_singular_unless_the_plural_is_usual(
    vi: str, en: str, shown: str
) -> None:
    (concept,) = concepts((vi, en))
    assert concept.en == shown
    assert concept.variants == Variants((), ())
