"""`make messages`: looks through templates and Python for words that readers and families see, and writes catalogues.

A catalogue is locale/<code>/LC_MESSAGES/django.po, and the .mo that Django reads, made from it and kept beside it: the
image has no gettext. Guesses no translation: a sentence that was changed is one that nobody has translated.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "locale"
KEYWORDS: dict[str, Any] = {"_": None, "noted": None, "gettext": None, "ngettext": (1, 2)}
NOT_OURS = {"wagtailadmin", "account", "mfa"}  # templates of Wagtail's and allauth's, which have catalogues themselves
CONSTANT = re.compile(r'_\("([^"]+)"\)')  # what a template hands on: {% include … with title=_("Activities") %}
KEPT_AS_DATA = "hub/stories/family/words_kept_as_data.py"
IN_ENGLISH = (
    *("templates/account", "templates/accounts", "templates/mfa", "templates/moving", "templates/upkeep"),
    *("templates/wagtailadmin", "templates/partners/admin", "templates/stories/admin"),
    *("templates/feedback/admin", "templates/pages/admin", "templates/pages/design.html"),
    *("templates/components/admin", "templates/components/staff_form.html", "templates/packs/one_file.html"),
)
"""What staff alone see or get, and the file of a pack. In every other template no word may stand unmarked."""
ALSO_OF_FAMILIES = ("templates/stories/admin/sheet_paper.html",)


class Found(NamedTuple):
    """One sentence, or its forms for one and for several, and the file it stands in."""

    words: str | tuple[str, ...]
    file: str


def languages() -> list[str]:
    return sorted(file.parent.parent.name for file in FOLDER.glob("*/LC_MESSAGES/django.po"))


def gathered() -> Catalog:
    """Every sentence that is marked for translation, with the files it stands in."""
    template = Catalog(project="The Hub", charset="utf-8", fuzzy=False)
    for words, file in [*_in_templates(), *_in_python(), *_kept_as_data()]:
        template.add(words, locations=[(file, 1)], flags=["python-format"] if "%(" in str(words) else [])
    return template


def catalogue(language: str) -> Catalog:
    """As it is written down for people."""
    with _po(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(language: str) -> Catalog:
    """As Django reads it."""
    with _po(language).with_suffix(".mo").open("rb") as file:
        return read_mo(file)


def said(catalogue: Catalog) -> dict[Any, Any]:
    """Each sentence that is translated, without the header."""
    words = ((message.id, message.string) for message in catalogue if message.id and has_words(message))
    return {_as_one(english): _as_one(other) for english, other in words}


def of_readers(name: str) -> bool:
    """Whether readers or families see what this template says."""
    return name in ALSO_OF_FAMILIES or not name.startswith(IN_ENGLISH)


def without_translation(catalogue: Catalog) -> list[Any]:
    """The sentences that nobody has translated."""
    return [message.id for message in catalogue if message.id and not has_words(message)]


def write(language: str) -> int:
    """Brings a catalogue up to date, in both forms. Returns for how many sentences there is no translation."""
    found, template = catalogue(language), gathered()
    when, header = found.creation_date, found.header_comment
    found.update(template, no_fuzzy_matching=True, update_header_comment=False)
    found.creation_date, found.header_comment = when, header
    with _po(language).open("wb") as file:
        write_po(file, found, width=110, include_lineno=False, ignore_obsolete=True)
    with _po(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, found)
    return len(without_translation(found))


def _as_one(words: Any) -> Any:
    return words if isinstance(words, str) else tuple(words)


def _po(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def has_words(message: Any) -> bool:
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def _in_templates() -> Iterator[Found]:
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        if not ("i18n" in text or CONSTANT.search(text)) or NOT_OURS & set(path.parts):
            continue
        template: Any = engines["django"].from_string(text)
        nodes = template.template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode))
        yield from (Found(words, name) for node in nodes if (words := _of_node(node)))
        yield from (Found(words, name) for words in CONSTANT.findall(text))


def _of_node(node: Any) -> str | tuple[str, ...]:
    """What a tag asks the catalogue for; empty when that is a variable, whose words are kept as data."""
    if isinstance(node, TranslateNode):
        return str(node.filter_expression.var.literal or "")
    one = str(node.render_token_list(node.singular)[0])
    return (one, str(node.render_token_list(node.plural)[0])) if node.plural else one


def _in_python() -> Iterator[Found]:
    for path in sorted((ROOT / "hub").rglob("*.py")):
        if "migrations" not in path.parts and "gettext" in path.read_text(encoding="utf-8"):
            for _, words, _, _ in extract_from_file("python", path, KEYWORDS):
                yield Found(words, str(path.relative_to(ROOT)))


def _kept_as_data() -> Iterator[Found]:
    from hub.law import LAWS
    from hub.stories.family import words_kept_as_data

    yield from (Found(words, KEPT_AS_DATA) for words in words_kept_as_data())
    yield from (Found(law.name, KEPT_AS_DATA) for law in LAWS.values())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    django.setup()
    for language in languages():
        print(f"{language}: {write(language)} sentences are said in English, since nobody has translated them.")  # noqa: T201 - whoever runs it reads that
