"""What is kept about accounts, beside Django's own tables."""

from hub.accounts.models.invitations import AccessEvent, Invitation
from hub.accounts.models.mornings import ALL_OF_IT, MorningStep
from hub.accounts.models.sent_forms import SentForm
from hub.accounts.models.sign_ins import SignIn
from hub.accounts.models.tries import Tries

__all__ = ["ALL_OF_IT", "AccessEvent", "Invitation", "MorningStep", "SentForm", "SignIn", "Tries"]
