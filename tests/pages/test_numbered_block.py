"""A list that goes on begins with its number wherever it is shown, and survives the editor of rich text."""

from typing import Any

import pytest
from wagtail.blocks import StructBlockValidationError
from wagtail.rich_text import RichText

from hub.pages.blocks import BodyBlock, NumberedBlock


def numbered(text: str, *, first: int = 4, kind: str = "1") -> Any:
    return NumberedBlock().to_python({"first": first, "kind": kind, "text": text})


@pytest.mark.parametrize(("first", "kind"), [(4, "1"), (2, "a"), (9, "I")])
def test_the_first_list_begins_where_it_says_and_lists_inside_do_not(first: int, kind: str) -> None:
    value = numbered("<ol><li>one<ol><li>inner</li></ol></li></ol>", first=first, kind=kind)
    html = BodyBlock().to_python([{"type": "numbered", "value": {"first": first, "kind": kind, "text": "<ol></ol>"}}])
    assert f'<ol start="{first}" type="{kind}">' in str(html)
    assert value.html.count("start=") == 1
    assert "<ol><li>inner" in value.html


def test_a_text_without_a_numbered_list_is_refused_and_one_with_it_is_not() -> None:
    block = NumberedBlock()
    good = {"first": 4, "kind": "1", "text": RichText("<ol><li>one</li></ol>")}
    assert block.clean(block.normalize(good))["first"] == 4
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize({**good, "text": RichText("<p>one</p>")}))
    assert "Write a numbered list here" in str(refused.value.block_errors["text"])
