"""What becomes of pictures and files that somebody sent and never finished? A day later they are gone.

Wagtail keeps an upload while a word is missing, on no screen and in no list: nobody would ever find it to delete it.
"""

from datetime import datetime, timedelta
from functools import partial

from wagtail.models import UploadedFile

from hub.left_out import each
from hub.pages.models import RemadePicture

WAITS = timedelta(days=1)


def forget_abandoned_uploads(now: datetime) -> int:
    """Deletes uploads of a day ago with their files. Returns how many."""
    RemadePicture.objects.filter(made_at__lt=now - 2 * WAITS).delete()
    return sum(each(UploadedFile.objects.order_by("pk"), partial(_forget, now=now), of="the uploads deleted"))


def _forget(upload: UploadedFile, *, now: datetime) -> bool:
    if _since(upload) >= now - WAITS:
        return False
    upload.file.delete(save=False)
    upload.delete()
    return True


def _since(upload: UploadedFile) -> datetime:
    """When it arrived, as the disk says: Wagtail does not note it. One without a file may go."""
    try:
        arrived: datetime = upload.file.storage.get_modified_time(upload.file.name)
    except (FileNotFoundError, ValueError):
        return datetime.fromtimestamp(0).astimezone()
    return arrived
