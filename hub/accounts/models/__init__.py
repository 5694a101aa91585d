"""What is kept about accounts, beside Django's own tables."""

from hub.accounts.models.invitations import AccessEvent, Invitation

__all__ = ["AccessEvent", "Invitation"]
