"""Where does a story stand? One sentence, one path and one next step, for every screen that tells it."""

from hub.stories.path.sentence import Next, day, weekday
from hub.stories.path.standing import Standing, standing_of, standings_of, website_answers

__all__ = ["Next", "Standing", "day", "standing_of", "standings_of", "website_answers", "weekday"]
