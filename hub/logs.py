"""What may be written to a log: what happened, where in the code and on which kind of page. Never a path (it may hold a
private link), a query, an address, a name, or the words of an error (a database repeats the values it refused)."""

import json
import logging
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ImpersonalFormatter(logging.Formatter):
    """A line for each record: time (UTC), level, logger, message; an error adds its type and the code it came by."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        copy = logging.makeLogRecord(record.__dict__)
        if record.name.split(".")[0] == "wagtail":
            copy.args = _numbers_only(record.args)
        if not hasattr(record, "request"):
            return super().format(copy)
        route = getattr(getattr(record.request, "resolver_match", None), "route", None) or "(no page)"
        copy.msg, copy.args = f"{getattr(record, 'status_code', 500)} on {route}", ()
        return super().format(copy)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name logging calls
        kind, error, trace = ei
        if kind is None or error is None:
            return ""
        frames = "".join(traceback.format_tb(trace)).rstrip()
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        because = f"\nbecause of {type(cause).__qualname__}" if cause else ""
        return f"{frames}\n{kind.__module__}.{kind.__qualname__}{because}"


class AsJson(ImpersonalFormatter):
    """The same as one object a line, for a program that collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        first, _, trace = super().format(record).partition("\n")
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "said": first.split(": ", 1)[1],
        }
        return json.dumps({**said, "trace": trace} if trace else said)


def _numbers_only(args: Any) -> Any:
    """What Wagtail fills into its messages, without titles, addresses and names: numbers stay."""
    if not isinstance(args, tuple):
        return ()
    return tuple(arg if isinstance(arg, int) or str(arg).isdecimal() else "…" for arg in args)
