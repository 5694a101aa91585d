"""Which bytes did we make from somebody's picture a moment ago, and what was lost on the way?

A picture waits between two screens: for its words, or for a tick. Its digest says then that it need not be made anew,
which would cost sharpness each time, and what has to be said of it. Kept two days; nothing here says whose it is.
"""

from typing import Any

from django.db import models


class RemadePicture(models.Model):
    sha256 = models.CharField(max_length=64, primary_key=True, help_text="Of the picture as we made it.")
    extension = models.CharField(max_length=4)
    lost: Any = models.JSONField(default=list, help_text="Pairs: the kind of loss, and the sentence that says it.")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"a picture of ours, {self.sha256[:8]}"
