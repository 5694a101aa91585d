"""Prints docs/law.md, as it has to be: `make law`. Refuses nothing, and writes no file itself."""

from hub.law import LAWS
from hub.law.in_words import for_everybody

print(for_everybody(LAWS.values()), end="")  # noqa: T201 - that is what it is for
