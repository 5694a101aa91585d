"""Evidence of an answer: what may be kept, who may open it, and that nothing sent is lost or left."""

import io
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import Error, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from hub.stories.choices import Use
from hub.stories.consent import evidence
from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import erase
from hub.stories.family.asking import ask
from hub.stories.family.may_be_asked import CannotAsk
from hub.stories.models import Consent, EvidenceFile, PersonalDetails, RecordOpened, StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, add_person, make_story
from tests.pdf_files import locked, packed, pdf
from tests.read_out import as_on_screen

pytestmark = pytest.mark.django_db
MP3 = b"ID3\x04\x00" + b"Zilpzalp" * 20
ANSWER = {"given_by": "self", "method": "paper", "use_website": "given"}


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return make_story(two_sections)


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **extra: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "beige").save(out, format=kind, **extra)
    return out.getvalue()


def several(kind: str) -> bytes:
    """Two sheets in one file, or two moments."""
    return photo(kind, save_all=True, append_images=[Image.new("RGB", (60, 40), "navy")])


def note(client: Client, story: StoryPage, data: bytes | None = None, name: str = "sheet.jpg", **change: Any) -> Any:
    person = story.participations.get()
    said = {**ANSWER, **as_on_screen(story), "given_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), **change}
    if data is not None:
        said["evidence"] = SimpleUploadedFile(name, data)
    return client.post(f"/admin/stories/{story.pk}/people/{person.pk}/record/", said)


def opened_at(file: EvidenceFile) -> str:
    return f"/admin/stories/{file.participation.story_id}/evidence/{file.pk}/"


def on_disk() -> list[bytes]:
    return [path.read_bytes() for path in Path(settings.EVIDENCE_ROOT).glob("*")]


def test_a_file_stands_behind_the_answers_noted_with_it(worker: Client, story: StoryPage) -> None:
    assert note(worker, story, MP3, "voice.mp3", method="audio", use_training="refused").status_code == 302
    file = EvidenceFile.objects.get()
    assert set(Consent.objects.values_list("evidence", flat=True)) == {file.pk}
    assert Consent.objects.count() == 2
    assert b"Zilpzalp" not in on_disk()[0], "encrypted"
    page = worker.get(f"/admin/stories/{story.pk}/people/").content.decode()
    assert "A sound recording of" in page
    answer = worker.get(opened_at(file))
    assert answer.content == MP3
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{file.pk}.mp3"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_each_opening_is_noted_for_good(worker: Client, story: StoryPage, clued_up_author: User) -> None:
    note(worker, story, MP3, "voice.mp3")
    worker.get(opened_at(EvidenceFile.objects.get()))
    opening = RecordOpened.objects.get(what="evidence")
    assert opening.by_user_id == clued_up_author.pk
    for change in (lambda: RecordOpened.objects.update(by_user_id=0), lambda: RecordOpened.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            change()


@pytest.mark.parametrize(("who", "status"), [("moderator", 200), ("carf_author", 404), ("toolkit_editor", 404)])
def test_only_the_section_and_moderators_open_it(
    worker: Client, story: StoryPage, who: str, status: int, request: Any
) -> None:
    note(worker, story, MP3, "voice.mp3")
    other = Client()
    other.force_login(request.getfixturevalue(who))
    assert other.get(opened_at(EvidenceFile.objects.get())).status_code == status
    assert RecordOpened.objects.count() == (1 if status == 200 else 0)
    assert Client().get(opened_at(EvidenceFile.objects.get())).status_code == 302


def test_a_file_of_another_story_is_not_found_under_this_one(worker: Client, story: StoryPage, tree: Tree) -> None:
    note(worker, story, MP3, "voice.mp3")
    other = make_story(tree, text="Sommer")
    assert worker.get(f"/admin/stories/{other.pk}/evidence/{EvidenceFile.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "empty.jpg", "This file is empty"),
        (b"\xff\xd8\xff" + b"x" * 50, "broken.jpg", "cannot be read"),
        (photo()[:-200] if len(photo()) > 400 else photo()[:100], "half.jpg", "cannot be read"),
        (several("GIF"), "wave.gif", "This picture moves"),
        (several("TIFF"), "sheets.tif", "several pictures in this file"),
        (several("HEIF"), "sheets.heic", "several pictures in this file"),
        (b"MZ\x90\x00" + b"x" * 90, "setup.jpg", "cannot keep this kind of file"),
        (b"<html><script>alert(1)</script>", "page.pdf", "cannot keep this kind of file"),
        (pdf(b"/OpenAction <</S /URI /URI (https://x.org)>>"), "form.pdf", "holds a script"),
        (packed(b"<</S /JavaScript /JS (x)>>"), "form.pdf", "holds a script"),
        (locked(owner_only=False), "locked.pdf", "locked with a password"),
        (pdf()[:-99], "half.pdf", "damaged or not complete"),
        (pdf(b"", b"/Annots [<</Subtype /Surprise>>]"), "odd.pdf", "cannot look into"),
    ],
    ids=lambda value: "file" if isinstance(value, bytes) else str(value),
)
def test_what_cannot_be_kept_gets_a_sentence_and_loses_nothing(
    worker: Client, story: StoryPage, data: bytes, name: str, sentence: str
) -> None:
    answer = note(worker, story, data, name)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert f'value="{timezone.localtime():%Y-%m-%dT}' in page
    assert not Consent.objects.exists()
    assert not on_disk()


def test_a_file_that_is_too_big_is_refused_before_it_is_read(story: StoryPage) -> None:
    upload = SimpleUploadedFile("long.mp4", b"x")
    upload.size = evidence.LARGEST + 1
    with pytest.raises(evidence.CannotKeep, match="too big"):
        evidence.check(upload)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "TIFF"])
def test_a_phones_photo_becomes_a_small_one_without_its_place(worker: Client, story: StoryPage, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0131] = "Zilpzalp"
    note(worker, story, photo(kind, (4200, 3000), exif=exif.tobytes()), "IMG_1.heic")
    kept = evidence.read(EvidenceFile.objects.get())
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) == evidence.LONGEST_SIDE
        assert not picture.getexif()
    assert b"Zilpzalp" not in kept


def test_a_plain_pdf_is_kept_as_it_is(worker: Client, story: StoryPage) -> None:
    plain = pdf(b"/OpenAction [3 0 R /XYZ null null 0]")
    note(worker, story, plain, "sheet.pdf")
    assert evidence.read(EvidenceFile.objects.get()) == plain


def test_a_mistake_elsewhere_in_the_form_keeps_the_file(worker: Client, story: StoryPage) -> None:
    page = note(worker, story, MP3, "voice.mp3", method="spoken").content.decode()
    assert "A spoken answer needs a witness" in page
    assert "A sound recording is kept from before" in page
    token = evidence.token_of(EvidenceFile.objects.get())
    assert token.split(":")[0] in page
    assert note(worker, story, method="spoken", witnessed="on", kept=token).status_code == 302
    assert Consent.objects.get().evidence == EvidenceFile.objects.get()


def test_nobody_attaches_a_file_of_somebody_else_by_its_name(worker: Client, story: StoryPage, tree: Tree) -> None:
    note(worker, story, MP3, "voice.mp3", method="spoken")
    other = make_story(tree, text="Sommer")
    for token in (evidence.token_of(EvidenceFile.objects.get()), "forged", ""):
        Consent.objects.all().delete()
        note(worker, other, kept=token)
        assert Consent.objects.get().evidence is None


def test_a_file_nobody_finished_the_form_for_is_gone_after_a_day(worker: Client, story: StoryPage) -> None:
    note(worker, story, MP3, "voice.mp3", method="spoken")
    assert evidence.forget_unattached(timezone.now()) == 0
    assert evidence.forget_unattached(timezone.now() + timedelta(days=2)) == 1
    assert not on_disk()


def test_an_answer_dated_in_the_future_is_refused(worker: Client, story: StoryPage) -> None:
    page = note(worker, story, given_at="2999-01-01T10:00").content.decode()
    assert "An answer cannot be dated in the future." in page
    assert not Consent.objects.exists()


def test_another_key_locks_it_again(worker: Client, story: StoryPage, settings: Any) -> None:
    note(worker, story, MP3, "voice.mp3")
    before, new = on_disk(), Fernet.generate_key().decode()
    settings.HUB_ENCRYPTION_KEYS = [new, *settings.HUB_ENCRYPTION_KEYS]
    call_command("lock_again", stdout=StringIO())
    assert on_disk() != before
    settings.HUB_ENCRYPTION_KEYS = [new]
    assert evidence.read(EvidenceFile.objects.get()) == MP3


def test_erasing_the_story_takes_the_file_and_who_they_are(worker: Client, story: StoryPage) -> None:
    note(worker, story, MP3, "voice.mp3")
    participant = story.participations.get().participant
    details = {"preferred_name": "Zilpzalp", "do_not_ask_until": "2030-01-01"}
    worker.post(f"/admin/stories/{story.pk}/people/{story.participations.get().pk}/details/", details)
    assert set(verify(["Zilpzalp"])) >= {"evidence", "stories_personaldetails.preferred_name"}
    withdraw(story.participations.get())
    assert erase(story.pk).erased_at
    assert verify(["Zilpzalp"]) == []
    assert not on_disk()
    participant.refresh_from_db()
    assert participant.do_not_ask_until is None
    assert not PersonalDetails.objects.exists()


def test_details_are_for_the_section_only_and_each_opening_is_noted(
    worker: Client, story: StoryPage, clued_up_author: User, carf_author: User, moderator: User
) -> None:
    at = f"/admin/stories/{story.pk}/people/{story.participations.get().pk}/details/"
    assert worker.post(at, {"preferred_name": "Morag", "reading_format": "easy_read"}).status_code == 302
    page = worker.get(at).content.decode()
    assert "Morag" in page
    assert clued_up_author.username in page
    assert "Morag" not in page.split("</title>")[0]
    for user in (carf_author, moderator):
        other = Client()
        other.force_login(user)
        assert other.get(at).status_code in {302, 404}
    assert set(RecordOpened.objects.values_list("by_user_id", flat=True)) == {clued_up_author.pk}


def test_whoever_asked_not_to_be_asked_is_not_asked_before_their_day(story: StoryPage, clued_up_author: User) -> None:
    person = add_person(story)
    person.participant.do_not_ask_until = timezone.localdate() + timedelta(days=3)
    person.participant.save()
    with pytest.raises(CannotAsk, match="asked not to be asked before"):
        ask(person, uses=[Use.WEBSITE], by=clued_up_author)
    person.participant.do_not_ask_until = timezone.localdate()
    person.participant.save()
    assert ask(person, uses=[Use.WEBSITE], by=clued_up_author).link.participation == person
