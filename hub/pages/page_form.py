"""Saving a page: refused once when somebody else saved it meanwhile, and when it points at what is not one's own.

Wagtail notices this for what it saves by itself; here it is noticed also when a person presses the button.
Each page type names this form itself: Wagtail puts its own on the page they all share.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

AUTOSAVE_ON_ITS_WAY = timedelta(seconds=5)
SAVED_MEANWHILE = (
    "Somebody else has saved this page since you opened it. Nothing is lost: what you wrote is still here, and what "
    "they wrote is in the page’s history. Compare the two. If you save again, yours comes on top."
)


class HubPageForm(WagtailAdminPageForm):
    def clean(self) -> Any:
        """Refuses a save that was begun from an older version. The page then shown is begun from the newest one."""
        cleaned = super().clean()
        if self.was_begun_from_an_older_version():
            self.add_error(None, ValidationError(SAVED_MEANWHILE, code="saved_meanwhile"))
        return cleaned

    def _post_clean(self) -> None:
        """Once the page is as the form says: refuses what it may not point at."""
        super()._post_clean()
        from hub.pages.references import foreign_references  # pages name this form, and references read pages

        for sentence in foreign_references(self.instance, self.for_user) if self.for_user else ():
            self.add_error(None, ValidationError(sentence, code="not_yours"))

    def was_begun_from_an_older_version(self) -> bool:
        """Without a word in the form about the version it began from, nothing is known and nothing refused."""
        latest = self.instance.latest_revision
        began = self.data.get("overwrite_revision_id") or self.data.get("loaded_revision_id")
        if not latest or not began or self._is_her_own_of_a_moment_ago(latest):
            return False
        if began != str(latest.pk):
            return True
        saved = self.data.get("loaded_revision_created_at", "")
        return not self.data.get("overwrite_revision_id") and saved != latest.created_at.isoformat()

    def _is_her_own_of_a_moment_ago(self, revision: Any) -> bool:
        """Wagtail saves by itself while she types; she may press the button before the answer is in the form."""
        moment = timezone.now() - AUTOSAVE_ON_ITS_WAY
        return bool(self.for_user and revision.user_id == self.for_user.pk and revision.created_at > moment)
