"""What the database itself asks before a story is lit: the whole rule once more, in SQL, whoever comes and however.

Written apart from hub/stories/rule.py on purpose: two that agree are needed to show a story. Refuses without proof.
"""

from typing import Any, ClassVar

import pgtrigger

from hub.pages.models import HubImage, Visibility
from hub.pages.visibility import darken

LIGHT_ONLY_WITH_PROOF = """
    PERFORM 1 FROM pages_hubpage
        WHERE id = NEW.page_id AND live AND live_revision_id = NEW.revision_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: the page is not live at this revision';
    END IF;
    IF NEW.public_until <= clock_timestamp() THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: it has run out already';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM stories_storyparticipant WHERE story_id = NEW.page_id AND consent_needed) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: nobody in the story has been asked';
    END IF;
    IF EXISTS (
        SELECT 1 FROM stories_storyparticipant sp
        JOIN stories_participant p ON p.id = sp.participant_id
        CROSS JOIN unnest(
            CASE p.age_band WHEN 'under_12' THEN ARRAY['own', 'guardian'] ELSE ARRAY['own'] END
        ) AS voice
        WHERE sp.story_id = NEW.page_id AND sp.consent_needed AND (
            p.reask_at < NEW.public_until OR (p.reask_at IS NULL AND p.age_band <> 'adult')
            OR (
                SELECT bool_and(
                    c.decision = 'given' AND c.held_at IS NULL AND c.expires_at >= NEW.public_until
                    AND (w.retired_at IS NULL OR w.retired_at >= NEW.public_until)
                    AND (c.not_before IS NULL OR c.not_before <= clock_timestamp())
                    AND c.special_categories @> (
                        SELECT s.special_categories FROM stories_storypage s WHERE s.hubpage_ptr_id = NEW.page_id))
                FROM stories_consent c
                LEFT JOIN stories_wordingretirement w ON w.wording_id = c.wording_id
                WHERE c.participation_id = sp.id AND c.use = 'website' AND c.decision <> 'superseded'
                  AND CASE voice WHEN 'guardian' THEN c.given_by = 'guardian'
                      ELSE c.given_by = 'self' OR (c.given_by = 'other' AND p.may_be_answered_by_attorney) END
                  AND (c.decision NOT IN ('given', 'requested') OR c.content_hash = NEW.content_hash OR EXISTS (
                        SELECT 1 FROM stories_carryover o WHERE o.consent_id = c.id
                        AND o.from_hash = c.content_hash AND o.to_hash = NEW.content_hash))
            ) IS NOT TRUE)
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: not everyone agrees to these words';
    END IF;
    IF EXISTS (SELECT 1 FROM stories_legalflag WHERE story_id = NEW.page_id AND cleared_at IS NULL) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: a legal flag is open';
    END IF;
    IF 'approved' IS DISTINCT FROM (
        SELECT outcome FROM stories_moderationdecision
        WHERE story_id = NEW.page_id AND content_hash = NEW.content_hash
        ORDER BY decided_at DESC, id DESC LIMIT 1
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: no moderator approved these words';
    END IF;
    RETURN NEW;
"""


class LitStory(Visibility):
    """Visibility as stories see it: the database itself checks the proof before a row is let in."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="light_only_with_proof",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=LIGHT_ONLY_WITH_PROOF,
            ),
        ]


class StoryImageFile(HubImage):
    """Images as stories see them: a file replaced or reworded behind a story darkens every story that shows it."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            darken(
                "image_change_darkens",
                pgtrigger.Update | pgtrigger.Delete,
                pages="SELECT page_id FROM pages_visibility WHERE OLD.id = ANY (image_ids)",
            ),
        ]
