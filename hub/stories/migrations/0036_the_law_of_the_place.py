"""The database asks the profile of law, made from hub/law; a row that says which one holds darkens every story."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import hub.law.ages


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0007_the_law_chosen"),
        ("stories", "0035_words_name_no_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="LawAsStoriesSeeIt",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.lawchosen",),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="litstory",
            name="light_only_with_proof",
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("requested", "Asked"),
                    ("reminded", "Reminded"),
                    ("deferred", "Not now"),
                    ("refused", "Said no"),
                    ("given", "Said yes"),
                    ("renewed", "Said yes again"),
                    ("carried_over", "Carried over a small correction"),
                    ("held", "Paused"),
                    ("released", "Pause ended"),
                    ("withdrawn", "Withdrawn by the person"),
                    ("revoked", "Revoked by us"),
                    ("invalidated", "Found not to be valid"),
                    ("entered_in_error", "Entered in error"),
                    ("erased", "Erased"),
                    ("superseded", "Replaced by a newer answer"),
                    ("confirmed", "Confirmed by somebody from another partner"),
                    ("age_noted", "Their age was noted"),
                    ("law_changed", "The law of the place changed, and does not know their age as it was noted"),
                    ("wording_retired", "The wording they answered ends"),
                    ("returned", "Sent back by a moderator"),
                    ("on_hold", "Put on hold by a moderator"),
                    ("taken_back", "Taken off the site"),
                    ("shown_again", "May be shown again"),
                    ("not_before", "Not before a day they chose"),
                    ("any_day", "No longer before a day"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="consentwording",
            name="audience",
            field=models.CharField(
                choices=[
                    ("adult", "Adult"),
                    ("easy_read", "Easy read, from 16 on"),
                    ("age_16_17", "16 or 17"),
                    ("age_12_15", "12 to 15"),
                    ("under_12", "Under 12"),
                    ("under_16", "Under 16"),
                    ("guardian", "Parent or guardian of a child under 12"),
                    ("guardian_under_16", "Parent or guardian of a child under 16"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="legalflag",
            name="reason",
            field=models.CharField(
                choices=[
                    ("childrens_hearing", "A children's hearing"),
                    ("adoption", "Adoption or permanence"),
                    ("family_court", "A child in a family court"),
                    ("adoption_placement", "Adoption, or placement for it"),
                    ("youth_court", "A child before a criminal court"),
                    ("court_of_protection", "The Court of Protection"),
                    ("court_case", "A live court case"),
                    ("complainer", "The complainer in a sexual offence case"),
                    ("complainant", "The complainant in a sexual offence case"),
                    ("protected_address", "A protected address"),
                    ("safeguarding", "A safeguarding disclosure"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="age_band",
            field=models.CharField(
                choices=[
                    (hub.law.ages.AgeBand["UNDER_12"], "Under 12"),
                    (hub.law.ages.AgeBand["AGE_12_15"], "12 to 15"),
                    (hub.law.ages.AgeBand["UNDER_16"], "Under 16"),
                    (hub.law.ages.AgeBand["AGE_16_17"], "16 or 17"),
                    (hub.law.ages.AgeBand["ADULT"], "18 or over"),
                    (hub.law.ages.AgeBand["UNKNOWN"], "Not known"),
                ],
                default=hub.law.ages.AgeBand["UNKNOWN"],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="reask_at",
            field=models.DateTimeField(
                blank=True, help_text="The birthday from which on they are asked again. Not a date of birth.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="stop",
            name="kind",
            field=models.CharField(
                choices=[
                    ("requested", "Asked"),
                    ("reminded", "Reminded"),
                    ("deferred", "Not now"),
                    ("refused", "Said no"),
                    ("given", "Said yes"),
                    ("renewed", "Said yes again"),
                    ("carried_over", "Carried over a small correction"),
                    ("held", "Paused"),
                    ("released", "Pause ended"),
                    ("withdrawn", "Withdrawn by the person"),
                    ("revoked", "Revoked by us"),
                    ("invalidated", "Found not to be valid"),
                    ("entered_in_error", "Entered in error"),
                    ("erased", "Erased"),
                    ("superseded", "Replaced by a newer answer"),
                    ("confirmed", "Confirmed by somebody from another partner"),
                    ("age_noted", "Their age was noted"),
                    ("law_changed", "The law of the place changed, and does not know their age as it was noted"),
                    ("wording_retired", "The wording they answered ends"),
                    ("returned", "Sent back by a moderator"),
                    ("on_hold", "Put on hold by a moderator"),
                    ("taken_back", "Taken off the site"),
                    ("shown_again", "May be shown again"),
                    ("not_before", "Not before a day they chose"),
                    ("any_day", "No longer before a day"),
                ],
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="litstory",
            trigger=pgtrigger.compiler.Trigger(
                name="light_only_with_proof",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM pages_hubpage\n        WHERE id = NEW.page_id AND live AND live_revision_id = NEW.revision_id FOR NO KEY UPDATE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: the page is not live at this revision';\n    END IF;\n    IF NEW.public_until <= clock_timestamp() THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: it has run out already';\n    END IF;\n    IF NOT EXISTS (SELECT 1 FROM stories_storyparticipant WHERE story_id = NEW.page_id AND consent_needed) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: nobody in the story has been asked';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM stories_storyparticipant sp\n        JOIN stories_participant p ON p.id = sp.participant_id\n        LEFT JOIN (VALUES\n            ('scotland', 'under_12', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', 'under_12', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', '12_15', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social']),\n            ('england_and_wales', 'under_16', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('england_and_wales', 'under_16', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('england_and_wales', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('england_and_wales', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social']),\n            ('northern_ireland', 'under_16', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('northern_ireland', 'under_16', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('northern_ireland', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('northern_ireland', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social']),\n            ('ireland', 'under_16', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('ireland', 'under_16', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('ireland', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('ireland', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social'])\n        ) AS law (place, band, voice, is_asked_again, may_be_answered_for, days, days_short, short_uses)\n        ON law.band = p.age_band AND law.place = (SELECT place FROM partners_lawchosen ORDER BY id DESC LIMIT 1)\n        CROSS JOIN (\n            SELECT 'website' AS use, NEW.public_until AS until\n            UNION SELECT key, value::timestamptz FROM jsonb_each_text(NEW.uses)\n        ) AS claimed\n        WHERE sp.story_id = NEW.page_id AND sp.consent_needed AND (\n            law.voice IS NULL\n            OR p.reask_at < claimed.until OR (p.reask_at IS NULL AND law.is_asked_again)\n            OR (\n                SELECT bool_and(\n                    c.decision = 'given' AND c.held_at IS NULL AND c.expires_at >= claimed.until\n                    AND c.given_at + make_interval(hours => 24 * CASE WHEN claimed.use = ANY (law.short_uses)\n                        THEN law.days_short ELSE law.days END) >= claimed.until\n                    AND (w.retired_at IS NULL OR w.retired_at >= claimed.until)\n                    AND (c.not_before IS NULL OR c.not_before <= clock_timestamp())\n                    AND c.given_at <= LEAST(c.written_at, clock_timestamp()) AND c.words_saved_at <= c.given_at\n                    AND begun.sequence IS NOT NULL\n                    AND (SELECT l.kind FROM stories_consentevent l\n                         WHERE l.consent_id = c.id AND l.kind NOT IN ('requested', 'reminded', 'age_noted',\n                            'wording_retired', 'taken_back', 'shown_again', 'returned', 'on_hold',\n                            'not_before', 'any_day', 'law_changed')\n                         ORDER BY l.sequence DESC LIMIT 1)\n                        IN ('given', 'renewed', 'carried_over', 'released', 'confirmed')\n                    AND NOT EXISTS (\n                        SELECT 1 FROM stories_consentevent l WHERE l.story_id = NEW.page_id AND l.participant_code = p.code AND l.use = c.use AND (l.given_by = 'guardian') = (c.given_by = 'guardian')\n                        AND l.kind IN ('refused', 'withdrawn', 'erased', 'deferred', 'revoked', 'invalidated',\n                            'entered_in_error')\n                        AND coalesce(l.said_at, l.at) >= c.given_at)\n                    AND (last_no.said_at IS NULL\n                        OR (c.method = 'online' AND EXISTS (\n                            SELECT 1 FROM stories_consentevent l WHERE l.story_id = NEW.page_id AND l.participant_code = p.code AND l.use = c.use AND (l.given_by = 'guardian') = (c.given_by = 'guardian') AND l.kind = 'requested'\n                            AND coalesce(l.said_at, l.at) > last_no.said_at AND l.sequence < begun.sequence))\n                        OR EXISTS (\n                            SELECT 1 FROM stories_consentevent l WHERE l.consent_id = c.id AND l.kind = 'confirmed'))\n                    AND c.special_categories @> (\n                        SELECT s.special_categories FROM stories_storypage s WHERE s.hubpage_ptr_id = NEW.page_id))\n                FROM stories_consent c\n                LEFT JOIN stories_wordingretirement w ON w.wording_id = c.wording_id\n                LEFT JOIN LATERAL (\n                    SELECT l.sequence FROM stories_consentevent l\n                    WHERE l.story_id = NEW.page_id AND l.participant_code = p.code AND l.use = c.use AND (l.given_by = 'guardian') = (c.given_by = 'guardian') AND l.consent_id = c.id AND l.kind IN ('given', 'renewed')\n                    AND l.given_by = c.given_by AND l.method = c.method AND l.keyed_hash = c.keyed_hash\n                    ORDER BY l.sequence LIMIT 1\n                ) AS begun ON true\n                LEFT JOIN LATERAL (\n                    SELECT max(coalesce(l.said_at, l.at)) AS said_at FROM stories_consentevent l\n                    WHERE l.story_id = NEW.page_id AND l.participant_code = p.code AND l.use = c.use AND (l.given_by = 'guardian') = (c.given_by = 'guardian') AND l.kind IN ('refused', 'withdrawn', 'erased')\n                    AND coalesce(l.said_at, l.at) <= c.given_at\n                ) AS last_no ON true\n                WHERE c.participation_id = sp.id AND c.use = claimed.use AND c.decision <> 'superseded'\n                  AND CASE law.voice WHEN 'guardian' THEN c.given_by = 'guardian'\n                      ELSE c.given_by = 'self' OR (\n                          c.given_by = 'other' AND p.may_be_answered_by_attorney AND law.may_be_answered_for) END\n                  AND (c.decision NOT IN ('given', 'requested') OR c.content_hash = NEW.content_hash OR EXISTS (\n                        SELECT 1 FROM stories_carryover o WHERE o.consent_id = c.id\n                        AND o.from_hash = c.content_hash AND o.to_hash = NEW.content_hash))\n            ) IS NOT TRUE)\n    ) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: not everyone agrees to these words';\n    END IF;\n    IF EXISTS (SELECT 1 FROM stories_legalflag WHERE story_id = NEW.page_id AND cleared_at IS NULL) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: a legal flag is open';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM stories_stop t JOIN stories_storyparticipant sp ON sp.id = t.participation_id\n        WHERE sp.story_id = NEW.page_id AND t.recorded_at IS NULL\n    ) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: somebody has just stopped it';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM (\n            SELECT DISTINCT ON (n.participant_code, n.given_by = 'guardian') n.participant_code, n.given_by, n.starts_at\n            FROM stories_notbefore n WHERE n.story_number = NEW.page_id\n            ORDER BY n.participant_code, n.given_by = 'guardian', n.id DESC\n        ) AS chosen\n        JOIN stories_participant p ON p.code = chosen.participant_code\n        JOIN stories_storyparticipant sp ON sp.participant_id = p.id AND sp.story_id = NEW.page_id\n        LEFT JOIN (VALUES\n            ('scotland', 'under_12', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', 'under_12', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', '12_15', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('scotland', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social']),\n            ('england_and_wales', 'under_16', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('england_and_wales', 'under_16', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('england_and_wales', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('england_and_wales', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social']),\n            ('northern_ireland', 'under_16', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('northern_ireland', 'under_16', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('northern_ireland', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('northern_ireland', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social']),\n            ('ireland', 'under_16', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('ireland', 'under_16', 'guardian', True, False, 365, 365, ARRAY['media', 'social']),\n            ('ireland', '16_17', 'own', True, False, 365, 365, ARRAY['media', 'social']),\n            ('ireland', 'adult', 'own', False, True, 730, 365, ARRAY['media', 'social'])\n        ) AS law (place, band, voice, is_asked_again, may_be_answered_for, days, days_short, short_uses)\n        ON law.band = p.age_band AND law.place = (SELECT place FROM partners_lawchosen ORDER BY id DESC LIMIT 1)\n        WHERE sp.consent_needed AND chosen.starts_at > clock_timestamp()\n        AND (chosen.given_by <> 'guardian' OR law.voice = 'guardian')\n    ) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: somebody in it set a day that has not come';\n    END IF;\n    IF EXISTS (SELECT 1 FROM stories_takenback WHERE story_id = NEW.page_id AND ended_at IS NULL) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: it was taken off the site';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM pages_hubpage me\n        JOIN pages_partnersectionpage s ON s.organisation_id = me.partner_id\n        JOIN pages_hubpage h ON h.id = s.hubpage_ptr_id\n        WHERE me.id = NEW.page_id AND starts_with(me.path, h.path)\n    ) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: it stands outside its section';\n    END IF;\n    IF 'approved' IS DISTINCT FROM (\n        SELECT outcome FROM stories_moderationdecision\n        WHERE story_id = NEW.page_id AND content_hash = NEW.content_hash\n        ORDER BY decided_at DESC, id DESC LIMIT 1\n    ) THEN\n        RAISE check_violation USING MESSAGE = 'visibility refused: no moderator approved these words';\n    END IF;\n    RETURN NEW;\n",
                    hash="724a27f71600bd93c1e9ff1de3b8c4ea7fe0bcbf",
                    operation="INSERT",
                    pgid="pgtrigger_light_only_with_proof_96250",
                    table="pages_visibility",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lawasstoriesseeit",
            trigger=pgtrigger.compiler.Trigger(
                name="law_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a110b905623ff0474801bc39960cb9792ee42f4f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_law_append_only_a22eb",
                    table="partners_lawchosen",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lawasstoriesseeit",
            trigger=pgtrigger.compiler.Trigger(
                name="law_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME;",
                    hash="d46fdc023ed7fc9c473d54784c505d2a32b7478a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_law_no_truncate_61029",
                    table="partners_lawchosen",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lawasstoriesseeit",
            trigger=pgtrigger.compiler.Trigger(
                name="readers_see_it",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('hub.marked', true) IS DISTINCT FROM pg_current_xact_id()::text THEN\n        INSERT INTO pages_change (mark) VALUES (('x' || md5(gen_random_uuid()::text))::bit(64)::bigint);\n        PERFORM set_config('hub.marked', pg_current_xact_id()::text, true);\n        IF random() < 0.05 AND pg_try_advisory_xact_lock(hashtext('pages_change')) THEN\n            DELETE FROM pages_change WHERE at < clock_timestamp() - interval '1 minute';\n        END IF;\n    END IF;\n    RETURN NULL;\n",
                    hash="651b6e64711caf191be68aff11ead203b17e49f5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_readers_see_it_e91a3",
                    table="partners_lawchosen",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lawasstoriesseeit",
            trigger=pgtrigger.compiler.Trigger(
                name="another_law_darkens",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM 1 FROM pages_hubpage WHERE id IN (SELECT hubpage_ptr_id FROM stories_storypage) ORDER BY id FOR NO KEY UPDATE;\n            DELETE FROM pages_visibility WHERE page_id IN (SELECT hubpage_ptr_id FROM stories_storypage);\n            RETURN NULL;\n        ",
                    hash="d211cffb24d498a34df24fa2cf0c15bfe2a51aaa",
                    operation="INSERT",
                    pgid="pgtrigger_another_law_darkens_dde01",
                    table="partners_lawchosen",
                    when="AFTER",
                ),
            ),
        ),
    ]
