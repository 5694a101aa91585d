"""What the database itself asks before a story is lit: the whole rule once more, in SQL, whoever comes and however.

Each use that the light names is proved as the website is: what is said to readers and machines rests on it.

Written apart from hub/stories/rule.py on purpose: two that agree are needed to show a story. Refuses without proof.
What the law of the place says both take from the same files (hub/stories/models/law.py). They are compared on random
facts, under each law, by tests/stories/test_both_rules.py.
"""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings

from hub.pages.models import HubImage, Visibility
from hub.pages.visibility import darken
from hub.stories.models.law import in_sql

IS_TRANSLATION = f"t.told_in NOT IN ('', coalesce(nullif(t.written_in, ''), '{settings.LANGUAGE_CODE}'))"
"""It was told in another language than it stands in: then a yes to being translated is needed beside the website's."""
LIGHT_ONLY_WITH_PROOF = (
    """
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
        LEFT JOIN {law}
        CROSS JOIN (
            SELECT 'website' AS use, NEW.public_until AS until
            UNION SELECT key, value::timestamptz FROM jsonb_each_text(NEW.uses)
            UNION SELECT 'translation', NEW.public_until FROM stories_storypage t
                WHERE t.hubpage_ptr_id = NEW.page_id AND {is_translation}
        ) AS claimed
        WHERE sp.story_id = NEW.page_id AND sp.consent_needed AND (
            law.voice IS NULL
            OR p.reask_at < claimed.until OR (p.reask_at IS NULL AND law.is_asked_again)
            OR (
                SELECT bool_and(
                    c.decision = 'given' AND c.held_at IS NULL AND c.expires_at >= claimed.until
                    AND c.given_at + make_interval(hours => 24 * CASE WHEN claimed.use = ANY (law.short_uses)
                        THEN law.days_short ELSE law.days END) >= claimed.until
                    AND (w.retired_at IS NULL OR w.retired_at >= claimed.until)
                    AND (c.not_before IS NULL OR c.not_before <= clock_timestamp())
                    AND c.given_at <= LEAST(c.written_at, clock_timestamp()) AND c.words_saved_at <= c.given_at
                    AND begun.sequence IS NOT NULL
                    AND (SELECT l.kind FROM stories_consentevent l
                         WHERE l.consent_id = c.id AND l.kind NOT IN ('requested', 'reminded', 'age_noted',
                            'wording_retired', 'taken_back', 'shown_again', 'returned', 'on_hold',
                            'not_before', 'any_day', 'law_changed')
                         ORDER BY l.sequence DESC LIMIT 1)
                        IN ('given', 'renewed', 'carried_over', 'released', 'confirmed')
                    AND NOT EXISTS (
                        SELECT 1 FROM stories_consentevent l WHERE {same_voice}
                        AND l.kind IN ('refused', 'withdrawn', 'erased', 'deferred', 'revoked', 'invalidated',
                            'entered_in_error')
                        AND coalesce(l.said_at, l.at) >= c.given_at)
                    AND (last_no.said_at IS NULL
                        OR (c.method = 'online' AND EXISTS (
                            SELECT 1 FROM stories_consentevent l WHERE {same_voice} AND l.kind = 'requested'
                            AND coalesce(l.said_at, l.at) > last_no.said_at AND l.sequence < begun.sequence))
                        OR EXISTS (
                            SELECT 1 FROM stories_consentevent l WHERE l.consent_id = c.id AND l.kind = 'confirmed'))
                    AND c.special_categories @> (
                        SELECT s.special_categories FROM stories_storypage s WHERE s.hubpage_ptr_id = NEW.page_id))
                FROM stories_consent c
                LEFT JOIN stories_wordingretirement w ON w.wording_id = c.wording_id
                LEFT JOIN LATERAL (
                    SELECT l.sequence FROM stories_consentevent l
                    WHERE {same_voice} AND l.consent_id = c.id AND l.kind IN ('given', 'renewed')
                    AND l.given_by = c.given_by AND l.method = c.method AND l.keyed_hash = c.keyed_hash
                    ORDER BY l.sequence LIMIT 1
                ) AS begun ON true
                LEFT JOIN LATERAL (
                    SELECT max(coalesce(l.said_at, l.at)) AS said_at FROM stories_consentevent l
                    WHERE {same_voice} AND l.kind IN ('refused', 'withdrawn', 'erased')
                    AND coalesce(l.said_at, l.at) <= c.given_at
                ) AS last_no ON true
                WHERE c.participation_id = sp.id AND c.use = claimed.use AND c.decision <> 'superseded'
                  AND CASE law.voice WHEN 'guardian' THEN c.given_by = 'guardian'
                      ELSE c.given_by = 'self' OR (
                          c.given_by = 'other' AND p.may_be_answered_by_attorney AND law.may_be_answered_for) END
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
    IF EXISTS (
        SELECT 1 FROM stories_stop t JOIN stories_storyparticipant sp ON sp.id = t.participation_id
        WHERE sp.story_id = NEW.page_id AND t.recorded_at IS NULL
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: somebody has just stopped it';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (
            SELECT DISTINCT ON (n.participant_code, n.given_by = 'guardian') n.participant_code, n.given_by, n.starts_at
            FROM stories_notbefore n WHERE n.story_number = NEW.page_id
            ORDER BY n.participant_code, n.given_by = 'guardian', n.id DESC
        ) AS chosen
        JOIN stories_participant p ON p.code = chosen.participant_code
        JOIN stories_storyparticipant sp ON sp.participant_id = p.id AND sp.story_id = NEW.page_id
        LEFT JOIN {law}
        WHERE sp.consent_needed AND chosen.starts_at > clock_timestamp()
        AND (chosen.given_by <> 'guardian' OR law.voice = 'guardian')
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: somebody in it set a day that has not come';
    END IF;
    IF EXISTS (SELECT 1 FROM stories_takenback WHERE story_id = NEW.page_id AND ended_at IS NULL) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: it was taken off the site';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM pages_hubpage me
        JOIN pages_partnersectionpage s ON s.organisation_id = me.partner_id
        JOIN pages_hubpage h ON h.id = s.hubpage_ptr_id
        WHERE me.id = NEW.page_id AND starts_with(me.path, h.path)
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: it stands outside its section';
    END IF;
    IF 'approved' IS DISTINCT FROM (
        SELECT outcome FROM stories_moderationdecision
        WHERE story_id = NEW.page_id AND content_hash = NEW.content_hash
        ORDER BY decided_at DESC, id DESC LIMIT 1
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: no moderator approved these words';
    END IF;
    RETURN NEW;
""".replace(
        "{same_voice}",
        "l.story_id = NEW.page_id AND l.participant_code = p.code AND l.use = c.use"
        " AND (l.given_by = 'guardian') = (c.given_by = 'guardian')",
    )
    .replace("{law}", in_sql())
    .replace("{is_translation}", IS_TRANSLATION)
)


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
