"""What somebody agreed to: to these words, in this use, until then; and the ledger of how it came about."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hub.law import AgeBand
from hub.pages.fields import ChoicesField
from hub.pages.visibility import darken, darken_all_when_emptied
from hub.pages.words.languages import ENGLISH, language_of
from hub.stories.choices import EventKind, Method, SpecialCategory, Use
from hub.stories.models.triggers import append_only
from hub.stories.rule import Decision, GivenBy

STORY_OF_OLD = "SELECT story_id FROM stories_storyparticipant WHERE id = OLD.participation_id"
ONLY_ENDS = """
    IF (NEW.decision = 'given' AND OLD.decision <> 'given') OR NEW.expires_at > OLD.expires_at
        OR (NEW.expires_at IS NULL) <> (OLD.expires_at IS NULL)
        OR (OLD.not_before IS NOT NULL AND (NEW.not_before IS NULL OR NEW.not_before < OLD.not_before))
        OR NOT OLD.special_categories @> NEW.special_categories
        OR (NEW.participation_id, NEW.use, NEW.given_by, NEW.content_hash, NEW.wording_id, NEW.method, NEW.given_at,
            NEW.written_at, NEW.words_saved_at, NEW.keyed_hash)
           IS DISTINCT FROM (OLD.participation_id, OLD.use, OLD.given_by, OLD.content_hash, OLD.wording_id, OLD.method,
            OLD.given_at, OLD.written_at, OLD.words_saved_at, OLD.keyed_hash)
    THEN
        RAISE check_violation USING MESSAGE = 'an answer is never reworded: it ends, and a new one is written';
    END IF;
    RETURN NEW;
"""
"""What somebody said is not changed afterwards, by anybody: it may end or end sooner. A new answer is a new row."""
IN_ENGLISH = "en"  # what a wording in English says of itself
OPEN = [Decision.REQUESTED, Decision.DEFERRED, Decision.GIVEN, Decision.REFUSED]


def as_choices(enum: Any) -> list[tuple[str, str]]:
    return [(member.value, member.value.replace("_", " ").capitalize()) for member in enum]


class ConsentWording(models.Model):
    """The exact text people are shown, one per audience, language and version. Never changed once saved."""

    class Audience(models.TextChoices):
        ADULT = "adult", "Adult"
        EASY_READ = "easy_read", f"Easy read, from {AgeBand.AGE_16_17.first} on"
        AGE_16_17 = "age_16_17", AgeBand.AGE_16_17.label
        AGE_12_15 = "age_12_15", AgeBand.AGE_12_15.label
        UNDER_12 = "under_12", AgeBand.UNDER_12.label
        UNDER_16 = "under_16", AgeBand.UNDER_16.label
        GUARDIAN = "guardian", f"Parent or guardian of a child {AgeBand.UNDER_12.label.lower()}"
        GUARDIAN_16 = "guardian_under_16", f"Parent or guardian of a child {AgeBand.UNDER_16.label.lower()}"

    version = models.PositiveIntegerField()
    audience = models.CharField(max_length=20, choices=Audience.choices)
    language = models.CharField(max_length=10, default=IN_ENGLISH)
    text = models.TextField()
    organisations = models.TextField(help_text="Who is named as using the words.")
    is_major_change = models.BooleanField(default=False, help_text="Retires the version before it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["version", "audience", "language"], name="one_wording_a_version"),
        ]
        triggers: ClassVar[list[Any]] = append_only("wording")

    @property
    def name(self) -> str:
        """Whom it is for, which version and in which language: the same wherever a wording is named."""
        read_in = f" ({self.own_language})" if self.own_language else ""
        return f"{self.get_audience_display()}, version {self.version}{read_in}"

    @property
    def own_language(self) -> str:
        """What the language it is in calls itself; empty for English."""
        return "" if self.language == IN_ENGLISH else language_of(self.language).name

    @property
    def lang(self) -> str:
        """The same as HTML calls it."""
        return ENGLISH if self.language == IN_ENGLISH else self.language

    def __str__(self) -> str:
        return f"Wording {self.version} ({self.audience}, {self.language})"


class WordingRetirement(models.Model):
    """From when a wording no longer counts. A row of its own, so that the wording itself never changes."""

    wording = models.OneToOneField(ConsentWording, on_delete=models.PROTECT, related_name="retirement")
    retired_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar[list[Any]] = [
            darken(
                "retired_wording_darkens",
                pgtrigger.Insert | pgtrigger.Update,
                pages=(
                    "SELECT sp.story_id FROM stories_storyparticipant sp JOIN stories_consent c"
                    " ON c.participation_id = sp.id WHERE c.wording_id = NEW.wording_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording} retired {self.retired_at:%Y-%m-%d}"


class Consent(models.Model):
    """One person's answer about one use of one story, bound to the hash of the words it is about."""

    participation = models.ForeignKey("stories.StoryParticipant", on_delete=models.PROTECT, related_name="consents")
    use = models.CharField(max_length=20, choices=Use.choices)
    decision = models.CharField(max_length=20, choices=as_choices(Decision), default=Decision.REQUESTED)
    held_at = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    content_hash = models.CharField(max_length=64)
    wording = models.ForeignKey(ConsentWording, on_delete=models.PROTECT, related_name="consents")
    special_categories = ChoicesField(choices=SpecialCategory.choices)
    given_by = models.CharField(max_length=10, choices=as_choices(GivenBy), default=GivenBy.SELF)
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.ONLINE)
    witnessed = models.BooleanField(default=False)
    evidence = models.ForeignKey(
        "stories.EvidenceFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="consents"
    )
    recorded_by = models.ForeignKey("auth.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True, help_text="When it was said.")
    written_at = models.DateTimeField(
        db_default=Now(), editable=False, help_text="When it was written in. The database sets it; nobody types it."
    )
    words_saved_at = models.DateTimeField(null=True, help_text="Since when the words it is about could be read.")
    not_before = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    keyed_hash = models.CharField(
        max_length=64, blank=True, help_text="Of the words it is about, so that ending it needs no key."
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["participation", "use", "given_by", "content_hash"],
                condition=Q(decision__in=OPEN),
                name="one_open_answer_about_the_same_words",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.GIVEN)
                | Q(given_at__isnull=False, expires_at__isnull=False, expires_at__gt=models.F("given_at")),
                name="a_yes_has_a_beginning_and_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.GIVEN) | Q(given_at__lte=models.F("written_at")),
                name="no_yes_from_the_future",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["use", "decision", "expires_at"], name="register")]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="written_in_now",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="NEW.written_at := clock_timestamp(); RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="answers_only_end", operation=pgtrigger.Update, when=pgtrigger.Before, func=ONLY_ENDS
            ),
            darken_all_when_emptied("consents_emptied_darkens"),
            darken("consent_changed_darkens", pgtrigger.Update | pgtrigger.Delete, pages=STORY_OF_OLD),
            darken(
                "another_answer_darkens",
                pgtrigger.Insert,
                pages="SELECT story_id FROM stories_storyparticipant WHERE id = NEW.participation_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use}: {self.decision} (consent {self.pk})"


class CarryOver(models.Model):
    """A moderator who saw the difference said: the yes to `from_hash` also covers `to_hash` (a typo, no more)."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="carry_overs")
    from_hash = models.CharField(max_length=64)
    to_hash = models.CharField(max_length=64)
    moderator = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["consent", "to_hash"], name="carried_over_once"),
        ]
        triggers: ClassVar[list[Any]] = [
            darken_all_when_emptied("carry_overs_emptied_darkens"),
            darken(
                "carry_over_changed_darkens",
                pgtrigger.Update | pgtrigger.Delete,
                pages=(
                    "SELECT sp.story_id FROM stories_storyparticipant sp JOIN stories_consent c"
                    " ON c.participation_id = sp.id WHERE c.id = OLD.consent_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"carry-over of consent {self.consent_id}"


class ConsentEvent(models.Model):
    """One line of the ledger. Only ever added; each line holds the hash of the one before. No personal data."""

    sequence = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    story_id = models.BigIntegerField(db_index=True)
    participant_code = models.CharField(max_length=12)
    use = models.CharField(max_length=20, choices=Use.choices, blank=True, help_text="Empty: about the whole story.")
    consent_id = models.BigIntegerField(null=True, help_text="The answer it is about; empty when it is about none.")
    keyed_hash = models.CharField(
        max_length=64, blank=True, help_text="Of the words it is about, under the story's own key."
    )
    given_by = models.CharField(max_length=10, blank=True)
    method = models.CharField(max_length=20, choices=Method.choices, blank=True)
    by_user_id = models.BigIntegerField(null=True, help_text="The member of staff; empty when the person acted.")
    at = models.DateTimeField()
    said_at = models.DateTimeField(null=True, help_text="When it was said, where that is not when it was written.")
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["sequence"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["story_id", "participant_code", "use"], name="lines_of_a_person"),
            models.Index(fields=["consent_id"], name="lines_of_an_answer"),
        ]
        triggers: ClassVar[list[Any]] = append_only("ledger")

    def __str__(self) -> str:
        return f"{self.sequence}: {self.kind}"
