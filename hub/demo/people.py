"""The people who can sign in to the demo, one for each role. Refused outside local mode by the command that uses it."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User


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

# Each of the other partners is led as well. Nobody signs in as them: an administrator can invite whoever should.
OTHER_LEADS = {
    "carf-lead": ("CARF lead", "CARF: leads"),
    "fife-gingerbread-lead": ("Fife Gingerbread lead", "Fife Gingerbread: leads"),
    "first-lead": ("FIRST lead", "FIRST: leads"),
}


def create_people() -> dict[str, User]:
    """Makes the sign-ins that are missing and returns them by user name. Never changes a password."""
    people = {}
    for sign_in in DEMO_SIGN_INS:
        user = User.objects.filter(username=sign_in.username).first()
        if user is None:
            user = User.objects.create_user(sign_in.username, f"{sign_in.username}@hub.example", sign_in.password)
            user.is_superuser = user.is_staff = sign_in.is_superuser
            user.first_name = sign_in.role
            user.save()
        user.groups.add(*(Group.objects.get(name=name) for name in sign_in.groups))
        people[sign_in.username] = user
    for username, (role, group) in OTHER_LEADS.items():
        if not User.objects.filter(username=username).exists():
            lead = User.objects.create_user(username, f"{username}@hub.example", first_name=role)
            lead.groups.add(Group.objects.get(name=group))
    return people
