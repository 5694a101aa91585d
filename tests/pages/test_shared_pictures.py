"""A picture stands in stories or on other pages, never in both: a story's goes when somebody takes their yes back."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from hub.pages.admin.references import foreign_references
from hub.pages.models import HubImage
from hub.stories.erasure.steps import erase
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, light, lit_story, make_story, publish, words
from tests.pages.test_media import image_block, photo, status, stored_image, story_with_picture

pytestmark = pytest.mark.django_db
IN_A_STORY, ON_OTHER_PAGES = "stands in a story", "is on other pages too"


def on_guidance(tree: Tree, image: HubImage) -> None:
    tree.guidance.body = [image_block(image)]
    publish(tree.guidance)


def test_a_picture_that_guidance_took_from_a_story_goes_with_the_story(client: Client, tree: Tree) -> None:
    story, address = story_with_picture(tree)
    on_guidance(tree, HubImage.objects.get())
    assert status(client, address) == 200
    withdraw(story.participations.get())
    assert status(client, address) == 404
    assert client.get(tree.guidance.url).status_code == 200
    erase(story.pk)
    assert status(client, address) == 404


def test_a_story_that_was_never_agreed_to_shows_its_picture_nowhere(client: Client, tree: Tree) -> None:
    image = stored_image()
    story = make_story(tree)
    story.body = [image_block(image)]
    publish(story)
    on_guidance(tree, image)
    assert status(client, image.get_rendition("width-30|format-webp").url) == 404


def test_a_picture_two_stories_show_stays_while_one_of_them_may(client: Client, tree: Tree) -> None:
    story, address = story_with_picture(tree)
    other = make_story(tree, text="Amsel")
    other.body = [image_block(HubImage.objects.get())]
    publish(other)
    other = light(StoryPage.objects.get(pk=other.pk))
    withdraw(story.participations.get())
    assert status(client, address) == 200
    withdraw(other.participations.get())
    assert status(client, address) == 404


@pytest.mark.parametrize("where", ["on its page", "in its draft"])
def test_no_other_page_may_take_a_storys_picture(tree: Tree, where: str) -> None:
    image, story = stored_image(), lit_story(tree)
    story.body = [image_block(image)]
    story.save_revision()
    if where == "on its page":
        publish(story)
    tree.guidance.body = [image_block(image)]
    refused = foreign_references(tree.guidance, User.objects.create_superuser("admin"))
    assert [IN_A_STORY in said for said in refused] == [True]


def test_no_story_may_take_a_picture_of_another_page_and_what_was_typed_stays(client: Client, tree: Tree) -> None:
    image, story = stored_image(), make_story(tree)
    on_guidance(tree, image)
    client.force_login(User.objects.create_superuser("admin"))
    address = f"/admin/pages/{story.pk}/edit/"
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    said: dict[str, Any] = {"image": image.pk, "alt_text": "A kettle", "caption": "Typed just now"}
    form.update(nested_form_data({"body": streamfield([("image", said)])}))
    page = client.post(address, form).content.decode()
    assert ON_OTHER_PAGES in page
    assert "Typed just now" in page
    story.body = [image_block(stored_image())]
    assert foreign_references(story, User.objects.get(username="admin")) == []


def test_a_picture_that_code_put_into_a_text_is_part_of_what_people_agreed_to(client: Client, tree: Tree) -> None:
    image, story = stored_image(), make_story(tree)
    story.body = [*words("Look."), ("text", f'<embed embedtype="image" id="{image.pk}" alt="x" format="fullwidth"/>')]
    publish(story)
    story = light(story)
    assert story.image_ids() == [image.pk]
    assert client.get(story.url).status_code == 200
    image.file = ContentFile(photo("PNG"), name="other.png")
    image.save()
    assert client.get(story.url).status_code == 404
