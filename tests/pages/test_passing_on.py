"""A moderator hands a story to another, who finds it first; and a mail once a day at most, for whoever wants it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.stories.admin.passing_on import mail_moderators
from hub.stories.models import HandIn, StoryPage, WantsMail
from hub.stories.review import CannotPassOn, pass_on
from tests.factories import Tree, a_worker, add_person, handed_in, make_story

pytestmark = pytest.mark.django_db
QUEUE = "/admin/stories/review/"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    story = make_story(two_sections, text="Amsel")
    add_person(story)
    return handed_in(story)


@pytest.fixture
def another(moderator: User) -> User:
    user = User.objects.create_user("another", first_name="Ishbel", email="ishbel@carf.example")
    user.groups.add(*moderator.groups.all())
    return user


def test_it_is_handed_on_and_stands_first_in_her_queue(
    client: Client, two_sections: Tree, story: StoryPage, moderator: User, another: User
) -> None:
    later = make_story(two_sections, text="Nachtigall")
    add_person(later)
    handed_in(later)
    client.force_login(moderator)
    page = client.get(f"/admin/stories/{later.pk}/review/").content.decode()
    assert f'<option value="{another.pk}">Ishbel</option>' in page
    assert f'<option value="{moderator.pk}">' not in page, "not to herself"
    said = client.post(f"/admin/stories/{later.pk}/hand-to/", {"to": str(another.pk)}, follow=True).content.decode()
    assert "Handed to Ishbel" in said
    assert "For Ishbel" in said
    first_of = {}
    for user in (moderator, another):
        client.force_login(user)
        queue = client.get(QUEUE).content.decode()
        first_of[user] = queue.index(f"/{later.pk}/review/") < queue.index(f"/{story.pk}/review/")
    assert first_of == {moderator: False, another: True}


def test_only_to_somebody_who_may_approve_it_and_only_what_is_handed_in(
    client: Client, story: StoryPage, moderator: User, another: User, clued_up_author: User
) -> None:
    address = f"/admin/stories/{story.pk}/hand-to/"
    client.force_login(moderator)
    for to, sentence in {
        "": "Choose whom",
        "nobody": "Choose whom",
        "²": "Choose whom",
        "9" * 9: "Choose whom",
        str(clued_up_author.pk): "They may not approve this story",
        str(a_worker().pk): "They may not approve this story",
    }.items():
        assert sentence in client.post(address, {"to": to}, follow=True).content.decode(), to
    assert client.get(address).status_code == 405
    client.force_login(clued_up_author)
    client.post(address, {"to": str(another.pk)})
    assert HandIn.objects.get().given_to is None
    with pytest.raises(CannotPassOn, match="for moderators"):
        pass_on(story, to=another, by=clued_up_author)
    HandIn.objects.update(ended_at=timezone.now())
    with pytest.raises(CannotPassOn, match="Nobody has handed it in"):
        pass_on(story, to=another, by=moderator)


def test_a_mail_once_a_day_without_a_title_for_whoever_wants_it(
    client: Client, story: StoryPage, moderator: User, another: User, mailoutbox: list[Any]
) -> None:
    assert mail_moderators(timezone.now()) == 0, "nobody asked for one"
    client.force_login(another)
    assert "Send me one mail a day" in client.get(QUEUE).content.decode()
    client.post(f"{QUEUE}mail/", {"wanted": "yes"})
    pass_on(story, to=another, by=moderator)
    assert [mail_moderators(timezone.now()) for _ in range(3)] == [1, 0, 0]
    (mail,) = mailoutbox
    assert mail.to == ["ishbel@carf.example"]
    assert "one story waits to be reviewed. One of them was handed to you." in mail.body
    assert str(story.title) not in mail.body + mail.subject
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert mail_moderators(timezone.now()) == 1
    another.groups.clear()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert mail_moderators(timezone.now()) == 0, "who moderates no more is not written to"
    another.groups.add(*moderator.groups.all())
    client.post(f"{QUEUE}mail/", {"wanted": "no"})
    assert not WantsMail.objects.exists()
