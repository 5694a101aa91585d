"""The plait has a strand for each open partner, in their colours."""

import re

import pytest
from django.test import Client

from hub.pages.look.plait import KINDS, plait, strand_colours
from hub.partners.models import Partner, Strand
from tests.factories import Tree

STRANDS = ["gorse", "harbour", "kelp", "pantile", "haar", "heather"]


def colours_in(drawing: str) -> set[int]:
    return {int(number) for number in re.findall(r"plait__s(\d)", drawing)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "colours", [(1, 2, 3), (1, 2, 3, 4), (1, 2, 3, 4, 6), (1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 5, 6, 1, 2)], ids=len
)
def test_each_colour_is_drawn_and_no_other(kind: str, colours: tuple[int, ...]) -> None:
    assert colours_in(plait(kind, colours)) == set(colours)


@pytest.mark.parametrize(
    ("wanted", "drawn"),
    [
        ((), (1, 2)),
        ((4,), (1, 4)),
        ((2, 2, 2), (1, 2, 3)),
        ((1, 2, 3, 4, 4), (1, 2, 3, 4, 5)),
        ((1, 1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 5, 6, 1)),
        ((2,) * 8, (1, 2, 3, 4, 5, 6, 1, 2)),
        ((2,) * 12, (1, 2, 3, 4, 5, 6, 1, 2)),
    ],
)
def test_as_many_strands_as_partners_and_no_colour_twice_while_there_is_another(
    wanted: tuple[int, ...], drawn: tuple[int, ...]
) -> None:
    assert strand_colours(wanted) == drawn


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_the_header_has_a_strand_for_each_open_partner(client: Client, tree: Tree, count: int) -> None:
    for strand in STRANDS[1:count]:
        Partner.objects.create(name=strand, short_name=strand, slug=strand, strand=strand)
    Partner.objects.create(name="Gone", short_name="Gone", slug="gone", strand="heather", is_open=False)
    header = client.get(tree.module.url).content.decode().split("</header>")[0]
    assert colours_in(header) == {Strand.values.index(strand) + 1 for strand in STRANDS[:count]}
