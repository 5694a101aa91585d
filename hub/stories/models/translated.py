"""Is a story put into another language as if it were any page? The database refuses it, whoever comes.

People agreed to their own words. Other words are a story of their own, agreed to by everyone in it; that it
may be made is the `translation` use.
"""

from typing import Any, ClassVar

import pgtrigger

from hub.pages.models import TranslationPage

NO_STORY = """
    IF EXISTS (SELECT 1 FROM stories_storypage WHERE hubpage_ptr_id = NEW.translates_id) THEN
        RAISE check_violation USING MESSAGE = 'translation refused: a story is translated as a story of its own';
    END IF;
    RETURN NEW;
"""


class TranslationAsStoriesSeeIt(TranslationPage):
    """Translations as stories see them: none is of a story."""

    is_creatable = False

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="no_story_is_translated",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_STORY,
            ),
        ]
