"""Which demos are there? A folder for each below content/. Read before Django is set up, so it asks nothing of it."""

from pathlib import Path

CONTENT = Path(__file__).parent / "content"
DEMOS = tuple(sorted(folder.name for folder in CONTENT.iterdir() if folder.is_dir()))
FIRST = "fife"
"""The one that is loaded when nobody says which."""


def why_not(demo: str) -> str:
    """What is wrong with the name of a demo, in a sentence; nothing when there is such a demo."""
    return "" if demo in DEMOS else f"There is no demo “{demo}”. There are: {', '.join(DEMOS)}."
