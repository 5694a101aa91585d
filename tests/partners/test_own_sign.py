"""A partnership's own sign: brought in the settings, made anew, beside the name. What can hold a script is refused."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from hub.pages import pieces
from hub.partners import sign
from hub.partners.models import Partnership
from hub.partners.partnership import the_partnership
from hub.partners.sign import TOO_LARGE, TOO_MUCH, WIDEST
from tests.factories import Tree

pytestmark = pytest.mark.django_db
WHOLE = {"name": "Valley", "sentence": "Us.", "toolkit_name": "the box", "strap": "A box.", "emergency": "999"}
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def settings_page(client: Client, tree: Tree) -> str:
    client.force_login(User.objects.create_superuser("root", "r@hub.example", "x"))
    first = client.get(reverse("wagtailsettings:edit", args=["partners", "partnership"]), follow=True)
    assert 'enctype="multipart/form-data"' in first.content.decode()
    assert "Take your own sign away" not in first.content.decode()
    return str(first.request["PATH_INFO"])


def a_sign(size: tuple[int, int] = (800, 800)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#7a1f5c").save(out, format="PNG", comment="who drew it")
    return out.getvalue()


def bring(client: Client, at: str, data: bytes, file: str = "sign.png", **more: Any) -> str:
    answer = client.post(at, {**WHOLE, "new_sign": SimpleUploadedFile(file, data), **more})
    pieces.forget()  # one transaction is one generation
    return answer.content.decode()


def test_it_stands_beside_the_name_small_and_made_anew(client: Client, settings_page: str, tree: Tree) -> None:
    bring(client, settings_page, a_sign())
    ours = Partnership.objects.get()
    assert max(Image.open(io.BytesIO(bytes(ours.sign))).size) == WIDEST
    client.logout()
    shown = client.get(tree.module.url).content.decode()
    assert f'<img class="own-sign" src="{ours.sign_address}" width="40" height="40" alt="">' in shown
    assert ours.sign_address in client.get("/admin/login/").content.decode()
    picture = client.get(ours.sign_address)
    assert (picture["Content-Type"], picture.content) == ("image/png", bytes(ours.sign))
    assert "immutable" in picture["Cache-Control"]
    assert "sign" in the_partnership().get_deferred_fields(), "a page does not read it"


def test_it_can_be_changed_and_taken_away_and_has_no_other_address(client: Client, settings_page: str) -> None:
    bring(client, settings_page, a_sign())
    old = Partnership.objects.get().sign_address
    client.post(settings_page, {**WHOLE, "name": "Renamed"})
    assert Partnership.objects.get().sign_address == old, "a name alone changes no sign"
    assert "Take your own sign away" in client.get(settings_page).content.decode()
    bring(client, settings_page, a_sign((40, 60)))
    new = Partnership.objects.get().sign_address
    assert new != old
    assert [client.get(at).status_code for at in (old, new, new.replace(".png", ".svg"))] == [404, 200, 404]
    client.post(settings_page, {**WHOLE, "no_sign": "on"})
    pieces.forget()
    assert client.get(new).status_code == 404
    assert "own-sign" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("file", "data"),
    [("sign.svg", SCRIPT), ("sign.png", SCRIPT), ("sign.png", a_sign()[:200]), ("a.png", b"")],
    ids=["a drawing", "a drawing in disguise", "half a picture", "nothing"],
)
def test_what_is_no_whole_picture_is_refused_and_nothing_typed_is_lost(
    client: Client, settings_page: str, file: str, data: bytes
) -> None:
    refused = bring(client, settings_page, data, file, name="Typed")
    assert "could not be saved" in refused
    assert 'value="Typed"' in refused
    assert not Partnership.objects.get().sign_address


def test_one_that_is_too_large_is_refused(client: Client, settings_page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign, "LARGEST", 1_000)
    assert TOO_LARGE in bring(client, settings_page, b"x" * 1_001)
    monkeypatch.setattr(sign, "LARGEST", 1_000_000)
    monkeypatch.setattr(sign, "LARGEST_KEPT", 10)
    assert TOO_MUCH in bring(client, settings_page, a_sign())
