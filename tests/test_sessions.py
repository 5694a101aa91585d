"""Somebody is signed out everywhere, or everywhere else, and nobody else is."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.accounts.sessions import sessions_of, sign_out_everywhere
from tests.factories import Tree

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_signing_out_everywhere_ends_each_session_of_hers_and_nobody_elses(
    two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    here, there, hers = signed_in(clued_up_author), signed_in(clued_up_author), signed_in(carf_author)
    assert len(sessions_of(clued_up_author)) == 2
    assert sign_out_everywhere(clued_up_author) == 2
    assert (is_in(here), is_in(there), is_in(hers)) == (False, False, True)


def test_the_session_she_is_in_can_be_kept(two_sections: Tree, clued_up_author: User) -> None:
    here, there = signed_in(clued_up_author), signed_in(clued_up_author)
    assert sign_out_everywhere(clued_up_author, but=here.session.session_key) == 1
    assert (is_in(here), is_in(there)) == (True, False)
