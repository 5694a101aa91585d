"""Reads where files are kept: on the disk of this machine, or in S3-compatible storage that several machines share."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from hub.env import refuse, text

EXAMPLE = "Write it as in {}=s3://key:secret@s3.example.org/bucket, with ?region=… where it has regions."


def storages(media_mode: int) -> dict[str, dict[str, Any]]:
    """Django's storages for media and evidence. HUB_FILES_URL names the bucket; without it they are on the disk."""
    options = elsewhere()
    if options is None:
        kept: dict[str, Any] = {"file_permissions_mode": media_mode}
        return {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": kept}}
    bucket = "hub.files_elsewhere.PrivateBucket"
    return {
        "default": {"BACKEND": bucket, "OPTIONS": {**options, "location": "media"}},
        "evidence": {"BACKEND": bucket, "OPTIONS": {**options, "location": "evidence"}},
    }


def elsewhere(name: str = "HUB_FILES_URL") -> dict[str, Any] | None:
    """How a bucket is reached, or None. `s3+http:` only in a network of one's own: names of files travel openly."""
    value = text(name)
    if not value:
        return None
    try:
        url = urlsplit(value)
        port = f":{url.port}" if url.port else ""
    except ValueError:
        refuse(name, "is not an address of S3-compatible storage", EXAMPLE.format(name))
    bucket = url.path.strip("/")
    if url.scheme not in {"s3", "s3+http"} or not (url.hostname and url.username and url.password and bucket):
        refuse(name, "is not an address of S3-compatible storage", EXAMPLE.format(name))
    return {
        "bucket_name": bucket,
        "endpoint_url": f"{'https' if url.scheme == 's3' else 'http'}://{url.hostname}{port}",
        "access_key": unquote(url.username),
        "secret_key": unquote(url.password),
        "region_name": parse_qs(url.query).get("region", ["us-east-1"])[0],
        "file_overwrite": True,  # names are made once, and of chance
    }
