"""What is kept about accounts, beside Django's own tables."""

from hub.accounts.models.sign_ins import SignIn

__all__ = ["SignIn"]
