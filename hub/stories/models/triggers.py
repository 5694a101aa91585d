"""Tables that only grow. Darkening triggers are `hub.pages.visibility.darken`."""

import pgtrigger


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Triggers by which the database refuses to change, delete or truncate rows of a table."""
    return [
        pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        _no_truncate(name),
    ]


def kept(name: str) -> list[pgtrigger.Trigger]:
    """Triggers by which the database refuses to delete or truncate rows of a table; they may change."""
    return [pgtrigger.Protect(name=f"{name}_is_kept", operation=pgtrigger.Delete), _no_truncate(name)]


def _no_truncate(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{name}_no_truncate",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME;",
    )
