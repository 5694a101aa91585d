"""Who plays which part in a demo, and where? The journeys ask here, so that they can be run on each demo.

`in_each_demo` runs a test on the first one, and on the others in `make test-all`.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.utils.text import slugify

from hub.demo.content import Content
from hub.demo.folders import DEMOS, FIRST
from hub.demo.people import SignIn, everybody
from hub.law import LAWS, Law


@dataclass(frozen=True)
class Cast:
    """The people who sign in, the partner that the author works for, a module, and the law of the place."""

    author: SignIn
    lead: SignIn
    moderator: SignIn
    administrator: SignIn
    partner: str  # by its short name
    section: str  # its address
    module: str
    module_address: str
    law: Law


def cast_of(demo: str) -> Cast:
    content, people = Content(demo), {person.plays: person for person in everybody(demo)}
    short = people["author"].groups[0].removesuffix(": authors")
    partner = next(one for one in content.read_all("partners") if one["short_name"] == short)
    module = content.read_all("modules")[1]["title"]
    return Cast(
        **{part: people[part] for part in ("author", "lead", "moderator", "administrator")},
        partner=short,
        section=f"/partners/{partner['slug']}/",
        module=module,
        module_address=f"/toolkit/{slugify(module)}/",
        law=LAWS[content.read("site.toml")["law"]],
    )


def _as(demo: str) -> Any:
    """The first as no wish at all: its server is the one that all other tests have."""
    return pytest.param(None, id=demo) if demo == FIRST else pytest.param(demo, id=demo, marks=pytest.mark.thorough)


in_each_demo = pytest.mark.parametrize(
    "demo", [_as(demo) for demo in sorted(DEMOS, key=lambda demo: demo != FIRST)], indirect=True, scope="package"
)
