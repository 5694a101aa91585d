"""Is it shown? Facts, what the rule makes of them, and what readers are shown or told."""

from hub.stories.light.beside import about_names, because_of, names_disagree
from hub.stories.light.ending import ends_by, first_end, first_end_of, runs_out_by
from hub.stories.light.facts import (
    Records,
    carried_over_to,
    consent_facts,
    days_chosen,
    facts_of_many,
    facts_of_words,
    lines_about,
    person_facts,
    records_of,
    story_facts,
    voice_of,
)
from hub.stories.light.hidden import (
    PagesPolicy,
    hidden_stories,
    is_hidden,
    nothing_of_a_hidden_story,
    sees_hidden,
    stories_seen_by,
)
from hub.stories.light.label import Told, agreed_uses, what_uses_mean
from hub.stories.light.lighting import answers_for, lock, partner_reopened, relight, story_published
from hub.stories.light.newest import Versions, versions_of
from hub.stories.light.picture_watch import darken_swapped
from hub.stories.light.pictures import picture_in
from hub.stories.light.publishing import publish_story, publish_when_agreed, show_what_is_ready, somebody_asked
from hub.stories.light.serving import only_what_is_public
from hub.stories.light.standing import agreed_to, has_yes, standing_beside, yeses_in, yeses_to

__all__ = [
    "PagesPolicy",
    "Records",
    "Told",
    "Versions",
    "about_names",
    "agreed_to",
    "agreed_uses",
    "answers_for",
    "because_of",
    "carried_over_to",
    "consent_facts",
    "darken_swapped",
    "days_chosen",
    "ends_by",
    "facts_of_many",
    "facts_of_words",
    "first_end",
    "first_end_of",
    "has_yes",
    "hidden_stories",
    "is_hidden",
    "lines_about",
    "lock",
    "names_disagree",
    "nothing_of_a_hidden_story",
    "only_what_is_public",
    "partner_reopened",
    "person_facts",
    "picture_in",
    "publish_story",
    "publish_when_agreed",
    "records_of",
    "relight",
    "runs_out_by",
    "sees_hidden",
    "show_what_is_ready",
    "somebody_asked",
    "standing_beside",
    "stories_seen_by",
    "story_facts",
    "story_published",
    "versions_of",
    "voice_of",
    "what_uses_mean",
    "yeses_in",
    "yeses_to",
]
