"""Where the editor shows what was found in the draft as last saved. The template asks: a model knows no screen."""

from wagtail.admin.panels import HelpPanel


class SavedDraftPanel(HelpPanel):
    """A panel whose `template` reads `self.instance`. Nothing in it stops anybody from saving or publishing."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Not for a page that was never saved: there is nothing to read yet."""
            return bool(super().is_shown() and self.instance.pk)
