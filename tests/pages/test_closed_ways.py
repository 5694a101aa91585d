"""Ways out that Wagtail or Django could offer and the Hub does not: no such address, no such app. Each would leak."""

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from wagtail.images.utils import generate_signature
from wagtail.models import PageViewRestriction

from hub.pages.models import HubPage
from tests.factories import CANARY, Tree, lit_story, make_story
from tests.pages.test_media import stored_image

pytestmark = pytest.mark.django_db
APPS_THAT_ARE_NOT_HERE = {
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.styleguide",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail_review",
    "wagtail_headless_preview",
    "django.contrib.admin",
    "ninja",
}


@pytest.mark.parametrize("name", sorted(APPS_THAT_ARE_NOT_HERE))
def test_an_app_that_would_open_another_way_out_is_not_installed(name: str) -> None:
    assert name not in {config.name for config in apps.get_app_configs()}


@pytest.mark.parametrize(
    "address",
    [
        "/api/v2/pages/",
        "/api/v3/pages/",
        "/api/v2/images/",
        "/api/v2/documents/",
        "/django-admin/",
        "/_util/login/",
        "/documents/1/x.txt",
        "/images/x/1/width-100/",
        "/media/originals/x.jpg",
    ],
)
def test_no_such_address_answers(client: Client, tree: Tree, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, {"username": "x", "password": "x"}).status_code in {404, 405}


@pytest.mark.parametrize(
    "name",
    ["wagtailcore_login", "wagtailcore_authenticate_with_password", "wagtailimages_serve", "wagtaildocs_serve_private"],
)
def test_no_such_address_has_a_name(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_no_password_page_tells_which_pages_there_are(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    page = HubPage.objects.get(pk=story.pk)
    lock = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    answers = [client.get(f"/_util/authenticate_with_password/{lock.pk}/{pk}/") for pk in (story.pk, 999_999)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_restriction_on_a_page_neither_shows_nor_hides_it(client: Client, tree: Tree) -> None:
    """S5: who may read is asked of consent alone; a password would still show the title in lists."""
    story = lit_story(tree)
    PageViewRestriction.objects.create(page=HubPage.objects.get(pk=story.pk), restriction_type="login")
    assert client.get(story.url).status_code == 200


def test_a_draft_that_changes_its_address_leaves_no_way_from_the_old_one(client: Client, tree: Tree) -> None:
    page = tree.guidance
    HubPage.objects.filter(pk=page.pk).update(live=False)
    page.refresh_from_db()
    old, page.slug = page.url, f"{CANARY.lower()}-survivor"
    page.save_revision()
    page.save()
    assert client.get(old).status_code == 404
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_a_page_is_read_and_nothing_else(client: Client, tree: Tree, method: str) -> None:
    lit, dark = lit_story(tree), make_story(tree, text="Amsel")
    for address, status in ((lit.url, 405), (dark.url, 404)):
        answer = getattr(client, method)(address)
        assert answer.status_code == status
        assert CANARY not in answer.content.decode()
    assert client.options(dark.url).status_code == 404


def test_wagtails_signed_addresses_of_pictures_lead_nowhere(client: Client, tree: Tree) -> None:
    image = stored_image()
    signature = generate_signature(image.pk, "width-100")
    for start in ("", "images/", "media/images/"):
        assert client.get(f"/{start}{signature}/{image.pk}/width-100/").status_code == 404
    with pytest.raises(Resolver404):
        resolve("/images")


def test_the_public_addresses_are_these_and_no_others() -> None:
    """A new address comes with its row in tests/surfaces.py, or with its reason here.

    The nameless ones are feedback's, which has rows; the last are doors for staff, and the page of an invitation.
    `readyz` and `metrics` are a monitor's, about the machine: without its token one says whether readers may be sent
    here and nothing else, and the other is not there (hub/upkeep/numbers.py).
    """
    names = {getattr(p, "name", None) or str(p.pattern) for p in get_resolver().url_patterns}
    assert names == {
        "admin/", "staff", "healthz", "readyz", "metrics", "search", "sitemap", "feed", "image",
        "wagtaildocs_serve", "yours/", "ask_us", "ask_us_sent", "story_uses_mean", "numbers", "search_suggestions",
        "activities", "sitemap_of", "robots_txt", "design", "tell_yours", "tell_yours_sent",
        "security_txt", "mining", "toolkit_data", "colours", "feed_of_toolkit", "feed_of_partner", "wagtail_serve", "",
        "join", "own_sign",
        "account_login", "wagtailadmin_login", "wagtailadmin_password_reset_confirm",
        "mfa_authenticate", "mfa_login_webauthn", "wagtailadmin_account", "wagtailadmin_logout", "begin",
    }  # fmt: skip


def test_pages_are_the_hubs_own_and_translations_are_off() -> None:
    assert settings.WAGTAIL_PAGE_MODEL == "pages.HubPage"
    assert not settings.WAGTAIL_I18N_ENABLED
    assert settings.WAGTAILEMBEDS_FINDERS == []
    assert not settings.WAGTAILREDIRECTS_AUTO_CREATE
