"""Several hubs over one database, one Valkey and one S3-compatible storage: dark on one is dark on all, and one after
the other is stopped without losing a request.

Each hub is a process with a worker, begun as in its image. The storage is a server (moto's), and so is the cache, where
a redis-server or valkey-server is installed; where not, the test says so and the rest runs.
"""

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from botocore.exceptions import EndpointConnectionError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from hub import env_files
from hub.errors import is_no_ground
from hub.leaving import ADDRESS
from hub.pages.files.picture_bytes import bytes_made_from
from hub.pages.models import HubImage, HubRendition, Visibility
from hub.shelves import FilesDoNotAnswer, shelf
from hub.stories.consent import evidence
from hub.stories.models import StoryPage, StoryParticipant
from hub.upkeep import archive, wellness
from hub.upkeep.found import State
from tests.factories import CANARY, Tree, a_tree, lit_story
from tests.machines import (
    Balancer,
    Bucket,
    Machine,
    Machines,
    a_bucket,
    a_cache,
    as_this_process,
    is_heard,
    until,
)
from tests.owner import as_owner
from tests.pages.test_media import story_with_picture
from tests.stories.family.test_private_pages import kept


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with a_bucket() as running:
        yield running


@pytest.fixture
def files_elsewhere(bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """This process is one of the hubs, too."""
    monkeypatch.setenv("HUB_FILES_URL", bucket.url)
    settings.STORAGES = {**settings.STORAGES, **env_files.storages(0o640)}
    settings.HUB_FILES_ELSEWHERE = True
    return bucket


@pytest.fixture(scope="module", autouse=True)
def machines(
    django_db_setup: None, bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Machines, str]]:
    """Where hubs are begun, and the address of their cache. The code is loaded while the first tests run."""
    folder = tmp_path_factory.mktemp("machines")
    with a_cache(folder) as cache, Machines(folder, variables(bucket, cache)) as machines:
        yield machines, cache


def variables(bucket: Bucket, cache: str) -> dict[str, str]:
    """What is the same on every machine."""
    return as_this_process() | {
        "CACHE_URL": cache,
        "HUB_FILES_URL": bucket.url,
        "HUB_SEVERAL_MACHINES": "yes",
        "HUB_LEAVES_AFTER": "1",
    }


def dark_on_all_at_once(one: Machine, other: Machine, bucket: Bucket, tree: Tree) -> None:
    story, picture = story_with_picture(tree)
    for hub in (one, other):
        status, page = hub.get(story.url)
        assert (status, CANARY in page) == (200, True)
        assert bucket.address not in page
        assert hub.get(picture)[0] == 200
        for _ in range(3):
            assert CANARY in hub.get(tree.stories.url)[1]
    assert set(shelf("media").names()), "files are in the storage"
    assert not [file for hub in (one, other) for file in hub.folder.rglob("*.webp")], "and on neither machine"
    assert one.ask("POST", kept(story) + "words/stop/")[0] == 302
    for hub in (other, one):
        assert CANARY not in hub.get(tree.stories.url)[1], "which was kept ready there"
        assert hub.get(story.url)[0] == 404
        assert hub.get(picture)[0] == 404


def test_dark_on_one_is_dark_on_the_other_and_stopping_one_after_the_other_loses_nothing(
    files_elsewhere: Bucket, machines: tuple[Machines, str], committed: None, tmp_path: Path
) -> None:
    begun, cache = machines
    tree = a_tree()
    one, other = begun.begin(tmp_path / "one"), begun.begin(tmp_path / "other")
    for hub in (one, other):
        until(hub.takes_readers, "it does not begin")
    dark_on_all_at_once(one, other, files_elsewhere, tree)
    if cache:
        assert redis.from_url(cache).dbsize()
    one_after_the_other(begun, one, other, tree)


def one_after_the_other(machines: Machines, first: Machine, second: Machine, tree: Tree) -> None:
    """The first is stopped while it answers somebody, and begun anew; then the second is stopped."""
    story = lit_story(tree)
    load = [
        ("GET", story.url, ""),
        ("GET", tree.module.url, ""),
        ("POST", f"/feedback/{tree.module.pk}/", "useful=yes"),
    ]
    balancer = Balancer(first, second)
    with balancer.under_load(load, readers=3):
        assert what_is_begun(first, story, balancer) == [200]
        anew = machines.begin(first.folder, first.port)
        balancer.machines[0] = anew
        until(lambda: anew in balancer.open, "it does not come back")
        second.stop()
        until(lambda: second.ask("GET", ADDRESS)[0] == 503, "it does not say that it leaves")
        assert second.get(tree.module.url)[0] == 200, "whoever comes all the same is answered"
        assert second.ended() == 0, second.said()
        before = len(balancer.answered)
        until(lambda: len(balancer.answered) > before + 6, "the one that is left does not answer")
    assert balancer.lost == []
    assert set(balancer.answered) == {200}
    assert len(balancer.answered) > 20


def what_is_begun(hub: Machine, story: StoryPage, balancer: Balancer) -> list[int]:
    """What a reader gets who waits for the database while `hub` is told to stop, until nobody else is heard there."""
    said: list[int] = []
    with transaction.atomic():
        as_owner("LOCK TABLE pages_visibility IN ACCESS EXCLUSIVE MODE")
        reader = threading.Thread(target=lambda: said.append(hub.ask("GET", story.url)[0]))
        reader.start()
        until(is_waited_for, "nobody waits")
        hub.stop()
        until(lambda: not is_heard(hub.port), "it goes on listening")
        assert hub not in balancer.open
    reader.join(30)
    assert hub.ended() == 0, hub.said()
    return said


def is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'pages_visibility'::regclass")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
def test_no_address_of_the_storage_opens_a_file_and_none_is_ever_given(files_elsewhere: Bucket, tree: Tree) -> None:
    _, picture = story_with_picture(tree)
    size = HubRendition.objects.get(file__endswith=picture.rsplit("/", 1)[-1])
    for address in (size.image.file.url, size.file.url, size.url, picture):
        assert address.startswith("/media/")
        assert "?" not in address
    assert not shelf("media").is_open_to_all()
    first = f"media/{next(iter(shelf('media').names()))}"
    files_elsewhere.client.put_object_acl(Bucket="hub", Key=first, ACL="public-read")
    assert wellness.LOOKS["files"]().state == State.UNWELL
    with pytest.raises(CommandError, match="Anybody may read"):
        call_command("may_start")
    files_elsewhere.client.put_object_acl(Bucket="hub", Key=first, ACL="private")
    call_command("may_start")


@pytest.mark.django_db
def test_another_file_in_its_place_is_not_sent_and_silence_darkens_nothing(
    files_elsewhere: Bucket, tree: Tree, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    story, picture = story_with_picture(tree)
    size = HubRendition.objects.get(file__endswith=picture.rsplit("/", 1)[-1])
    image = HubImage.objects.get(pk=size.image_id)
    store = image.file.storage
    assert bytes_made_from(size, image.sha256)
    with monkeypatch.context() as gone:
        gone.setattr(store.connection.meta.client, "_make_api_call", does_not_answer)
        with pytest.raises(FilesDoNotAnswer) as silence:
            bytes_made_from(size, image.sha256)
        assert is_no_ground(silence.value)
        client.raise_request_exception = False
        assert client.get(picture).status_code == 503
        assert wellness._one("files", wellness.LOOKS["files"]).state == State.UNWELL
    assert Visibility.objects.filter(page=story).exists(), "a network that fails is nobody's no"
    assert client.get(picture).status_code == 200
    store.write(image.file.name, b"another picture")
    assert client.get(picture).status_code == 404
    assert not Visibility.objects.filter(page=story).exists()


def does_not_answer(*args: Any, **kwargs: Any) -> None:
    raise EndpointConnectionError(endpoint_url="the storage")


@pytest.mark.django_db
def test_evidence_is_encrypted_there_too_and_gone_when_erased(
    files_elsewhere: Bucket, tree: Tree, moderator: Any
) -> None:
    story = lit_story(tree)
    shelf("media").write("a.webp", b"a picture")
    sheet = evidence.Checked("audio/mpeg", b"ID3" + CANARY.encode() * 9)
    file = evidence.keep(sheet, StoryParticipant.objects.get(story=story), by=moderator)
    raw = files_elsewhere.client.get_object(Bucket="hub", Key=f"evidence/{file.stored_as}")["Body"].read()
    assert CANARY.encode() not in raw
    assert evidence.open_file(file, by=moderator) == sheet.data
    assert wellness.LOOKS["files"]().state == State.WELL
    evidence.erase(file)
    assert list(shelf("evidence").names()) == []
    files_elsewhere.client.put_bucket_versioning(Bucket="hub", VersioningConfiguration={"Status": "Enabled"})
    assert "what is erased stays there" in wellness.LOOKS["files"]().said


def test_a_backup_takes_them_along_and_a_restore_brings_them_back(files_elsewhere: Bucket, tmp_path: Path) -> None:
    media, packed = shelf("media"), io.BytesIO()
    media.write("originals/boat.png", b"a boat")
    writer = archive.Writer(packed)
    writer.add_shelf("media", media)
    for name in (archive.DUMP, archive.MANIFEST):
        writer.add(name, archive.as_json(archive.Manifest()))
    writer.finish()
    media.write("originals/boat.png", b"something else")
    packed.seek(0)
    archive.unpack(packed, tmp_path)
    archive.bring_back(tmp_path, "media", media)
    assert media.read("originals/boat.png") == b"a boat"
    media.remove("originals/boat.png")
    with pytest.raises(FileNotFoundError):
        media.read("originals/boat.png")
