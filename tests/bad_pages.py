"""Ways in which a page can be bad so that whatever lists it meets an error, and every list that could meet it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from hub.feedback.models import Feedback
from hub.pages.models import GuidancePage, HubPage, ModulePage
from hub.stories.choices import Use
from hub.stories.models import ChangeWanted, LegalFlag, PublicRequest, StoryPage, StoryUse
from hub.stories.review import hand_in
from tests.factories import Tree, a_moderator, activity, add_person, lit_story, put, words, yes
from tests.owner import without_triggers

GOOD, BAD = "Goldammer", "Zilpzalp"  # in the title of the good page of each kind, and of the bad one
TABLES = {"guidance": "pages_guidancepage", "module": "pages_modulepage", "story": "stories_storypage",
          "activity": "pages_activitypage"}  # fmt: skip


def _column(name: str, value: str) -> Callable[[HubPage, Any], None]:
    def spoil(page: HubPage, _: Any) -> None:
        without_triggers(f"UPDATE pages_hubpage SET {name} = {value} WHERE id = {page.pk}")

    return spoil


def _words(value: str) -> Callable[[HubPage, Any], None]:
    def spoil(page: HubPage, _: Any) -> None:
        column = "steps" if page.kind == "activity" else "body"
        table = TABLES[page.kind]
        without_triggers(f"UPDATE {table} SET {column} = '{value}' WHERE hubpage_ptr_id = {page.pk}")

    return spoil


def _draft(page: HubPage, _: Any) -> None:
    without_triggers(f"UPDATE wagtailcore_revision SET content = '[1]' WHERE id = {page.latest_revision_id}")


def _row(page: HubPage, _: Any) -> None:
    """Of pages that no other table points at: the database itself refuses to be left with a pointer to nothing."""
    if page.kind in {"module", "activity"}:
        without_triggers(f"DELETE FROM {TABLES[page.kind]} WHERE hubpage_ptr_id = {page.pk}")


def _address(page: HubPage, monkeypatch: Any) -> None:
    for name in ("get_url", "get_full_url"):
        monkeypatch.setattr(HubPage, name, _raising_for(page.pk, getattr(HubPage, name)))
    monkeypatch.setattr(HubPage, "url", property(lambda self: self.get_url()))


def _raising_for(number: int, method: Any) -> Any:
    def raising(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self.pk == number:
            raise ZeroDivisionError(f"{self.title} has no address")
        return method(self, *args, **kwargs)

    return raising


def _title(page: HubPage, monkeypatch: Any) -> None:
    usual = HubPage.from_db.__func__  # type: ignore[attr-defined] # a class method

    def from_db(cls: Any, *args: Any) -> Any:
        read = usual(cls, *args)
        if read.pk == page.pk and "title" in read.__dict__:
            read.title = None
        return read

    monkeypatch.setattr(HubPage, "from_db", classmethod(from_db))


WAYS: dict[str, Callable[[HubPage, Any], None]] = {
    "words that are no list of blocks": _words('{"a": 1}'),
    "a block that is no text": _words('[{"type": "text", "value": {"a": 1}, "id": "x"}]'),
    "a day that never ends": _column("first_published_at", "'infinity'"),
    "a day before all zones of time": _column("last_published_at", "'0001-01-01 00:00+00'"),
    "a note that there is not": _column("content_note", "'{nonsense}'"),
    "no row of its own": _row,
    "a draft that is none": _draft,
    "an address that raises": _address,
    "no title": _title,
}


def good_and_bad(tree: Tree, kind: str) -> list[HubPage]:
    """Good pages of this kind, and the same again that are still to be spoilt: those are returned."""
    pages = {name: _pages(tree, kind, name) for name in (GOOD, BAD)}
    for page in (*pages[GOOD], *pages[BAD]):
        soon = timezone.localdate() + timedelta(days=1)
        HubPage.objects.filter(pk=page.pk).update(next_check=soon, has_unpublished_changes=page.kind != "story")
        Feedback.objects.create(
            page=page, about=page.title, words="More", you_said="More", our_words="Done", outcome="did",
            answered_on="2026-05-01", state="answered", fingerprint=str(page.pk),
        )  # fmt: skip
    return [HubPage.objects.get(pk=page.pk).specific for page in pages[BAD]]


def _pages(tree: Tree, kind: str, name: str) -> list[Any]:
    if kind == "guidance":
        made = GuidancePage(title=name, partner=tree.section.organisation, body=words(name), modules=[tree.module])
        return [put(tree.section, made)]
    if kind == "module":
        return [put(tree.toolkit, ModulePage(title=name, body=words(name)))]
    if kind == "activity":
        return [put(tree.module, activity(name))]
    return [_that_may_be_found(lit_story(tree, text=name)), _story_that_waits(tree, name)]


def _that_may_be_found(story: StoryPage) -> StoryPage:
    for person in story.participations.all():
        yes(person, Use.BE_FOUND)
    return story


def _story_that_waits(tree: Tree, name: str) -> StoryPage:
    """For the lists of staff: nobody has decided about it, a flag is open, somebody asked for a change."""
    story = StoryPage(title=name, told_by="a parent", partner=tree.section.organisation, body=words(name))
    put(tree.section, story)
    person = add_person(story)
    yes(person)
    LegalFlag.objects.create(story=story, reason="adoption")
    StoryUse.objects.create(story=story, use="training", where=name, used_on="2026-01-01")
    ChangeWanted.objects.create(participation=person, wanted=name)
    PublicRequest.objects.create(
        story=story, reference=f"R-{story.pk}", about=name, message=name, due_at=timezone.now()
    )
    hand_in(StoryPage.objects.get(pk=story.pk), by=a_moderator())
    return story
