"""The style sheet is whole, and no template carries a style, a script or an address of somebody else."""

import re
from pathlib import Path

import pytest

from hub.pages.look import plait
from hub.pages.look.css_bundle import STATIC, CssIndexError, bundle, write_if_changed
from hub.pages.templatetags.hub import and_list, in_words, people, phone_href
from tests.imports import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OURS = [path for path in TEMPLATES if "wagtailadmin" not in path.parts]


def test_every_css_file_is_joined_in_the_order_of_the_index() -> None:
    joined = bundle()
    names = re.findall(r'@import url\("([\w-]+)\.css"\)', (STATIC / "css" / "index.css").read_text())
    assert sorted(names) == sorted(file.stem for file in (STATIC / "css").glob("*.css") if file.stem != "index")
    assert joined.startswith("@layer tokens, base, layout, components, utilities, print;")
    assert joined.count("{") == joined.count("}")


def test_a_css_file_the_index_forgets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.css").write_text("@layer base;\n")
    (tmp_path / "lost.css").write_text("p { color: red; }")
    with pytest.raises(CssIndexError, match=r"lost\.css"):
        bundle(tmp_path)


def test_a_css_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.css").write_text('@layer base;\n@import url("gone.css") layer(base);\n')
    with pytest.raises(CssIndexError, match=r"gone\.css"):
        bundle(tmp_path)


def test_a_built_file_is_written_only_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "build" / "hub.css"
    assert write_if_changed(file, "a {}")
    assert not write_if_changed(file, "a {}")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_template_has_no_style_no_inline_script_and_no_third_party(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"<(?:iframe|embed|object)\b", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


def test_every_image_is_sent_as_webp_without_the_data_of_its_file() -> None:
    for path in OURS:
        for tag in re.findall(r"{% (?:srcset_)?image [^%]*%}", path.read_text()):
            assert "format-webp" in tag, path


def test_a_storys_page_offers_nothing_to_share_and_names_no_story_in_the_tab() -> None:
    text = (STATIC.parent / "templates" / "stories" / "story_page.html").read_text()
    assert '{% block title %}{% translate "A story" %}{% endblock %}' in text
    assert "told.robots" in text, "what it asks of machines: tests/pages/test_machines.py"
    assert not re.search(r"og:|twitter:|share", text.replace("invites sharing", ""))


@pytest.mark.parametrize("kind", sorted(plait.KINDS))
@pytest.mark.parametrize("strands", [0, 2, 3, 4, 5, 6, 8, 40])
def test_the_plait_can_be_drawn_for_any_number_of_partners(kind: str, strands: int) -> None:
    svg = plait.plait(kind, tuple(range(1, strands + 1)))
    drawn = set(re.findall(r"plait__s(\d)", svg))
    assert len(drawn) == max(plait.FEWEST, min(plait.COLOURS, strands)), "two more have a colour for the second time"
    assert 'aria-hidden="true"' in svg


def test_numbers_and_lists_are_said_in_words() -> None:
    assert phone_href("08080 10 10 11") == "tel:08080101011"
    assert phone_href("+44 (0)1632 960123") == "tel:+441632960123"
    assert people(6, 16) == "6 to 16 people"
    assert people(1, 1) == "1 person"
    assert in_words(4) == "four"
    assert in_words(12) == "12"
    assert [and_list(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
