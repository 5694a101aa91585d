"""The same form for a new page, sent twice at the same moment, on two connections of the real database."""

from functools import partial
from itertools import count

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from hub.pages.models import OpenedForm
from hub.stories.models import StoryPage
from tests.at_once import at_once
from tests.factories import a_tree
from tests.pages.test_create_once import FIRST, JSON, LATER, address, opened, typed, words_of


def test_these_tests_never_touch_the_database_of_the_hub(db: None) -> None:
    """One that asks for the usual fixture, so that pytest-django makes a database for the others of this file."""
    assert str(connection.settings_dict["NAME"]).startswith("test_")


def test_in_either_order_there_is_one_page_with_the_later_words(committed: None) -> None:
    section = a_tree().section
    user, clock = User.objects.create_superuser("administrator"), count(1)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
    here = address(StoryPage, section)
    for number in range(1, 5):
        form = opened(clients[0], StoryPage, section)
        older, newer = (typed(form, f"{text} {number}", next(clock)) for text in (FIRST, LATER))
        raised = at_once(partial(clients[0].post, here, older, **JSON), partial(clients[1].post, here, newer))
        assert raised == []
        assert StoryPage.objects.count() == number
        assert words_of(StoryPage.objects.order_by("pk").last()) == f"{LATER} {number}"
    assert OpenedForm.objects.count() == 4
