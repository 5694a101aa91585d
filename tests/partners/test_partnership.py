"""The partnership's name, place and colours are data: nothing in the code says them, and changing them changes all."""

import re
import tomllib
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from hub.accounts.passwords import HardToGuess
from hub.contrast import DARK, LIGHT, WORDS_NEED, for_the_dark, ratio
from hub.demo.folders import CONTENT, DEMOS
from hub.pages import pieces
from hub.partners.partnership import Partnership, the_partnership
from tests.factories import Tree

ROOT = Path(__file__).parents[2]
LOOKED_AT = (
    "hub",
    "templates",
    "static",
    "deploy",
    "Dockerfile",
    "compose.yaml",
    "pyproject.toml",
    "Makefile",
    ".ci",
    "manage.py",
    ".env.example",
)
BEGINS_WITH = ("templates", "static", "hub/pages/first_pages", "hub/formats")  # what somebody reads
TOWNS = {
    "fife": {"Levenmouth", "Cowdenbeath", "Lochgelly", "Glenrothes", "Kirkcaldy", "Dunfermline", "Methil"},
    "wales": {"Pont Eirlys", "Abereirlys", "Llan Eirlys"},
}
ALSO_WORDS = {"FIRST", "first"}  # a partner's short name, and a word


def names_of(demo: str) -> set[str]:
    """Every name and place in the data of a demo about its partnership and partners."""
    ours = tomllib.loads((CONTENT / demo / "site.toml").read_text())["partnership"]
    partners = [tomllib.loads(file.read_text()) for file in (CONTENT / demo / "partners").glob("*.toml")]
    assert len(partners) > 2
    names = {one[key] for one in partners for key in ("name", "short_name", "slug")}
    return {ours["name"], ours["place"], *names, *TOWNS[demo]} - ALSO_WORDS


def files() -> list[Path]:
    found = [file for start in LOOKED_AT for file in ((ROOT / start), *(ROOT / start).rglob("*")) if file.is_file()]
    demo, built = ROOT / "hub" / "demo", {"migrations", "__pycache__", "build", "fonts"}
    return [file for file in found if demo not in file.parents and not built & set(file.parts)]


def found(pattern: str, among: Iterable[Path]) -> list[str]:
    """Where it stands in any of these files. Pictures hold no words."""
    said = []
    for file in among:
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        said += [f"{file.relative_to(ROOT)}: {match[0]}" for match in re.finditer(pattern, text, re.IGNORECASE)]
    return said


def test_no_name_and_no_place_of_a_demo_stands_outside_it() -> None:
    """Migrations say what was so when they were written."""
    names = sorted(name for demo in DEMOS for name in names_of(demo))
    assert found("|".join(rf"\b{re.escape(name)}\b" for name in names), files()) == []


def test_what_every_hub_begins_with_is_of_no_country() -> None:
    """Neither its languages, nor its help lines, nor its emergency number: those are data, and stand in the demos."""
    everywhere = [file for file in files() if any(file.is_relative_to(ROOT / start) for start in BEGINS_WITH)]
    assert len(everywhere) > 100
    countries = r"\bscot\w*|\bwales\b|\bwelsh\b|\bireland\b|\bgaelic\b"
    assert found(rf"{countries}|\bnhs\b|breathing space|(?:tel:|phone )(?:999|112|111)", everywhere) == []


@pytest.fixture
def named(tree: Tree) -> Partnership:
    return Partnership.objects.create(
        name="Working Together in Powys",
        sentence="Three charities in one valley.",
        place="Powys",
        toolkit_name="the handbook",
        email="hello@powys.example",
        emergency="112",
    )


@pytest.mark.django_db
def test_nothing_filled_in_reads_well_and_names_nobody(client: Client, tree: Tree) -> None:
    page = client.get(tree.module.url).content.decode()
    assert "– The Hub</title>" in page
    assert "Charities and families, working together. The toolkit is free to read" in page
    assert "mailto:" not in page
    assert not Partnership.objects.exists(), "reading writes nothing"


@pytest.mark.django_db
def test_what_is_filled_in_stands_wherever_readers_and_machines_look(client: Client, named: Any, tree: Tree) -> None:
    page = client.get(tree.module.url).content.decode()
    assert "– Working Together in Powys</title>" in page
    assert "<strong>Working Together <span>in Powys</span></strong>" in page
    assert "Three charities in one valley. The handbook is free to read" in page
    assert 'href="mailto:hello@powys.example"' in page
    assert "Search the handbook" in client.get("/search/").content.decode()
    assert "Working Together in Powys: what is new" in client.get("/feed.xml").content.decode()
    assert "Working Together in Powys: the handbook" in client.get("/feed/toolkit.xml").content.decode()
    assert "Contact: mailto:hello@powys.example" in client.get("/.well-known/security.txt").content.decode()


@pytest.mark.django_db
def test_a_password_made_of_its_name_and_place_is_refused(named: Any, tree: Tree) -> None:
    with pytest.raises(ValidationError):
        HardToGuess().validate("working together in powys")
    HardToGuess().validate("harbour-kettle-jotter")


@pytest.mark.django_db
def test_the_administrator_changes_it_on_one_page_and_nobody_else_does(
    client: Client, tree: Tree, django_user_model: Any
) -> None:
    address = reverse("wagtailsettings:edit", args=["partners", "partnership"])
    author = User.objects.create_user("author", "a@hub.example", "x")
    client.force_login(author)
    assert client.get(address).status_code in {302, 403, 404}
    client.force_login(User.objects.create_superuser("root", "r@hub.example", "x"))
    client.get(address)
    whole = {"name": "Ours", "sentence": "Us.", "toolkit_name": "the box", "strap": "A box.", "emergency": "999"}
    refused = client.post(client.get(address, follow=True).request["PATH_INFO"], {**whole, "colour": "#f0b81c"})
    said = refused.content.decode()
    assert "#f0b81c has a contrast of 1.4 to 1 on the paper of the pages" in said
    assert 'value="Ours"' in said, "what was typed is still there"
    client.post(refused.request["PATH_INFO"], {**whole, "colour": "#7A1F5C", "band": "#2b1130"})
    assert (the_partnership().name, the_partnership().colour) == ("Ours", "#7a1f5c")


@pytest.mark.django_db
def test_chosen_colours_have_an_address_of_their_own(client: Client, named: Partnership, tree: Tree) -> None:
    assert "/colours/" not in client.get(tree.module.url).content.decode()
    named.colour = "#7a1f5c"
    named.save()
    pieces.forget()  # one transaction is one generation
    address = "/colours/7a1f5c-on-none.css"
    assert f'<link rel="stylesheet" href="{address}">' in client.get(tree.module.url).content.decode()
    sheet = client.get(address)
    assert "immutable" in sheet["Cache-Control"]
    words = sheet.content.decode()
    assert "--action: #7a1f5c;" in words
    assert f"--link: light-dark(#7a1f5c, {for_the_dark('#7a1f5c')});" in words
    assert "--night" not in words
    for nonsense in ("f0b81c-on-none", "none-on-ffffff", "red-on-none", "7a1f5c;}-on-none"):
        assert client.get(f"/colours/{nonsense}.css").status_code == 404


@pytest.mark.django_db
def test_wagtails_page_of_sites_is_not_offered(client: Client, tree: Tree) -> None:
    client.force_login(User.objects.create_superuser("root", "r@hub.example", "x"))
    assert client.get("/admin/sites/").status_code == 404
    assert "/admin/sites/" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("colour", ["#0f4c75", "#7a1f5c", "#2c5030", "#000000"])
def test_a_colour_that_can_be_read_by_day_is_made_one_that_can_be_read_by_night(colour: str) -> None:
    assert min(ratio(colour, ground) for ground in LIGHT) >= WORDS_NEED
    assert min(ratio(for_the_dark(colour), ground) for ground in DARK) >= WORDS_NEED


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text()
    grounds = re.findall(r"--(?:paper|sheet|sand|\w+-tint): light-dark\((#\w{6}), (#\w{6})\)", tokens)
    assert {light for light, _ in grounds} == set(LIGHT)
    assert {dark for _, dark in grounds} == set(DARK)


KEPT = import_module("hub.pages.migrations.0027_partnership_is_marked")


@pytest.mark.django_db
def test_a_hub_that_has_pages_goes_on_under_the_name_its_readers_know(tree: Tree) -> None:
    """The function of the migration, on a database that has pages: names and place are those that the code said."""
    KEPT.keep_what_readers_know(apps, None)
    ours = the_partnership()
    assert {name: getattr(ours, name) for name in KEPT.THEIRS} == KEPT.THEIRS
    ours.name = "Renamed since"
    ours.save()
    KEPT.keep_what_readers_know(apps, None)
    assert [one.name for one in Partnership.objects.all()] == ["Renamed since"], "run again, it changes nothing"


@pytest.mark.django_db
def test_a_hub_without_pages_is_given_no_name() -> None:
    KEPT.keep_what_readers_know(apps, None)
    assert not Partnership.objects.exists()
