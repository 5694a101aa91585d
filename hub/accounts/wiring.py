"""Wiring only: what time asks of accounts."""

from hub.accounts.invitations import forget_old as forget_old_invitations
from hub.accounts.limits import forget_old as forget_tries
from hub.accounts.once import forget_old as forget_sent_forms
from hub.accounts.operations import forget_old as forget_old_sign_ins
from hub.partners import jobs


def connect() -> None:
    jobs.declare(
        {
            "Addresses of old invitations forgotten": forget_old_invitations,
            "Old sign-ins forgotten": forget_old_sign_ins,
            "Sent forms forgotten": forget_sent_forms,
            "Tries forgotten": forget_tries,
        }
    )
