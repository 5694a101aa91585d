"""Each row of the table of a Word file's elements is true: kept, changed and said, or left out and said.

The table is the list of these tests: a row without a sample fails, and so does a sample without a row.
"""

from typing import Any

import pytest

from hub.pages.imports.elements import ROWS, Fate, Row
from hub.pages.imports.proof import compare, words_of_blocks
from hub.pages.imports.word import take_apart
from tests.word_elements import WITHOUT_A_ROW, WITHOUT_A_SAMPLE, Sample, sample_of
from tests.word_files import NUMBERING, word_file


def taken_apart(sample: Sample) -> dict[str, Any]:
    data = word_file(sample.body, parts=sample.parts, outside=sample.outside, numbering=sample.numbering or NUMBERING)
    made: dict[str, Any] = take_apart(data).value
    return made


def shown(blocks: list[tuple[str, Any]]) -> str:
    return " + ".join(_one(kind, value) for kind, value in blocks)


def _one(kind: str, value: Any) -> str:
    if kind == "text":
        return str(value)
    if kind == "heading":
        return f"{value['level']}({value['text']})"
    if kind == "numbered":
        return f"numbered({value['first']} {value['kind']}: {value['text']})"
    if kind == "table":
        rows = [[column["heading"] for column in value["table"]["columns"]]]
        rows += [row["values"] for row in value["table"]["rows"]]
        return f"table({value['caption']}: {' / '.join('|'.join(row) for row in rows)})"
    return f"{kind}({value})"


def test_every_row_has_a_sample_and_every_sample_a_row() -> None:
    assert WITHOUT_A_SAMPLE == []
    assert WITHOUT_A_ROW == []


def test_no_row_is_silent_about_what_it_changes_or_leaves_out() -> None:
    for row in ROWS:
        assert bool(row.says) == (row.fate in {Fate.CHANGED, Fate.LEFT_OUT}), (row.place, row.name)
    assert len({(row.place, row.name) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.place.name}-{row.name}" for row in ROWS])
def test_each_row_is_true(row: Row) -> None:
    sample = sample_of(row)
    assert sample is not None
    made = taken_apart(sample)
    assert shown(made["blocks"]) == sample.shows
    said = list(made["lost"])
    if row.says:
        start = row.says.split("{")[0]
        assert any(sentence.startswith(start) for sentence in said), said
        said = [sentence for sentence in said if not sentence.startswith(start)]
    assert [sentence for sentence in said if not sentence.startswith(sample.also_said or ("\0",))] == []
    page = f"{made['title']} {words_of_blocks({'type': kind, 'value': value} for kind, value in made['blocks'])}"
    assert compare(made["visible"], page, left_out=made["left_out"], added=made["added"]) == []
