"""A first morning of three minutes, for each role: what to look at, in which order. Gone when done, or when put away.

Each step is one button, which leads there and ticks it off. Shows nobody a step whose screen is closed to her. An
administrator's are what an empty Hub needs first, and are done when they are so, not when a button was pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from hub.accounts import second_factor
from hub.accounts.models import ALL_OF_IT, Invitation, MorningStep
from hub.pages.admin.home_desk import sections_of, toolkits
from hub.pages.first_pages import example
from hub.pages.models import ModulePage, PartnerSectionPage
from hub.partners.models import Partner, PartnerGroup
from hub.partners.partnership import the_partnership
from hub.partners.people import partners_of, roles_held_by, signed_in
from hub.partners.roles import AUTHOR, LEAD, MODERATOR, SAFEGUARDING, TOOLKIT_EDITOR

Where = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Step:
    """`words` say what to do; `where` gives the address for this person, or nothing if there is none for her."""

    key: str
    words: str
    button: str
    where: Where
    is_done: Callable[[Any], bool] = lambda user: False
    by_looking: bool = True  # done by whoever has looked; otherwise only when it is so


def _at(name: str, *args: str) -> Where:
    return lambda user: reverse(name, args=args)


def _section(user: Any) -> PartnerSectionPage | None:
    return next(iter(sections_of(user)), None)


def _in_section(user: Any) -> str:
    section = _section(user)
    return (section.get_url() or "") if section else ""


def _first_draft(user: Any) -> str:
    section = _section(user)
    return reverse("wagtailadmin_pages:add", args=["pages", "guidancepage", section.pk]) if section else ""


def _toolkit(user: Any) -> str:
    toolkit = next(iter(toolkits(user)), None)
    return reverse("wagtailadmin_explore", args=[toolkit.pk]) if toolkit else ""


SECOND_STEP = Step(
    "second-step",
    "Set up your second step, so that nobody else can come in as you.",
    "Set it up",
    _at("mfa_index"),
)
READ_IT = Step(
    "guide", "Skim the guide. It stays here, under Help.", "Open the guide", _at("guide", "editors")
)  # for everybody who writes
WRITING = (
    READ_IT,
    Step("section", "Look at your section as readers see it.", "Look at it", _in_section),
    Step(
        "draft",
        "Write a first line of guidance and save it as a draft. Nothing is public before you press Publish.",
        "Write guidance",
        _first_draft,
    ),
)
MORNINGS: dict[str, tuple[Step, ...]] = {
    AUTHOR.name: WRITING,
    LEAD.name: (
        Step("leads-guide", "Skim the guide for leads. It stays here, under Help.", "Open it", _at("guide", "leads")),
        Step("colleagues", "See who works with you, and who is invited.", "See colleagues", _at("colleagues")),
        Step("checks", "See which pages are due to be checked.", "See what is due", _at("guidance_checks")),
    ),
    TOOLKIT_EDITOR.name: (
        READ_IT,
        Step("toolkit", "Find the modules and activities.", "Open the toolkit", _toolkit),
        Step("feedback", "Read what people told us.", "Read it", _at("feedback_queue")),
    ),
    MODERATOR.name: (
        Step("moderators-guide", "Skim the guide. It stays here, under Help.", "Open it", _at("guide", "moderators")),
        Step("queue", "See what waits, the longest first.", "Open the queue", _at("story_queue")),
        Step("register", "See whose yes runs out soon.", "Open the register", _at("consent_register")),
    ),
    SAFEGUARDING.name: (
        Step("flags", "See which stories are blocked, and why.", "See the legal flags", _at("open_flags")),
    ),
}


def _name_it(user: Any) -> str:
    return reverse("wagtailsettings:edit", args=["partners", "partnership"])


def _invite_a_lead(user: Any) -> str:
    number = next((number for number, is_open in _partners(user) if is_open), None)
    return reverse("colleague_invite", args=[number]) if number else reverse("partner_open")


def _partners(user: Any) -> list[tuple[int, bool]]:
    """Every partner, and whether it is open: asked once for each `user` that was read, for two of the steps."""
    kept: dict[str, Any] = user.__dict__
    if "_every_partner" not in kept:
        kept["_every_partner"] = list(Partner.objects.order_by("pk").values_list("pk", "is_open"))
    return list(kept["_every_partner"])


def _has_a_lead(user: Any) -> bool:
    """Somebody is a lead, or has been asked to be one."""
    asked = Invitation.objects.filter(role=LEAD.name, withdrawn_at=None).order_by().values("pk")
    leads = PartnerGroup.objects.filter(role=PartnerGroup.Roles.LEADS, group__user__is_active=True).values("pk")
    return asked.union(leads, all=True).exists()


def _first_module(user: Any) -> str:
    toolkit = next(iter(toolkits(user)), None)
    return reverse("wagtailadmin_pages:add", args=["pages", "modulepage", toolkit.pk]) if toolkit else ""


BEGINNING = (
    Step(
        "name-it",
        "Say what you are called, where you work, and how people reach you.",
        "Name it",
        _name_it,
        lambda user: the_partnership().is_named,
        by_looking=False,
    ),
    Step(
        "partner",
        "Open a partner. Its section, its groups and its folders are made with it.",
        "Open a partner",
        _at("partner_open"),
        lambda user: bool(_partners(user)),
        by_looking=False,
    ),
    Step("lead", "Invite its lead, who invites the others.", "Invite", _invite_a_lead, _has_a_lead, by_looking=False),
    Step(
        "module",
        "Write the first module and publish it: then there is something to read.",
        "Write a module",
        _first_module,
        lambda user: ModulePage.objects.live().exclude(translation_key=example.MODULE).exists(),
        by_looking=False,
    ),
)  # what an empty Hub needs, in this order


def steps_for(user: Any) -> list[tuple[Step, str]]:
    """The steps of all her roles, each once, with their addresses; an administrator's are what the Hub needs first."""
    if user.is_superuser:
        return [(step, address) for step in BEGINNING if (address := step.where(user))]
    mine = _roles_of(user)
    steps = [step for role, of_role in MORNINGS.items() if role in mine for step in of_role]
    found = {step.key: (step, address) for step in [SECOND_STEP, *steps] if (address := step.where(user))}
    return list(found.values()) if steps else []


def _roles_of(user: Any) -> set[str]:
    """The name of each role she holds, for whichever partner."""
    return {held.role for held in roles_held_by(user)}


class FirstMorningPanel(Component):
    """On top of the first screen, until it is done."""

    name = "first_morning"
    template_name = "pages/admin/first_morning.html"
    order = 1

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        taken = _taken_by(request.user)
        steps = [] if ALL_OF_IT in taken else steps_for(request.user)
        rows = [(step, step.key in taken or step.is_done(request.user)) for step, _ in steps]
        partner = next(iter(partners_of(request.user)), None)
        is_over = all(is_done for _, is_done in rows)
        is_hers = request.user.is_superuser
        return {
            "csrf_token": get_token(request),  # a component has none of the request's own context
            "rows": [] if is_over else rows,
            "partner": partner,
            "begins_the_hub": is_hers,
            "example_is_in": is_hers and example.is_in(),
        }


def _taken_by(user: Any) -> set[str]:
    """The steps she took. The second step is taken when she has one, whatever button she pressed: one question."""
    ticked = MorningStep.objects.filter(user=user).values_list("step", flat=True)
    has_one = second_factor.steps_of(user).annotate(step=Value(SECOND_STEP.key)).values_list("step", flat=True)
    return set(ticked.union(has_one))


def first_morning_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(FirstMorningPanel())


@require_POST
def take_a_step(request: HttpRequest, step: str) -> HttpResponse:
    """Ticks it off and leads there; `all` puts the list away."""
    steps = steps_for(request.user)
    by_looking = {one.key: one.by_looking for one, _ in steps}
    addresses = {one.key: address for one, address in steps} | {ALL_OF_IT: reverse("wagtailadmin_home")}
    if step not in addresses:
        raise Http404
    if step == ALL_OF_IT or by_looking[step]:
        MorningStep.objects.get_or_create(user=signed_in(request), step=step)
    return redirect(addresses[step])
