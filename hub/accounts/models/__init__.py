"""What is kept about accounts, beside Django's own tables."""

from hub.accounts.models.invitations import AccessEvent, Invitation
from hub.accounts.models.sign_ins import SignIn

__all__ = ["AccessEvent", "Invitation", "SignIn"]
