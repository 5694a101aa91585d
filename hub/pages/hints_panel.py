"""Where hints are seen: a panel of the editor that says what it found in the draft as it was last saved."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel


class HintsPanel(Panel):
    """“Hints”. Nothing in it stops anybody from saving or publishing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/hints.html"

        def is_shown(self) -> bool:
            """Not for a page that was never saved: there is nothing to read yet."""
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            from hub.pages.hints import hints_for  # pages name this panel, and hints read pages

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "hints": hints_for(self.instance)}
