"""Who can sign in to a demo, and who of them plays which part in its examples? From people.toml in its folder.

Loading them is refused outside local mode by the command that uses it: the password is written down.
"""

import tomllib
from dataclasses import dataclass

from hub.demo.folders import CONTENT, FIRST

PASSWORD = "harbour-kettle-jotter"  # noqa: S105 - written down on purpose: the demo holds nobody's data


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody of a demo. `plays` is the part that the loader and the tests know them by; few have one."""

    role: str
    username: str
    password: str
    groups: tuple[str, ...] = ()
    is_superuser: bool = False
    plays: str = ""


def sign_ins(demo: str) -> tuple[SignIn, ...]:
    """Those who can sign in, in the order in which they are said."""
    return tuple(person for person in everybody(demo) if person.password)


def everybody(demo: str) -> tuple[SignIn, ...]:
    """Also colleagues who are only named in the examples. Nobody signs in as them: they have no password."""
    told = tomllib.loads((CONTENT / demo / "people.toml").read_text(encoding="utf-8"))
    of = {"sign_in": PASSWORD, "colleague": ""}
    return tuple(
        SignIn(password=password, **{**person, "groups": tuple(person.get("groups", ()))})
        for kind, password in of.items()
        for person in told.get(kind, [])
    )


DEMO_SIGN_INS = sign_ins(FIRST)
