"""The people who can sign in to the demo, one for each role. Refused outside local mode by the command that uses it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    username: str
    password: str
    groups: tuple[str, ...] = ()
    is_superuser: bool = False


PASSWORD = "harbour-kettle-jotter"  # noqa: S105 - written down on purpose: the demo holds nobody's data

DEMO_SIGN_INS = (
    SignIn("Clued Up author", "clued-up-author", PASSWORD, ("Clued Up: authors",)),
    SignIn("Clued Up lead", "clued-up-lead", PASSWORD, ("Clued Up: leads",)),
    SignIn("CARF author", "carf-author", PASSWORD, ("CARF: authors",)),
    SignIn("Moderator", "moderator", PASSWORD, ("Story moderators",)),
    SignIn("Toolkit editor", "toolkit-editor", PASSWORD, ("Toolkit editors", "FIRST: authors")),
    SignIn("Administrator", "administrator", PASSWORD, (), is_superuser=True),
    SignIn("Toolkit editor of CARF", "toolkit-editor-carf", PASSWORD, ("Toolkit editors", "CARF: authors")),
)

# Colleagues who are named in the examples. Nobody signs in as them: an administrator can invite whoever should.
OTHERS = {
    "second-moderator": ("Second moderator", "Story moderators"),
    "carf-lead": ("CARF lead", "CARF: leads"),
    "fife-gingerbread-lead": ("Fife Gingerbread lead", "Fife Gingerbread: leads"),
    "first-lead": ("FIRST lead", "FIRST: leads"),
}
