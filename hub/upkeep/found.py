"""What did one look at the Hub find? A state, a sentence, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    WELL = "well"
    LOOK = "worth a look"
    UNWELL = "unwell"


@dataclass(frozen=True, slots=True)
class Found:
    """What one look found. `do` is empty when nothing has to be done."""

    name: str
    state: State
    said: str
    do: str = ""
    number: float = 0.0  # what a monitor draws


def well(name: str, said: str, number: float = 0.0) -> Found:
    return Found(name, State.WELL, said, number=number)
