"""The people of a demo as users of the Hub. Never changes a password, and gives nobody more than people.toml says."""

from django.contrib.auth.models import Group, User

from hub.demo.people import SignIn, everybody


class People:
    """The users of a demo, by user name or by the part that they play."""

    def __init__(self, demo: str) -> None:
        """Makes those that are missing. Never changes a password."""
        self.told = everybody(demo)
        self.by_name = {person.username: _user(person) for person in self.told}

    def __getitem__(self, username: str) -> User:
        return self.by_name[username]

    def playing(self, part: str) -> User:
        """Whoever plays this part. Raises KeyError when nobody of this demo does."""
        played = {person.plays: person.username for person in self.told}
        return self.by_name[played[part]]

    def join_their_groups(self) -> None:
        """Once provisioning has made the groups."""
        for person in self.told:
            self.by_name[person.username].groups.add(*(Group.objects.get(name=name) for name in person.groups))


def _user(person: SignIn) -> User:
    """A sign-in is called by its role on every screen."""
    user = User.objects.filter(username=person.username).first()
    if user is None:
        user = User(username=person.username, email=f"{person.username}@hub.example", first_name=person.role)
        user.is_superuser = user.is_staff = person.is_superuser
        user.set_password(person.password or None)
        user.save()
    return user
