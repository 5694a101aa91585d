"""Every public way out of the Hub, in one table. A new way out comes with its row; the withdrawal test walks it."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import User
from django.test import Client
from pypdf import PdfReader

from hub.packs.wishes import Wish
from hub.stories.choices import Use
from hub.stories.models import StoryPage
from tests.factories import Tree, yes

Address = Callable[[Tree, StoryPage], str]


@dataclass(frozen=True)
class Surface:
    """`shows` is whether a lit story's words are to be seen there, once everybody has agreed to `use` as well."""

    name: str
    address: Address
    shows: bool = True
    use: Use | None = None

    def agree(self, story: StoryPage) -> None:
        """Everybody in the story says yes to what this way out needs besides the website."""
        for participation in story.participations.all() if self.use else ():
            yes(participation, cast("Use", self.use))

    def ask(self, client: Client, tree: Tree, story: StoryPage) -> Any:
        return client.get(self.address(tree, story))

    def body(self, client: Client, tree: Tree, story: StoryPage) -> str:
        response = self.ask(client, tree, story)
        content: bytes = b"".join(response.streaming_content) if response.streaming else response.content
        return text_of(content) if content.startswith(b"%PDF") else content.decode(errors="replace")


@dataclass(frozen=True)
class PackFile(Surface):
    """The file that a button on the page of a pack gives."""

    form: str = "pdf"

    def ask(self, client: Client, tree: Tree, story: StoryPage) -> Any:
        address = self.address(tree, story)
        once = client.get(address).content.decode().split('name="once" value="')[1].split('"')[0]
        return client.post("/pack/make/", {"pack": address.partition("?")[2], "form": self.form, "once": once})


@dataclass(frozen=True)
class TakenAlong(Surface):
    """The files that an administrator takes along, of one partner or of all: every word in them."""

    def ask(self, client: Client, tree: Tree, story: StoryPage) -> Any:
        staff = Client()  # who asks the other ways out stays nobody
        staff.force_login(User.objects.get_or_create(username="takes-along", is_superuser=True, is_staff=True)[0])
        partner = self.address(tree, story)
        return staff.post("/admin/moving/take-along/", {"partner": partner, "understood": "on"})

    def body(self, client: Client, tree: Tree, story: StoryPage) -> str:
        with zipfile.ZipFile(io.BytesIO(b"".join(self.ask(client, tree, story)))) as files:
            return " ".join(f"{name} {files.read(name).decode(errors='replace')}" for name in files.namelist())


def text_of(pdf: bytes) -> str:
    """The words of a PDF, with one space between two of them."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def a_pack(tree: Tree, story: StoryPage) -> str:
    """The address of a pack with the story between two other things."""
    return Wish((tree.module.pk, story.pk, tree.activity.pk)).address()


def of_the_partner(tree: Tree, story: StoryPage) -> str:
    return str(story.partner_id)


SURFACES = [
    Surface("story page", lambda tree, story: story.url),
    Surface("home", lambda tree, story: "/", shows=False),
    Surface("toolkit", lambda tree, story: tree.toolkit.url, shows=False),
    Surface("module", lambda tree, story: tree.module.url),
    Surface("activities", lambda tree, story: "/activities/", shows=False),
    Surface("activity", lambda tree, story: tree.activity.url, shows=False),
    Surface("section", lambda tree, story: tree.section.url),
    Surface("guidance", lambda tree, story: tree.guidance.url, shows=False),
    Surface("partners", lambda tree, story: "/partners/", shows=False),
    Surface("stories", lambda tree, story: tree.stories.url),
    Surface("search by word", lambda tree, story: "/search/?q=zaunkoenig"),
    Surface("search by some of the words", lambda tree, story: "/search/?q=zaunkoenig+xylophone"),
    Surface("search by kind", lambda tree, story: "/search/?kind=story"),
    Surface("search by a slip", lambda tree, story: "/search/?q=zaunkoenik", shows=False),
    Surface("search suggestions", lambda tree, story: "/search/suggestions/?q=zaun", shows=False),
    Surface("search suggestions of a title", lambda tree, story: "/search/suggestions/?q=the+counter", shows=False),
    Surface("sitemap", lambda tree, story: "/sitemap.xml", shows=False),
    Surface("sitemap of modules", lambda tree, story: "/sitemap-modules.xml", shows=False),
    Surface("sitemap of guidance", lambda tree, story: "/sitemap-guidance.xml", shows=False),
    Surface("sitemap of partners", lambda tree, story: "/sitemap-partners.xml", shows=False),
    Surface("sitemap of information", lambda tree, story: "/sitemap-information.xml", shows=False),
    Surface("feed", lambda tree, story: "/feed.xml", shows=False),
    Surface("feed of the toolkit", lambda tree, story: "/feed/toolkit.xml", shows=False),
    Surface("feed of the partner", lambda tree, story: "/feed/partner/clued-up.xml", shows=False),
    Surface("feed of what may be found", lambda tree, story: "/feed.xml", use=Use.BE_FOUND),
    Surface("the partner's feed", lambda tree, story: "/feed/partner/clued-up.xml", use=Use.BE_FOUND),
    Surface("sitemap of stories", lambda tree, story: "/sitemap-stories.xml", use=Use.BE_FOUND),
    Surface("the toolkit as data", lambda tree, story: "/data/toolkit.json", shows=False),
    Surface("for robots", lambda tree, story: "/robots.txt", shows=False),
    Surface("reserved from mining", lambda tree, story: "/.well-known/tdmrep.json", shows=False),
    Surface("what we did", lambda tree, story: "/you-said/", shows=False),
    Surface("what we did about a module", lambda tree, story: f"/you-said/?module={tree.module.pk}", shows=False),
    Surface("feedback about a module", lambda tree, story: f"/feedback/{tree.module.pk}/", shows=False),
    Surface("feedback about a story", lambda tree, story: f"/feedback/{story.pk}/", shows=False),
    Surface("thanks for feedback about a story", lambda tree, story: f"/feedback/{story.pk}/sent/", shows=False),
    Surface("what uses mean", lambda tree, story: "/what-uses-mean/", shows=False),
    Surface("what people said, in numbers", lambda tree, story: "/numbers/", shows=False),
    Surface("a pack", a_pack),
    Surface("a pack of nothing", lambda tree, story: "/pack/", shows=False),
    Surface("what a pack offers", lambda tree, story: Wish((tree.module.pk,)).address(), shows=False),
    PackFile("a pack on paper", a_pack, use=Use.PRINT_PACK),
    PackFile("a pack for a browser", a_pack, use=Use.PRINT_PACK, form="html"),
    PackFile("a pack without the use", a_pack, shows=False, form="html"),
    Surface("ready pack on paper", lambda tree, story: f"{tree.module.url}pack.pdf", shows=False, use=Use.PRINT_PACK),
    Surface("ready pack", lambda tree, story: f"{tree.module.url}pack.html", shows=False, use=Use.PRINT_PACK),
    Surface("handouts", lambda tree, story: f"{tree.activity.url}handout.pdf", shows=False, use=Use.PRINT_PACK),
    Surface("a pack nobody knows", lambda tree, story: "/pack/AAAA-AAAA/", shows=False),
    TakenAlong("taken along with its partner", of_the_partner, use=Use.PARTNER_SITES),
    TakenAlong("taken along with everything", lambda tree, story: "", use=Use.PARTNER_SITES),
    TakenAlong("taken along without the use", of_the_partner, shows=False),
    Surface("unknown address", lambda tree, story: "/nowhere/", shows=False),
]
USES: list[Use | None] = [None, *(use for use in Use if any(surface.use == use for surface in SURFACES))]
"""Which uses a way out asks about besides the website; None for those that ask about nothing more."""
