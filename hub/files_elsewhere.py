"""Files in S3-compatible storage, for several machines: never by an address of their own, nor by what a name says.

A picture of a story leaves through the Hub's rule, so nothing here knows a public or a signed address. What the storage
says of a file (its size, and the digest it keeps) stands for what a disk says of one. While it does not answer, nobody
is told that a file is gone: a story must not go dark because a network did.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

from hub.shelves import FilesDoNotAnswer

GONE = frozenset({"404", "NoSuchKey", "NotFound"})
HOW_TO_ASK = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 2, "mode": "standard"},
    request_checksum_calculation="when_required",  # not every storage knows Amazon's newer ones
    response_checksum_validation="when_required",
)


class PrivateBucket(S3Storage):
    """One part of the bucket. Names are as on a disk."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=HOW_TO_ASK, **options)

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Where a file on a disk would be: an address that the Hub does not serve."""
        return f"{settings.MEDIA_URL}{name}"

    def told(self, name: str) -> tuple[Any, ...] | None:
        """What the storage says of a file now; None when there is none. Raises FilesDoNotAnswer."""
        try:
            with answers():
                said = self._object(name)
                return said.content_length, said.e_tag, said.version_id
        except FileNotFoundError:
            return None

    def read(self, name: str) -> bytes:
        """All of it. Raises FileNotFoundError or FilesDoNotAnswer."""
        with answers():
            return bytes(self._object(name).get()["Body"].read())

    def write(self, name: str, data: bytes) -> None:
        """In one go, in the place of what was there."""
        with answers():
            self._object(name).put(Body=data)

    def send(self, name: str, source: IO[bytes]) -> None:
        """What is too large for the memory, in parts; there when all of them are."""
        with answers():
            self._object(name).upload_fileobj(source)

    def fetch(self, name: str, target: IO[bytes]) -> None:
        with answers():
            self._object(name).download_fileobj(target)

    def remove(self, name: str) -> None:
        """Also when it is gone already."""
        with answers():
            self._object(name).delete()

    def names(self) -> Iterator[str]:
        """Of every file."""
        with answers():
            for one in self.bucket.objects.filter(Prefix=f"{self.location}/"):
                yield one.key.removeprefix(f"{self.location}/")

    def is_open_to_all(self) -> bool:
        """Whether somebody without our key is given a file: the first that is there is tried."""
        first = next(self.names(), None)
        if first is None:
            return False
        try:
            self.unsigned_connection.meta.client.head_object(Bucket=self.bucket_name, Key=self._key(first))
        except ClientError:
            return False
        except BotoCoreError as error:
            raise FilesDoNotAnswer(type(error).__name__) from error
        return True

    def keeps_what_is_deleted(self) -> bool:
        """Whether the bucket keeps older versions: then nobody is erased from it."""
        with answers():
            return bool(self.bucket.Versioning().status)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return ContentFile(self.read(name), name=name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        content.seek(0)
        self.write(name, content.read())
        return name

    def exists(self, name: str) -> bool:
        return self.told(name) is not None

    def delete(self, name: str) -> None:
        self.remove(name)

    def _object(self, name: str) -> Any:
        return self.bucket.Object(self._key(name))

    def _key(self, name: str) -> str:
        return str(self._normalize_name(name.replace("\\", "/")))


@contextmanager
def answers() -> Iterator[None]:
    """Makes what the storage's library raises into what a disk would."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in GONE:
            raise FileNotFoundError(code) from None
        raise FilesDoNotAnswer(f"The storage of files refused: {code}") from error
    except BotoCoreError as error:
        raise FilesDoNotAnswer(f"The storage of files does not answer: {type(error).__name__}") from error
