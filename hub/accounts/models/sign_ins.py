"""The log of sign-ins: who, when and how, and whether it worked. It only grows, and forgets after a time.

Refuses what it need not know: no network address, and of a name that is nobody's not even the name.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone

KEPT_DAYS_AT_LEAST = 28


class SignIn(models.Model):
    """One line. It stays when the account is deleted, and then names a number that nobody has."""

    class What(models.TextChoices):
        PASSWORD = "in-password", "Signed in with a password alone"
        APP = "in-app", "Signed in with a password and a code from an app"
        PASSKEY = "in-passkey", "Signed in with a passkey"
        PASSWORD_PASSKEY = "in-both", "Signed in with a password and a passkey"
        RECOVERY = "in-recovery", "Signed in with a password and a recovery code"
        WRONG_PASSWORD = "wrong-password", "Refused: wrong password"
        WRONG_CODE = "wrong-code", "Refused: right password, wrong code"
        WRONG_PASSKEY = "wrong-passkey", "Refused: a passkey that does not fit"
        APP_ADDED = "app-added", "Authenticator app set up"
        APP_REMOVED = "app-removed", "Authenticator app removed"
        PASSKEY_ADDED = "passkey-added", "Passkey added"
        PASSKEY_REMOVED = "passkey-removed", "Passkey removed"
        CODES_MADE = "codes-made", "New recovery codes made"
        TAKEN_AWAY = "taken-away", "Second step taken away"
        LEFT_ELSEWHERE = "left-elsewhere", "Signed out everywhere else"

    what = models.CharField(max_length=20, choices=What.choices)
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(
        "auth.User",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="sign_ins",
        help_text="Empty where the name typed was nobody's.",
    )
    by = models.ForeignKey(
        "auth.User",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        help_text="Who did it, if it was not the person herself. Empty also for whoever runs the Hub.",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["user", "-at"], name="sign_ins_of_one"),
            models.Index(fields=["-at"], name="sign_ins_by_time"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="sign_ins_unchanged", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="sign_ins_kept",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"""
                IF OLD.at > now() - interval '{KEPT_DAYS_AT_LEAST} days' THEN
                    RAISE EXCEPTION 'a sign-in is kept for {KEPT_DAYS_AT_LEAST} days at least';
                END IF;
                RETURN OLD;
                """,
            ),
            pgtrigger.Trigger(
                name="sign_ins_no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return f"sign-in {self.pk}"

    @property
    def worked(self) -> bool:
        """Whether it went as whoever did it wanted."""
        return not self.what.startswith("wrong")

    @property
    def person(self) -> str:
        """Whose way in it is about; empty for a name that is nobody's."""
        return _name(self.user, self.user_id)

    @property
    def doer(self) -> str:
        """Who did it, if it was not the person herself."""
        return _name(self.by, self.by_id)


def _name(user: Any, number: int | None) -> str:
    """What somebody is called. Of a deleted account the number is left; `user` is joined, so that asking is safe."""
    if number is None:
        return ""
    return user.get_username() if user else f"a deleted account ({number})"
