"""A lit story shows the very files that people agreed to. Whoever puts another in their place makes it dark."""

import io
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from hub.pages.files.picture_bytes import digest_of
from hub.pages.models import HubImage, HubRendition, Visibility
from hub.stories.light.lighting import relight
from hub.stories.light.picture_watch import darken_swapped
from hub.stories.light.publishing import show_what_is_ready
from hub.stories.models import StoryPage
from tests.factories import Tree, light, make_story
from tests.pages.test_media import image_block, photo, status, stored_image, story_with_picture

pytestmark = pytest.mark.django_db


def another(width: int = 40, colour: str = "#123456", kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 80), colour).save(out, format=kind)
    return out.getvalue()


def elsewhere(data: bytes) -> str:
    image = HubImage.objects.get()
    return str(image.file.storage.save("originals/elsewhere.jpg", ContentFile(data)))


def written_over(image: HubImage, size: HubRendition) -> None:
    Path(image.file.path).write_bytes(another())


def written_over_with_its_old_times(image: HubImage, size: HubRendition) -> None:
    place = Path(image.file.path)
    before, data = place.stat(), another()
    place.write_bytes(data[: before.st_size].ljust(before.st_size, b"\0"))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


def deleted(image: HubImage, size: HubRendition) -> None:
    Path(image.file.path).unlink()


def replaced_by_a_link(image: HubImage, size: HubRendition) -> None:
    other = Path(image.file.path).with_name("other.jpg")
    other.write_bytes(another())
    Path(image.file.path).unlink()
    Path(image.file.path).symlink_to(other)


def size_written_over(image: HubImage, size: HubRendition) -> None:
    Path(size.file.path).write_bytes(another(30, kind="WEBP"))


def size_deleted(image: HubImage, size: HubRendition) -> None:
    Path(size.file.path).unlink()


def size_emptied(image: HubImage, size: HubRendition) -> None:
    Path(size.file.path).write_bytes(b"")


ON_DISK = [written_over, written_over_with_its_old_times, deleted, replaced_by_a_link]
SIZES_ON_DISK = [size_written_over, size_deleted, size_emptied]


def saved_with_another_stored_file(image: HubImage) -> None:
    image.file = elsewhere(another())
    image.save()


def saved_with_a_new_file(image: HubImage) -> None:
    image.file = ContentFile(photo("PNG"), name="other.png")
    image.save()


def updated(image: HubImage) -> None:
    HubImage.objects.filter(pk=image.pk).update(file=elsewhere(another()))


def updated_with_its_digest(image: HubImage) -> None:
    name = elsewhere(another())
    image.file = name
    HubImage.objects.filter(pk=image.pk).update(file=name, sha256=digest_of(image.file))


def updated_in_bulk(image: HubImage) -> None:
    image.file = elsewhere(another())
    HubImage.objects.bulk_update([image], ["file"])


def updated_by_sql(image: HubImage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_hubimage SET file = %s", [elsewhere(another())])


def pointed_out_of_the_folder(image: HubImage) -> None:
    HubImage.objects.filter(pk=image.pk).update(file="../../secret.jpg")


IN_THE_LIBRARY = [
    saved_with_another_stored_file,
    saved_with_a_new_file,
    updated,
    updated_with_its_digest,
    updated_in_bulk,
    updated_by_sql,
    pointed_out_of_the_folder,
]


@pytest.mark.parametrize("swap", [*ON_DISK, *SIZES_ON_DISK])
def test_a_file_swapped_on_the_disk_is_a_404_a_line_in_the_log_and_a_dark_story(
    client: Client, tree: Tree, caplog: pytest.LogCaptureFixture, swap: Callable[[HubImage, HubRendition], None]
) -> None:
    story, address = story_with_picture(tree)
    assert status(client, address) == status(client, story.url) == 200
    swap(HubImage.objects.get(), HubRendition.objects.get(filter_spec="width-30|format-webp"))
    with caplog.at_level(logging.ERROR):
        assert status(client, address) == 404
    (line,) = [record.getMessage() for record in caplog.records if record.name.startswith("hub.")]
    assert f"story {story.pk} " in line
    assert story.title not in line
    assert status(client, story.url) == 404
    assert not Visibility.objects.exists()
    assert story.slug not in client.get(tree.stories.url).content.decode()


@pytest.mark.parametrize("swap", ON_DISK)
def test_the_page_itself_sees_it_too(
    client: Client, tree: Tree, swap: Callable[[HubImage, HubRendition], None]
) -> None:
    story, _ = story_with_picture(tree)
    assert status(client, story.url) == 200
    swap(HubImage.objects.get(), HubRendition.objects.first())
    assert status(client, story.url) == 404
    assert not Visibility.objects.exists()
    relight(story.pk)
    assert not Visibility.objects.exists()


@pytest.mark.parametrize("swap", IN_THE_LIBRARY)
def test_a_file_swapped_in_the_library_darkens_the_story_and_nothing_lights_it_again(
    client: Client, tree: Tree, swap: Callable[[HubImage], None]
) -> None:
    story, address = story_with_picture(tree)
    swap(HubImage.objects.get())
    assert status(client, story.url) == status(client, address) == 404
    relight(story.pk)
    assert status(client, story.url) == status(client, address) == 404
    assert not Visibility.objects.exists()


@pytest.mark.parametrize("swap", [*ON_DISK, *SIZES_ON_DISK])
def test_the_jobs_see_it_before_any_reader_comes(tree: Tree, swap: Callable[[HubImage, HubRendition], None]) -> None:
    story_with_picture(tree)
    assert darken_swapped(timezone.now()) == 0
    swap(HubImage.objects.get(), HubRendition.objects.get())
    assert darken_swapped(timezone.now()) == 1
    assert not Visibility.objects.exists()


def test_the_very_file_put_back_is_shown_again_by_the_jobs(client: Client, tree: Tree) -> None:
    story, address = story_with_picture(tree)
    place = Path(HubImage.objects.get().file.path)
    kept = place.read_bytes()
    place.write_bytes(another())
    assert status(client, address) == 404
    assert show_what_is_ready(timezone.now()) == 0
    place.write_bytes(kept)
    assert show_what_is_ready(timezone.now()) == 1
    assert status(client, address) == status(client, story.url) == 200


def test_a_story_is_not_lit_while_a_picture_is_not_the_file_that_was_put_in(client: Client, tree: Tree) -> None:
    image, story = stored_image(), make_story(tree)
    Path(image.file.path).write_bytes(another())
    story.body = [image_block(image)]
    story.save_revision().publish()
    light(StoryPage.objects.get(pk=story.pk))
    assert status(client, story.url) == 404


def test_sizes_that_were_swapped_are_made_anew_before_the_story_is_lit_again(client: Client, tree: Tree) -> None:
    story, address = story_with_picture(tree)
    size_written_over(HubImage.objects.get(), HubRendition.objects.get())
    assert status(client, address) == 404
    relight(story.pk)
    assert status(client, story.url) == 200
    anew = HubImage.objects.get().get_rendition("width-30|format-webp").url
    assert status(client, anew) == 200
    assert client.get(anew).content != another(30, kind="WEBP")


def test_a_size_is_never_changed_and_one_without_its_digests_is_not_sent(client: Client, tree: Tree) -> None:
    story_with_picture(tree)
    size = HubRendition.objects.get()
    with pytest.raises(DatabaseError, match=r"Cannot update|permission denied"), transaction.atomic():
        HubRendition.objects.update(sha256=size.sha256, file="images/other.webp")
    image = HubImage.objects.get()
    forged = HubRendition(image=image, filter_spec="max-9x9", file=ContentFile(another(kind="WEBP"), name="f.webp"))
    forged.save()
    assert status(client, forged.url) == 404


def test_the_proof_holds_each_file_and_the_database_compares_it_with_the_library(tree: Tree) -> None:
    story, _ = story_with_picture(tree)
    proof, image = Visibility.objects.get(), HubImage.objects.get()
    assert proof.picture_files == {str(image.pk): image.sha256}
    Visibility.objects.all().delete()
    for files in ({}, {str(image.pk): "0" * 64}):
        with pytest.raises(DatabaseError, match="not the file"), transaction.atomic():
            Visibility.objects.create(
                page_id=story.pk,
                revision_id=proof.revision_id,
                content_hash=proof.content_hash,
                public_until=proof.public_until,
                image_ids=[image.pk],
                picture_files=files,
            )
    Visibility.objects.create(
        page_id=story.pk,
        revision_id=proof.revision_id,
        content_hash=proof.content_hash,
        public_until=proof.public_until,
        image_ids=proof.image_ids,
        picture_files=proof.picture_files,
    )


def test_several_sizes_made_at_once_hold_their_digests(client: Client, tree: Tree) -> None:
    story, _ = story_with_picture(tree)
    client.get(story.url)
    sizes = list(HubRendition.objects.all())
    assert len(sizes) == 4
    assert {size.made_from for size in sizes} == {HubImage.objects.get().sha256}
    assert {status(client, size.url) for size in sizes} == {200}


def test_an_image_saved_anew_keeps_its_file_and_one_that_code_moved_is_cleaned(tree: Tree) -> None:
    image = stored_image()
    name = image.file.name
    image.title = "Another title"
    image.save()
    assert image.file.name == name
    image.file = image.file.storage.save("originals/IMG_Jane.jpg", ContentFile(photo()))
    image.save()
    assert "Jane" not in str(image.file.name)
    assert image.sha256 == digest_of(image.file)
    with image.file.open("rb") as stored:
        assert b"Canary" not in stored.read()


def test_a_file_is_read_once_until_the_disk_says_that_it_was_touched(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = stored_image()
    monkeypatch.setattr("hub.pages.files.picture_bytes.TOO_FRESH", -1)
    digest = digest_of(image.file)
    reads: list[Path] = []
    read_bytes = Path.read_bytes

    def counted(place: Path) -> bytes:
        reads.append(place)
        return read_bytes(place)

    monkeypatch.setattr(Path, "read_bytes", counted)
    assert digest_of(image.file) == digest
    assert reads == []
    written_over(image, HubRendition())
    assert digest_of(image.file) != digest
    assert len(reads) == 1


@pytest.mark.parametrize("number", [1, 4])
def test_a_story_with_pictures_stays_within_its_budget(client: Client, tree: Tree, number: int) -> None:
    story = make_story(tree, people=4)
    story.body = [image_block(stored_image()) for _ in range(number)]
    story.save_revision().publish()
    light(StoryPage.objects.get(pk=story.pk))
    client.get(story.url)
    with CaptureQueriesContext(connection) as captured:
        answer: Any = client.get(story.url)
    assert answer.content.decode().count("<img") >= number
    assert len(captured) <= 8
