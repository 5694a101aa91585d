"""Builds a demo from its content files, through the operations the screens use. Run twice, it changes nothing.

Refuses to put one demo beside another.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Collection

from hub.demo.cast import People
from hub.demo.content import Content
from hub.demo.drawings import draw
from hub.demo.feedback import give_feedback
from hub.demo.folders import DEMOS
from hub.demo.happenings import let_things_happen
from hub.demo.of_this_place import add_help_lines, name_the_partnership, teach_the_search, work_under_the_law
from hub.demo.situations import put_into_situation
from hub.pages.first_pages import make_first_pages
from hub.pages.first_pages.content_files import ContentMistake, html, steps_of, stream
from hub.pages.models import (
    ActivityPage,
    GuidancePage,
    HomePage,
    HubImage,
    HubPage,
    InfoPage,
    LanguagePage,
    ModulePage,
    PartnerSectionPage,
    PartnersPage,
    StoriesPage,
    ToolkitPage,
    TranslationPage,
)
from hub.partners.law import law_now
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from hub.partners.roles import SHARED_COLLECTION
from hub.stories.models import StoryPage

SHARED = ("audience", "last_checked", "next_check", "content_note")


OTHER = (
    "This folder holds the demo “{there}”, and two are never mixed. `make demo DEMO={there}` shows it again; "
    "`make reset` forgets it, and all that was changed in it: then `make demo DEMO={demo}` begins anew."
)
OTHER_LAW = (
    "The pages here were made under another law than that of the demo “{demo}”. `make reset` forgets them, "
    "and all that was changed: then `make demo DEMO={demo}` begins anew."
)


def demo_here() -> str:
    """Which demo was loaded here? By the addresses of its partners, of which one is enough; empty when none was."""
    here = set(Partner.objects.values_list("slug", flat=True))
    return next((demo for demo in DEMOS if here & {one["slug"] for one in Content(demo).read_all("partners")}), "")


@transaction.atomic
def load(demo: str) -> bool:
    """Loads a demo and returns True; False, with nothing changed, when there is a partner or a module already.

    Raises ContentMistake when there is no such demo, when another one is here, and when pages say another law.
    """
    content, there = Content(demo), demo_here()
    if there not in {demo, ""}:
        raise ContentMistake(OTHER.format(there=there, demo=demo))
    if Partner.objects.exists() or ModulePage.objects.exists():
        return False
    law = law_now()
    if HomePage.objects.exists() and (law is None or law.code != content.read("site.toml")["law"]):
        raise ContentMistake(OTHER_LAW.format(demo=demo))
    _Demo(content).build()
    return True


class _Demo:
    """One run of the loader: remembers pages and images by the keys the content files use."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.links: dict[str, int] = {}
        self.images: dict[str, int] = {}
        self.modules: dict[str, ModulePage] = {}
        self.sections: dict[str, PartnerSectionPage] = {}
        self.late: list[tuple[Any, dict[str, Any]]] = []

    def build(self) -> None:
        site = self.content.read("site.toml")
        self.people = People(self.content.demo)
        name_the_partnership(site["partnership"])
        work_under_the_law(site["law"], by=self.people.playing("administrator"))
        make_first_pages()
        add_help_lines(self.content)
        home = self.home(site)
        self.toolkit(site)
        self.partners(site)
        provision()
        self.pictures()
        self.people.join_their_groups()
        self.guidance()
        stories = self.stories(site)
        self.info(home)
        self.languages()
        self.bodies()
        for story, data in stories:
            put_into_situation(story, data, self.people)
        let_things_happen(self.content, self.links, self.people)
        give_feedback(self.content, self.links, self.people)
        teach_the_search(self.content, self.links)

    def pictures(self) -> None:
        """The partners' own in their folders, all others in the shared library."""
        shared = Collection.objects.get(name=SHARED_COLLECTION)
        folders = {own.partner.slug: own for own in Collection.objects.filter(partner__isnull=False)}
        for picture in self.content.read("images.toml")["image"]:
            own = folders[picture["partner"]].get_children().get(name="Images") if "partner" in picture else shared
            image = HubImage(title=picture["title"], default_alt_text=picture["alt_text"], collection=own)
            image.file = ContentFile(draw(picture["motif"], picture["strand"]), name="drawing.png")
            image.width, image.height = 1200, 800
            image.save()
            self.images[picture["key"]] = image.pk

    def home(self, site: dict[str, Any]) -> HomePage:
        home = HomePage.objects.get()
        for name in ("title", "headline", "lead", "featured_quote", "featured_quote_who"):
            setattr(home, name, site["home"][name])
        return self.reword(home, site["home"])

    def toolkit(self, site: dict[str, Any]) -> None:
        toolkit = self.reword(ToolkitPage.objects.get(), site["toolkit"])
        for module in self.content.read_all("modules"):
            page = ModulePage(title=module["title"], paper=module["strand"], is_example=True, body=[])
            page.made_with_families = [("entry", entry) for entry in module.get("log", [])]
            self.modules[module["key"]] = self.add(toolkit, page, module)
        for activity in self.content.read_all("activities"):
            self.add(self.modules[activity["module"]], self.activity(activity), activity)

    def activity(self, data: dict[str, Any]) -> ActivityPage:
        texts = ("set_up", "facilitator_notes", "might_come_up", "debrief", "variations")
        return ActivityPage(
            title=data["title"],
            is_example=True,
            **{name: data[name] for name in ("aim", "minutes", "group_from", "group_to")},
            **{name: html(data.get(name, ""), {}) for name in texts},
            needed=data["needed"],
            materials=[("item", item) for item in data.get("materials", [])],
            steps=steps_of(data),
            handouts=[self.handout(handout) for handout in data.get("handouts", [])],
        )

    def handout(self, data: dict[str, Any]) -> tuple[str, dict[str, str]]:
        if "cards" in data:
            return "cards", {"title": data["title"], "note": data.get("note", ""), "lines": "\n".join(data["cards"])}
        return "handout", {"title": data["title"], "text": html(data["text"], {})}

    def partners(self, site: dict[str, Any]) -> None:
        index = self.reword(PartnersPage.objects.get(), site["partners"])
        columns = {field.name for field in Partner._meta.concrete_fields}
        for partner in self.content.read_all("partners"):
            row = Partner.objects.create(**{k: v for k, v in partner.items() if k in columns})
            section = PartnerSectionPage(title=row.name, slug=row.slug, organisation=row, partner=row)
            section.summary = partner["summary"]
            self.sections[row.slug] = self.add(index, section, partner)

    def guidance(self) -> None:
        for data in self.content.read_all("guidance"):
            section = self.sections[data["partner"]]
            page = GuidancePage(title=data["title"], is_example=True, partner=section.organisation, body=[])
            page.owner = self.people.by_name.get(f"{data['partner']}-author")
            self.add(section, page, data)

    def stories(self, site: dict[str, Any]) -> list[tuple[StoryPage, dict[str, Any]]]:
        self.reword(StoriesPage.objects.get(), site["stories"])
        made = []
        for story in self.content.read_all("stories"):
            section = self.sections[story["partner"]]
            page = StoryPage(
                title=story["title"],
                slug=story["slug"],
                is_example=True,
                partner=section.organisation,
                told_by=story["told_by"],
                names_note=story["names_note"],
                written_in=story.get("written_in", ""),
                told_in=story.get("told_in", ""),
                body=[],
                special_categories=story["special_categories"],
                help_topics=story["help_topics"],
                owner=self.people.playing("author"),
            )
            made.append((self.add(section, page, story), story))
        return made

    def info(self, home: HomePage) -> None:
        for data in self.content.read_all("info"):
            page = InfoPage(
                title=data["title"],
                slug=data["slug"],
                menu_place=data["menu_place"],
                menu_title=data.get("menu_title", ""),
                body=[],
            )
            self.add(home, page, data)
        for data in self.content.read("first_pages.toml")["page"]:
            page = InfoPage.objects.get(slug=data["key"])
            first = [{"type": block["type"], "value": block["value"]} for block in page.body.raw_data]
            self.reword(page, data, before=first)

    def languages(self) -> None:
        """A module, an activity and the page of help in other languages, written with care, checked by nobody yet."""
        toolkit, rooms = ToolkitPage.objects.get(), {}
        for data in self.content.read("translations/_languages.toml")["language"]:
            rooms[data["code"]] = self.add(toolkit, LanguagePage(code=data["code"], title=data["title"]), data)
        for data in self.content.read_all("translations"):
            page = TranslationPage(title=data["title"], slug=data["slug"], body=[])
            page.translates, page.steps = HubPage.objects.get(pk=self.links[data["translates"]]), steps_of(data)
            self.add(rooms[data["language"]], page, data)

    def reword(self, page: Any, data: dict[str, Any], *, before: Iterable[Any] = ()) -> Any:
        """Gives a page that every Hub has the demo's words, after what it says already where that is kept."""
        page.summary = data.get("summary", page.summary)
        self.links[data["key"]] = page.pk
        self.late.append((page, {**data, "kept": list(before)}))
        return page

    def add(self, parent: Any, page: Any, data: dict[str, Any]) -> Any:
        """Puts a page into the tree as a draft; its body and its links come in `bodies`, when all keys are known."""
        for name in SHARED:
            if name in data:
                setattr(page, name, data[name])
        page.summary = data.get("summary", page.summary)
        page.slug = page.slug or slugify(page.title)
        page.live = False
        parent.add_child(instance=page)
        if "key" in data:
            self.links[data["key"]] = page.pk
        self.late.append((page, data))
        return page

    def bodies(self) -> None:
        """Fills every page's body, links it to its modules, and publishes it unless it is to stay a draft."""
        for page, data in self.late:
            if "body" in data:
                page.body = stream(data["body"], links=self.links, images=self.images, kept=data.get("kept", []))
            if "after" in data:
                page.after_steps = stream(data["after"], links=self.links, images=self.images)
            if "modules" in data:
                page.modules = [self.modules[key] for key in data["modules"]]
            if isinstance(page, TranslationPage):
                page.read_at = timezone.now() - timedelta(days=data.get("read_days_ago", 0))
            page.full_clean()
            saved = page.save_revision(user=page.owner, clean=False)
            if not data.get("is_draft"):
                saved.publish()
