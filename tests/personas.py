"""People for tests, made through provisioning: one edits for Clued Up, one moderates, one edits for CARF."""

import pytest
from django.contrib.auth.models import Group, User

from hub.pages.models import HubPage, PartnerSectionPage
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from tests.factories import Tree, put
from tests.remembered import remembered


def in_group(name: str) -> User:
    user = User.objects.create_user(name.lower().replace(" ", "-").replace(":", ""), password="x")
    user.groups.add(Group.objects.get(name=name))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def two_sections(tree: Tree) -> Tree:
    """The tree with a second partner, CARF, provisioned."""
    remembered(("carf", tree.home.pk), add_carf)
    return tree


def add_carf() -> None:
    partner = Partner.objects.create(name="CARF", short_name="CARF", slug="carf", strand="harbour")
    partners = HubPage.objects.get(slug="partners")
    put(partners, PartnerSectionPage(title="CARF", organisation=partner, partner=partner))
    provision()


@pytest.fixture
def clued_up_author(two_sections: Tree) -> User:
    return in_group("Clued Up: authors")


@pytest.fixture
def clued_up_lead(two_sections: Tree) -> User:
    return in_group("Clued Up: leads")


@pytest.fixture
def carf_author(two_sections: Tree) -> User:
    return in_group("CARF: authors")


@pytest.fixture
def moderator(two_sections: Tree) -> User:
    return in_group("Story moderators")


@pytest.fixture
def toolkit_editor(two_sections: Tree) -> User:
    return in_group("Toolkit editors")


@pytest.fixture
def safeguarding(two_sections: Tree) -> User:
    return in_group("Safeguarding")
