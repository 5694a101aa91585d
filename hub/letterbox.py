"""The one gate for words: what people type, paste or bring in passes here on its way in, and never on its way out.

Everything sent to the Hub passes the middleware before a form sees it; everything saved passes `clean_words`, whichever
form, import, operation or script saves it. Words that stand already stay as they are: people may have agreed to them.
"""

import json
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.utils.deprecation import MiddlewareMixin
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField

from hub.characters import one_line, readable, readable_html
from hub.email_addresses import as_kept

SECRETS = ("password", "again")  # a password is what it is
NOT_WORDS = {"sessions.Session", "wagtailcore.Revision"}  # a revision holds what its page held, cleaned by then


class LetterboxMiddleware(MiddlewareMixin):
    """Cleans what was typed into any form or address, ours or Wagtail's, before it is looked at."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        request.GET = _cleaned(request.GET)  # type: ignore[assignment] # Django gives these to be replaced
        try:
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]
        except UnreadablePostError:
            return  # whoever sent it has gone


def keep_readable(sender: Any, instance: Any, *, raw: bool = False, update_fields: Any = None, **signal: Any) -> None:
    """Before anything is saved. A copy that is loaded as it was (`raw`) stays as it was."""
    if not raw and sender._meta.label not in NOT_WORDS:
        clean_words(instance, update_fields)


def clean_words(instance: Any, only: Any = None) -> None:
    """Takes out of each text of `instance` what nobody can read. Leaves alone a text that stands like that already."""
    model: Any = type(instance)
    for field in _texts_of(model):
        if field.attname not in instance.__dict__ or (only is not None and field.name not in only):
            continue
        value = getattr(instance, field.attname)
        clean = clean_value(field, value)
        if clean is not value and not _stands_already(instance, field, value):
            setattr(instance, field.attname, clean)


def clean_value(field: Any, value: Any) -> Any:
    """What `field` may hold of `value`; the very same value when it may hold all of it."""
    if isinstance(field, StreamField):
        return _stream(field, value)
    if isinstance(field, models.EmailField):
        return _same_or(value, as_kept) if isinstance(value, str) else value
    if isinstance(field, RichTextField):
        return _same_or(value, readable_html) if isinstance(value, str) else value
    if isinstance(field, models.TextField | models.JSONField):
        return _everything(value, readable)
    return _everything(value, one_line)


@cache
def _texts_of(model: type[models.Model]) -> list[Any]:
    kinds: tuple[Any, ...] = (models.CharField, models.TextField, ArrayField, StreamField)
    if model.__module__.startswith("hub."):  # what Wagtail keeps in JSON is not all words
        kinds += (models.JSONField,)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds)]


def _stands_already(instance: Any, field: Any, value: Any) -> bool:
    asked = getattr(instance, "stands_already", None)
    return bool(asked and asked(field, value))


def _same_or(value: str, clean: Any) -> str:
    made: str = clean(value)
    return value if made == value else made


def _everything(value: Any, clean: Any) -> Any:
    """Each text in a text, a list or a mapping; anything else is itself."""
    if isinstance(value, str):
        return _same_or(value, clean)
    if isinstance(value, list):
        items = [_everything(item, clean) for item in value]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if isinstance(value, dict):
        pairs = {key: _everything(item, clean) for key, item in value.items()}
        return value if all(pairs[key] is item for key, item in value.items()) else pairs
    return value


def _stream(field: Any, value: Any) -> Any:
    """A StreamField's value with each block cleaned as what it is."""
    if not isinstance(value, blocks.StreamValue):
        return value
    raw = field.stream_block.get_prep_value(value)
    clean = _in_block(field.stream_block, raw)
    return value if clean == raw else field.stream_block.to_python(clean)


def _in_block(block: Any, raw: Any) -> Any:
    if isinstance(block, blocks.BaseStreamBlock) and isinstance(raw, list):
        return [_in_item(block.child_blocks.get(item["type"]), item) if _is_item(item) else item for item in raw]
    if isinstance(block, blocks.BaseStructBlock) and isinstance(raw, dict):
        return {name: _in_block(block.child_blocks.get(name), value) for name, value in raw.items()}
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        inner = block.child_block
        return [_in_item(inner, item) if _is_item(item) else _in_block(inner, item) for item in raw]
    if isinstance(block, BaseTypedTableBlock) and isinstance(raw, dict):
        return _in_table(block, raw)
    if isinstance(block, blocks.RichTextBlock) and isinstance(raw, str):
        return readable_html(raw)
    return _everything(raw, readable if isinstance(block, blocks.TextBlock) else one_line)


def _is_item(raw: Any) -> bool:
    """Whether a block stands in a list with its type. In one that a script wrote, it may stand by itself."""
    return isinstance(raw, dict) and {"type", "value"} <= raw.keys()


def _in_item(block: Any, item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "value": _in_block(block, item["value"])}


def _in_table(block: Any, raw: Any) -> Any:
    """A table: its caption, the heading of each column, and each cell as its column says."""
    kinds = [block.child_blocks.get(column["type"]) for column in raw.get("columns", [])]
    rows = [
        {**row, "values": [_in_block(kind, cell) for kind, cell in zip(kinds, row["values"], strict=False)]}
        for row in raw.get("rows", [])
    ]
    return {**_everything({key: raw[key] for key in raw if key != "rows"}, one_line), "rows": rows}


def _cleaned(sent: QueryDict) -> QueryDict:
    if all(_typed(name, text) == text for name, texts in sent.lists() for text in texts):
        return sent
    clean = sent.copy()
    for name, texts in sent.lists():
        clean.setlist(name, [_typed(name, text) for text in texts])
    return clean


def _typed(name: str, text: Any) -> Any:
    """A text as it was typed, without what nobody sees. What a script sent as data is cleaned where it is saved."""
    if not isinstance(text, str) or any(secret in name for secret in SECRETS) or _is_data(text):
        return text
    return readable(text)


def _is_data(text: str) -> bool:
    if not text.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
