"""A key that is missing is noticed at the start, and before a restore changes anything."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from hub import env_keys
from hub.stories.family import links
from hub.stories.models import ChangeWanted, PrivateLink, StoryPage
from hub.upkeep import keys
from hub.upkeep.archive import CannotRestore
from hub.upkeep.models import KeyInUse
from tests.owner import as_owner
from tests.restores import a_backup, another_machine, restored

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def locked_with_old(db: None, settings: Any) -> None:
    settings.HUB_ENCRYPTION_KEYS = [OLD]
    call_command("may_start")


def test_a_name_tells_nothing_of_the_key_and_the_word_opens_with_it_alone(locked_with_old: None) -> None:
    kept = KeyInUse.objects.get()
    assert kept.name == keys.name_of(OLD)
    assert OLD not in kept.name + kept.locked
    assert keys.missing() == []


@pytest.mark.parametrize("ours", [[NEW], [NEW, Fernet.generate_key().decode()]])
def test_a_wrong_key_stops_the_start_with_what_to_do(locked_with_old: None, settings: Any, ours: list[str]) -> None:
    settings.HUB_ENCRYPTION_KEYS = ours
    with pytest.raises(CommandError, match=f"is missing: the one named {keys.name_of(OLD)}. Put it back") as refusal:
        call_command("may_start")
    assert OLD not in str(refusal.value)
    assert not KeyInUse.objects.filter(name=keys.name_of(NEW)).exists(), "nothing is locked with it yet"


def test_a_word_that_was_changed_is_noticed(locked_with_old: None) -> None:
    as_owner(f"UPDATE upkeep_keyinuse SET locked = '{Fernet(NEW).encrypt(b'another').decode()}'")
    assert keys.missing() == [keys.name_of(OLD)]


def test_keys_are_changed_and_the_old_one_may_go_when_nothing_needs_it(locked_with_old: None, settings: Any) -> None:
    settings.HUB_ENCRYPTION_KEYS = [NEW, OLD]
    call_command("may_start")
    assert set(keys.names_in_use()) == {keys.name_of(OLD), keys.name_of(NEW)}
    call_command("lock_again", stdout=io.StringIO())
    settings.HUB_ENCRYPTION_KEYS = [NEW]
    call_command("may_start")


def test_a_key_that_nobody_has_any_more_can_be_given_up(locked_with_old: None, settings: Any) -> None:
    settings.HUB_ENCRYPTION_KEYS = [NEW]
    said = io.StringIO()
    call_command("keys_are_lost", stdout=said)
    assert f"no longer asks for {keys.name_of(OLD)}" in said.getvalue()
    call_command("may_start")
    call_command("keys_are_lost", stdout=said)
    assert "No key is missing" in said.getvalue()


def test_on_a_fresh_machine_a_local_backup_is_read_with_the_keys_it_brings(
    agreed: StoryPage, settings: Any, tmp_path: Path
) -> None:
    settings.HUB_ENCRYPTION_KEYS, settings.HUB_LINK_KEYS = [OLD], ["the key that private links were made with"]
    keys.note_newest()
    KeyInUse.objects.exclude(name=keys.name_of(OLD)).delete()
    wish = ChangeWanted.objects.create(participation=agreed.participations.get(), wanted="Mairi")
    copy = a_backup()
    fresh = tmp_path / "fresh"
    another_machine(fresh)
    settings.HUB_ENCRYPTION_KEYS, settings.HUB_LINK_KEYS = [NEW], ["the key of a fresh machine"]
    restored(copy)
    assert ChangeWanted.objects.get(pk=wish.pk).wanted == "Mairi"
    assert keys.missing() == []
    assert (fresh / "link_keys").read_text() == "the key that private links were made with\n"
    assert settings.HUB_LINK_KEYS[1:] == ["the key that private links were made with"]
    assert OLD in env_keys.encryption_keys("local", fresh), "the next start finds it, behind its own"
    assert (fresh / "encryption_keys").stat().st_mode & 0o077 == 0
    restored(copy)
    assert env_keys.encryption_keys("local", fresh).count(OLD) == 1


def test_on_a_server_a_restore_asks_for_the_key_before_it_changes_anything(
    agreed: StoryPage, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.HUB_MODE = "production"
    settings.HUB_ENCRYPTION_KEYS, settings.HUB_LINK_KEYS = [OLD], ["a key of before"]
    keys.note_newest()
    KeyInUse.objects.exclude(name=keys.name_of(OLD)).delete()
    copy = a_backup()
    settings.HUB_ENCRYPTION_KEYS, settings.HUB_LINK_KEYS = [NEW], ["another key"]
    with pytest.raises(CannotRestore, match=rf"named {keys.name_of(OLD)}.*Nothing was changed"):
        restored(copy)
    assert not (tmp_path / "restore" / "unfinished").exists()
    said = restored(copy, keys_are_lost=True)
    assert "HUB_LINK_KEYS lacks the key of the backup: no private link or card from before will open" in said
    assert keys.missing() == []
    settings.HUB_ENCRYPTION_KEYS = [NEW, OLD]
    assert "HUB_LINK_KEYS" in restored(copy)


def test_a_backup_of_a_server_holds_no_key(agreed: StoryPage, settings: Any) -> None:
    settings.HUB_MODE = "production"
    with tarfile.open(fileobj=io.BytesIO(a_backup())) as tar:
        assert "keys.json" not in tar.getnames()
        opened = tar.extractfile("manifest.json")
        assert opened
        assert set(json.loads(opened.read())) >= {"keys", "secret_key", "head", "head_number", "head_at"}


def test_a_new_secret_ends_no_card_and_a_new_key_for_links_neither(agreed: StoryPage, settings: Any) -> None:
    KeyInUse.objects.all().delete()
    person = agreed.participations.get()
    settings.HUB_LINK_KEYS = ["the key of the first year, long enough"]
    card, asked = links.issue(person, PrivateLink.Purpose.KEEP), links.issue(person, PrivateLink.Purpose.ANSWER)
    settings.SECRET_KEY = "another secret, as after a leak, long enough"
    assert links.find(card.address) == card.link
    settings.HUB_LINK_KEYS = ["the key of the second year, long enough", *settings.HUB_LINK_KEYS]
    assert links.find(card.address) == card.link
    assert links.by_code(card.spoken_code)
    newer = links.issue(person, PrivateLink.Purpose.KEEP)
    said = io.StringIO()
    call_command("link_keys", stdout=said)
    assert ": 1 links and cards, makes new links." in said.getvalue()
    assert ": 2 links and cards, is needed." in said.getvalue()
    call_command("may_start")
    settings.HUB_LINK_KEYS = settings.HUB_LINK_KEYS[:1]
    assert links.find(card.address) is None
    with pytest.raises(CommandError, match="cards are known by is missing from HUB_LINK_KEYS"):
        call_command("may_start")
    call_command("link_keys", "--lost", stdout=said)
    call_command("may_start")
    assert links.find(newer.address) == newer.link
    assert PrivateLink.objects.filter(pk__in=[card.link.pk, asked.link.pk]).count() == 2, "the ledger tells of them"
    KeyInUse.objects.all().delete()


def test_links_of_before_there_were_keys_for_them_open_by_the_secret_of_those_days(
    agreed: StoryPage, settings: Any, tmp_path: Path
) -> None:
    settings.HUB_LINK_KEYS = [settings.SECRET_KEY]
    card = links.issue(agreed.participations.get(), PrivateLink.Purpose.KEEP)
    PrivateLink.objects.update(key_name="")
    settings.HUB_LINK_KEYS = env_keys.link_keys("local", tmp_path, settings.SECRET_KEY)
    assert settings.HUB_LINK_KEYS[0] != settings.SECRET_KEY
    assert links.find(card.address) == card.link
    assert keys.missing_link_keys() == []
