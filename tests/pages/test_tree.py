"""A wrong tree cannot be built, and a new page type is dark until somebody decides otherwise."""

import pytest
from django.core.exceptions import ValidationError

from hub.pages.models import (
    ActivityPage,
    GuidancePage,
    HomePage,
    HubPage,
    InfoPage,
    LanguagePage,
    ModulePage,
    PartnerSectionPage,
    PartnersPage,
    StoriesPage,
    ToolkitPage,
    TranslationPage,
)
from hub.pages.models.base import EDITORIAL
from hub.pages.visibility import exempt_classes
from hub.stories.models import StoryPage
from tests.factories import Tree, activity

ALLOWED = {
    HomePage: {ToolkitPage, PartnersPage, StoriesPage, InfoPage},
    ToolkitPage: {ModulePage, LanguagePage},
    LanguagePage: {TranslationPage},
    TranslationPage: set(),
    ModulePage: {ActivityPage},
    ActivityPage: set(),
    PartnersPage: {PartnerSectionPage},
    PartnerSectionPage: {GuidancePage, StoryPage},
    GuidancePage: set(),
    StoryPage: set(),
    StoriesPage: set(),
    InfoPage: set(),
}


@pytest.mark.parametrize("parent", ALLOWED, ids=lambda c: c.__name__)
def test_each_type_takes_exactly_these_children(parent: type[HubPage]) -> None:
    assert set(parent.allowed_subpage_models()) == ALLOWED[parent]


def test_every_page_type_but_the_story_says_that_it_holds_nobodys_story() -> None:
    assert set(exempt_classes()) == set(ALLOWED) - {StoryPage}


def test_a_plain_base_page_is_dark(tree: Tree) -> None:
    page = HubPage(title="Undecided", slug="undecided")
    tree.home.add_child(instance=page)
    assert page.live
    assert not HubPage.objects.filter(pk=page.pk).live().exists()
    assert HubPage.objects.filter(pk=page.pk).not_live().exists()


def test_live_and_not_live_are_exact_opposites(tree: Tree) -> None:
    everything = HubPage.objects.count()
    assert HubPage.objects.live().count() + HubPage.objects.not_live().count() == everything


def test_an_activity_for_fewer_than_its_smallest_group_is_refused(tree: Tree) -> None:
    page = activity("Upside down", group_from=9, group_to=3, slug="upside-down")
    with pytest.raises(ValidationError, match="cannot be smaller"):
        tree.module.add_child(instance=page)


def test_the_editorial_columns_exist() -> None:
    """A slip here would be a column that darkens nothing."""
    assert set(EDITORIAL) <= {field.name for field in HubPage._meta.local_concrete_fields}


def test_guidance_belongs_to_the_partner_of_its_section(tree: Tree) -> None:
    guidance = GuidancePage.objects.get(pk=tree.guidance.pk)
    guidance.partner = None
    guidance.full_clean()
    assert guidance.partner == tree.section.organisation


def test_a_story_gets_an_address_that_says_nothing(tree: Tree) -> None:
    story = StoryPage(title="Jane Doe, survivor", slug="jane-doe", told_by="x", body=[])
    tree.section.add_child(instance=story)
    story.full_clean(exclude=["body"])
    assert story.slug.startswith("s-")
    assert "jane" not in story.slug
    assert "Jane" not in str(story)
