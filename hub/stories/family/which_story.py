"""Which story is this page about? Somebody in several sees on each page which one it is, by the title they were shown.

A title is words: whoever is asked reads it, and whoever said yes. To whoever said no or not now, once anybody has
stopped or paused the story, and while it is hidden, the day on which they were asked says which one it is.
"""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from hub.pages.words.languages import ENGLISH, Said, language_of
from hub.screen_languages import lang_now
from hub.stories.family.asking import is_stopped
from hub.stories.family.receipts import day
from hub.stories.family.where_words_are import is_looked_at_again
from hub.stories.models import PrivateLink
from hub.stories.rule import Decision, GivenBy


def which_story(link: PrivateLink) -> Said:
    """The title as it was when they were asked, or the day on which they were; and in which language that is."""
    title = _title_they_may_read(link)
    if title is None or not title.words:
        asked_on = _("The story we asked you about on %(day)s") % {"day": day(link.made_at)}
        return Said(asked_on, lang_now(), "ltr")
    return replace(title, words=f"“{title.words}”")


def _title_they_may_read(link: PrivateLink) -> Said | None:
    person, by_guardian = link.participation, Q(given_by=GivenBy.GUARDIAN)
    if is_stopped(person.story_id) or is_looked_at_again(person):
        return None
    own = person.consents.filter(by_guardian if link.given_by == GivenBy.GUARDIAN else ~by_guardian)
    read = own.filter(decision__in=[Decision.REQUESTED, Decision.GIVEN], revision__isnull=False)
    consent = read.select_related("revision").order_by("-pk").first()
    revision = (link.revision or consent.revision) if consent else None
    if revision is None:
        return None
    written_in = str(revision.content.get("written_in") or "")
    lang, dir_ = (language_of(written_in).lang, language_of(written_in).dir) if written_in else (ENGLISH, "ltr")
    return Said(str(revision.content.get("title") or ""), lang, dir_)
