"""The table of offices and places is sound, and answers whose office is called what."""

from __future__ import annotations

import unicodedata

import pytest

from aligner.model import Lang
from aligner.package_data import read_toml
from aligner.terms.names.offices import (
    ANYWHERE,
    Office,
    countries_beside,
    names_of,
    offices_of,
    place_names,
    place_of,
    split_country,
    usage_of,
    where_right,
)
from aligner.text.words import term_key

LANGS: tuple[Lang, ...] = ("vi", "en")
HEADS: list[str] = [entry["vi"][0] for entry in read_toml("terms", "offices.toml")["offices"]]


def only_office(name: str) -> Office:
    """Return the office that has this Vietnamese name in most countries."""
    (office,) = (o for o in offices_of(name, "vi") if ANYWHERE in o.where(name, "vi"))
    return office


@pytest.mark.parametrize(
    ("vi", "en", "where"),
    [
        ("Ngoại trưởng", "Secretary of State", {"united states"}),
        ("Ngoại trưởng", "Foreign Minister", {ANYWHERE}),
        ("Bộ trưởng Ngoại giao", "Foreign Minister", {ANYWHERE}),
        ("Ngoại trưởng", "Foreign Secretary", {"britain", "philippines"}),
        ("Bộ Ngoại giao", "State Department", {"united states"}),
        ("Bộ Ngoại giao", "Foreign Ministry", {ANYWHERE}),
        ("Ngoại trưởng Mỹ", "US Secretary of State", {"united states"}),
        ("Ngoại trưởng Nga", "US Secretary of State", set()),
        ("Thủ tướng", "Chancellor", {"germany", "austria"}),
        ("Chủ tịch nước", "President", {"vietnam", "china", "laos", "cuba"}),
        ("Ngoại trưởng", "Interior Minister", set()),
        ("hội đàm", "talks", set()),
    ],
)
def test_the_table_knows_where_a_rendering_of_an_office_is_right(
    vi: str, en: str, where: set[str]
) -> None:
    assert where_right(vi, en) == where


def called(office: Office, lang: Lang, country: str) -> tuple[str, ...]:
    return office.names[lang].get(country, office.names[lang][ANYWHERE])


def test_an_office_is_found_by_any_of_its_names_in_any_form() -> None:
    assert only_office("ngoại trưởng") == only_office("Bộ trưởng Ngoại giao")
    assert offices_of("secretaries of state", "en") == (only_office("Ngoại trưởng"),)
    assert offices_of("hội đàm", "vi") == ()


def test_an_office_tells_what_it_is_called_in_a_country_and_whether_that_is_its_own() -> None:
    office = only_office("Ngoại trưởng")
    assert called(office, "en", "united states") == ("Secretary of State",)
    assert called(office, "en", "russia")[0] == "Foreign Minister"
    assert called(office, "vi", "united states")[0] == "Ngoại trưởng"
    assert (office.known("united states"), office.known("russia")) == ("united states", ANYWHERE)


@pytest.mark.parametrize(
    ("lang", "term", "expected"),
    [
        ("vi", "Ngoại trưởng Mỹ", ("Ngoại trưởng", "united states")),
        ("vi", "Ngoại trưởng Hoa Kỳ", ("Ngoại trưởng", "united states")),
        ("vi", "Tổng thống Hàn Quốc", ("Tổng thống", "south korea")),
        ("vi", "Ngoại trưởng", ("Ngoại trưởng", ANYWHERE)),
        ("vi", "Mỹ", ("Mỹ", ANYWHERE)),
        ("en", "U.S. Secretary of State", ("Secretary of State", "united states")),
        ("en", "South Korean President", ("President", "south korea")),
        ("en", "Iran Foreign Minister", ("Foreign Minister", "iran")),
        ("en", "Iranian Foreign Minister", ("Foreign Minister", "iran")),
        ("en", "President", ("President", ANYWHERE)),
    ],
)
def test_the_country_of_an_office_is_split_off(
    lang: Lang, term: str, expected: tuple[str, str]
) -> None:
    assert split_country(term, lang) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ngoại trưởng Mỹ John Kerry", {"united states"}),
        ("Ngoại trưởng Nga và Hoa Kỳ hội đàm", {"russia", "united states"}),
        ("Ngoại trưởng Nga, Pháp, Đức", {"russia", "france", "germany"}),
        ("Ngoại trưởng của phía Nga", {"russia"}),
        ("Ngoại trưởng Kerry tới Nga", set()),
        ("Ngoại trưởng", set()),
    ],
)
def test_the_countries_beside_an_office_are_those_that_follow_it(
    sentence: str, expected: set[str]
) -> None:
    assert countries_beside(sentence, len("Ngoại trưởng")) == expected


def test_a_name_needs_a_capital_to_be_a_place() -> None:
    assert place_of("Đức", "vi") == "germany"
    assert place_of("đức", "vi") == ""
    assert place_of("châu Âu", "vi") == place_of("Châu Âu", "vi") == "europe"
    assert (place_of("US", "en"), place_of("us", "en")) == ("united states", "")


def test_the_first_name_of_the_table_is_the_most_usual() -> None:
    assert names_of("russia", "vi") == ("Nga", "LB Nga", "Liên bang Nga")
    assert names_of("atlantis", "vi") == ()
    assert [usage_of(name, "vi") for name in ("Mỹ", "Hoa Kỳ", "Ngoại trưởng")] == [0, 1, 0]


@pytest.mark.parametrize("lang", LANGS)
def test_no_name_stands_for_two_places(lang: Lang) -> None:
    places = {place_of(name, lang) for name in place_names(lang)}
    assert "" not in places
    owners = [(term_key(n, lang), place) for place in places for n in names_of(place, lang)]
    assert len(dict(owners)) == len(set(owners))


def test_every_country_of_the_table_of_offices_is_a_known_place() -> None:
    known = {place_of(name, lang) for lang in LANGS for name in place_names(lang)}
    for head in HEADS:
        for office in offices_of(head, "vi"):
            for lang in LANGS:
                assert set(office.names[lang]) <= {ANYWHERE, *known}


def test_no_two_offices_have_the_same_first_name() -> None:
    assert len(set(HEADS)) == len(HEADS)


@pytest.mark.parametrize("head", HEADS)
def test_a_rendering_fits_wherever_both_names_are_in_use(head: str) -> None:
    for office in offices_of(head, "vi"):
        countries = {country for names in office.names.values() for country in names}
        for country in countries:
            for vi in called(office, "vi", country):
                for en in called(office, "en", country):
                    assert country in office.fits(vi, en)
                    assert unicodedata.is_normalized("NFC", vi + en)
