"""The list of what could tell who a story is about, in the editor, for whoever writes it down."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel


class JigsawPanel(Panel):
    """“What could tell who they are”, about the draft as it was last saved. Stops nobody from saving."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "stories/admin/jigsaw.html"

        def is_shown(self) -> bool:
            """Not for a story that was never saved: there is nothing to read yet."""
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            from hub.stories.jigsaw import pieces_of  # stories name this panel, and the list reads stories

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "pieces": pieces_of(self.instance)}
