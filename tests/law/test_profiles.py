"""The profiles of law: each number has its source, nobody is left out, and a mistake in a file is said by name."""

from datetime import timedelta
from pathlib import Path

import pytest

from hub.law import LAWS, AgeBand, ProfileMistake, read, with_guardian
from hub.law.in_words import birthdays, fill_in, for_everybody, number, said, years
from hub.law.profile import Law, check_that_they_agree
from hub.stories.choices import LegalReason, Use

SCOTLAND = Path("hub/law/scotland.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("law", LAWS.values(), ids=list(LAWS))
def test_everything_a_profile_says_has_a_source_that_can_be_looked_up(law: Law) -> None:
    assert [about for about, one in law.on_one_page if not one.says or not one.sources] == []
    links = [source.link for _, one in law.on_one_page for source in one.sources]
    assert all(link.startswith("https://") for link in links)


@pytest.mark.parametrize("law", LAWS.values(), ids=list(LAWS))
def test_a_profile_names_uses_and_legal_flags_that_there_are(law: Law) -> None:
    assert set(law.lasting.short_uses) <= set(Use.values)
    kinds = [block.kind for block in law.blocks]
    assert len(set(kinds)) == len(kinds)
    assert {LegalReason.SAFEGUARDING, LegalReason.COURT_CASE} <= set(map(LegalReason, kinds))


def test_every_legal_flag_is_known_to_some_law() -> None:
    assert {block.kind for law in LAWS.values() for block in law.blocks} == set(LegalReason.values)


def test_scots_law_is_what_it_was() -> None:
    law = LAWS["scotland"]
    assert law.asked_again_at == [12, 16, 18]
    assert (law.own_answer_from, law.grown_up_at, birthdays(law)) == (12, 18, "12, 16 or 18")
    assert [age.band for age in law.ages if age.with_guardian] == [AgeBand.UNDER_12]
    assert law.lasting.of(AgeBand.ADULT, Use.WEBSITE) == timedelta(days=730)
    assert law.lasting.of(AgeBand.ADULT, Use.MEDIA) == timedelta(days=365)
    assert law.lasting.of(AgeBand.AGE_16_17, Use.WEBSITE) == timedelta(days=365)
    assert law.proof.time == timedelta(days=6 * 365 + 2)


def test_all_but_scotland_wait_for_a_lawyer_and_say_so() -> None:
    assert [law.code for law in LAWS.values() if not law.to_be_checked] == ["scotland"]
    assert for_everybody(LAWS.values()).count("To be checked by a lawyer") == len(LAWS) - 1


def test_the_page_for_lawyers_is_made_from_the_profiles() -> None:
    assert Path("docs/law.md").read_text(encoding="utf-8") == for_everybody(LAWS.values()), "make law writes it anew"


MISTAKES = {
    "a key too many": (SCOTLAND.replace("[capacity]", "age = 3\n[capacity]", 1), "“age” is nothing"),
    "a key too few": (SCOTLAND.replace('country = "GB"', "", 1), "country"),
    "somebody left out": (SCOTLAND.replace('band = "12_15"', 'band = "adult"', 1), "leave somebody out"),
    "no such age": (SCOTLAND.replace('band = "12_15"', 'band = "13_15"', 1), "13_15"),
    "no file of that kind": ("name = ", "scotland.toml"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_profile_is_refused_and_names_the_file(tmp_path: Path, mistake: str) -> None:
    text, says = MISTAKES[mistake]
    file = tmp_path / "scotland.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileMistake, match=r"scotland\.toml") as refusal:
        read(file)
    assert says in str(refusal.value)


def test_one_age_cannot_mean_two_things_in_two_places(tmp_path: Path) -> None:
    """Else changing the law could light what was dark."""
    file = tmp_path / "elsewhere.toml"
    file.write_text(SCOTLAND.replace('band = "12_15"', 'band = "12_15"\nwith_guardian = true', 1), encoding="utf-8")
    with pytest.raises(ProfileMistake, match="12_15"):
        check_that_they_agree([*LAWS.values(), read(file)])


def test_who_is_asked_with_a_parent() -> None:
    assert {band for band in AgeBand if with_guardian(band)} == {AgeBand.UNDER_12, AgeBand.UNDER_16}
    assert not with_guardian("nobody")


def test_a_band_is_called_by_its_ages() -> None:
    labels = ["Under 12", "12 to 15", "Under 16", "16 or 17", "18 or over", "Not known"]
    assert [band.label for band in AgeBand] == labels


def test_a_text_is_filled_in_or_refused() -> None:
    law = LAWS["england_and_wales"]
    assert fill_in("In {law.place}, {law.asked_again}.", law) == "In England and Wales, at 16 and at 18."
    assert fill_in("No number.", None) == "No number."
    for wrong, under in (("{law.moon}", law), ("{law.place}", None)):
        with pytest.raises(ValueError, match="Nobody can say"):
            fill_in(wrong, under)
    assert said(None) == {}


def test_times_in_words() -> None:
    assert [years(days) for days in (365, 730, 400)] == ["one year", "two years", "13 months"]
    assert [number(count) for count in (6, 11)] == ["six", "11"]
