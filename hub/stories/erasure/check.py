"""Is a word still kept anywhere? Looks in every column that can hold text, in what is encrypted, and in every file.

The answer says where, never what: the words themselves are repeated nowhere.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

from hub.encryption import open_bytes
from hub.shelves import shelf
from hub.stories.models.encryption import EncryptedTextField

HOLDS_TEXT = ["text", "character varying", "character", "json", "jsonb", "ARRAY", "tsvector", "USER-DEFINED", "xml"]
HOLDS_BYTES = ["bytea"]
NAME_OF_EVIDENCE = "evidence"


def verify(words: list[str]) -> list[str]:
    """Where any of `words` still is: "table.column", "evidence", "media", "journal" or "mail", each once and sorted."""
    wanted = [word for word in words if word.strip()]
    if not wanted:
        return []
    return sorted({*_in_tables(wanted), *_in_encrypted_text(wanted), *_in_evidence(wanted), *_in_files(wanted)})


def _spellings(word: str) -> set[str]:
    """The word as it is, as JSON writes it in ASCII, once and inside JSON again, and as a form sends it."""
    as_json = json.dumps(word)[1:-1]
    return {word, as_json, as_json.replace("\\", "\\\\"), quote_plus(word)}


def _in_tables(words: list[str]) -> Iterator[str]:
    patterns = [f"%{_escaped(spelling)}%" for word in words for spelling in _spellings(word)]
    with connection.cursor() as cursor:
        for table, column in _columns(cursor, HOLDS_TEXT):
            query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} WHERE {}::text ILIKE ANY (%s))")
            cursor.execute(query.format(sql.Identifier(table), sql.Identifier(column)), [patterns])
            if cursor.fetchone()[0]:
                yield f"{table}.{column}"
        for table, column in _columns(cursor, HOLDS_BYTES):
            query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {}, unnest(%s::bytea[]) AS w WHERE position(w IN {}) > 0)")
            cursor.execute(query.format(sql.Identifier(table), sql.Identifier(column)), [_as_bytes(words)])
            if cursor.fetchone()[0]:
                yield f"{table}.{column}"


def _as_bytes(words: list[str]) -> list[bytes]:
    """As they were given and in small letters: bytes have no letters that could be compared otherwise."""
    return [written.encode() for word in words for written in (word, word.lower())]


def _columns(cursor: Any, kinds: list[str]) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type = ANY (%s)",
        [kinds],
    )
    return list(cursor.fetchall())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _in_encrypted_text(words: list[str]) -> Iterator[str]:
    wanted = [spelling.lower() for word in words for spelling in _spellings(word)]
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                texts: Any = model._base_manager.values_list(field.name, flat=True)
                if any(spelling in (text or "").lower() for text in texts.iterator() for spelling in wanted):
                    yield f"{model._meta.db_table}.{field.column}"


def _in_evidence(words: list[str]) -> Iterator[str]:
    """Every encrypted file, also one that no row names any more."""
    wanted = [word.lower().encode() for word in words]
    for name in shelf("evidence").names():
        held = open_bytes(shelf("evidence").read(name)).lower()
        if any(word in held for word in wanted):
            yield NAME_OF_EVIDENCE


def _in_files(words: list[str]) -> Iterator[str]:
    """In what people uploaded, in what stands beside the database, and in mails that are written to a folder."""
    wanted = [word.lower() for word in words]
    mails = getattr(settings, "EMAIL_FILE_PATH", None)
    for name in shelf("media").names():
        held = shelf("media").read(name).lower()
        if any(word in name.lower() or word.encode() in held for word in wanted):
            yield "media"
    folders = {"journal": Path(settings.LEDGER_JOURNAL).parent, "mail": mails}
    for name, folder in folders.items():
        for path in Path(folder).rglob("*") if folder else ():
            held = path.read_bytes().lower() if path.is_file() else b""
            if any(word in path.name.lower() or word.encode() in held for word in wanted):
                yield name
