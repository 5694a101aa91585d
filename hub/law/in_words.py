"""A profile in sentences: what pages, mails and wordings fill in, so that no age is written where no profile is read.

Says of a place without a profile that nothing is known of it, and gives no number.
"""

from collections.abc import Iterable

from hub.law.profile import Law

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DAYS_A_YEAR = 365
DAYS_A_MONTH = DAYS_A_YEAR / 12


def number(count: int) -> str:
    """In letters up to ten, as a page says it."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def years(days: int) -> str:
    """“two years”, or in months where it is no whole number of years."""
    whole, rest = divmod(days, DAYS_A_YEAR)
    if rest:
        return f"{months(days)} months"
    return f"{number(whole)} year{'' if whole == 1 else 's'}"


def months(days: int) -> int:
    return round(days / DAYS_A_MONTH)


def birthdays(law: Law, last: str = "or") -> str:
    """“12, 16 or 18”: those after which somebody is asked again."""
    return listed([str(age) for age in law.asked_again_at], last)


def listed(words: list[str], last: str) -> str:
    """“a, b and c”."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def said(law: Law | None) -> dict[str, str]:
    """What may stand in a text as `{law.…}`; without a profile nothing may, and such a text is not written."""
    if law is None:
        return {}
    return {
        "place": law.name,
        "own_answer_from": str(law.own_answer_from),
        "asked_again": listed([f"at {age}" for age in law.asked_again_at], "and"),
        "birthdays": birthdays(law),
        "grown_up_at": str(law.grown_up_at),
        "alone_from": str(law.capacity.at),
        "yes": years(law.lasting.days),
        "Yes": years(law.lasting.days).capitalize(),
        "yes_short": years(law.lasting.days_short),
        "proof": years(law.proof.years * DAYS_A_YEAR),
        "complaints_name": law.complaints.name,
        "complaints_site": law.complaints.site,
        "complaints_link": law.complaints.link,
    }


def fill_in(text: str, law: Law | None) -> str:
    """`text` with each `{law.…}` said. Raises ValueError for one that nobody can say."""
    for name, words in said(law).items():
        text = text.replace(f"{{law.{name}}}", words)
    if "{law." in text:
        raise ValueError(f"Nobody can say {text.split('{law.', 1)[1].split('}', 1)[0]!r} here: choose a law first.")
    return text


def for_everybody(laws: Iterable[Law]) -> str:
    """All profiles on one page, for a lawyer to read beside the Acts: docs/law.md, word for word."""
    return "\n".join([BEGINNING, *(_page(law) for law in laws)])


BEGINNING = """# The law, place by place

What this Hub takes to be the law of each place it can work in, with where it stands. Made from the files in
`hub/law` by `make law`, and compared with them by a test. It is no legal advice. An administrator chooses the place
under *Settings*, *Law*. The rule that shows a story, the database's own check and the words people read take their
numbers from here.
"""


def _page(law: Law) -> str:
    lines = [f"## {law.name}", ""]
    if law.to_be_checked:
        lines += ["**To be checked by a lawyer.** Nobody has yet.", ""]
    lines += ["| of | what holds | from |", "|---|---|---|"]
    lines += [f"| {about} | {says} | {sources} |" for about, says, sources in rows_in_markdown(law)]
    return "\n".join([*lines, ""])


def rows_in_markdown(law: Law) -> list[tuple[str, str, str]]:
    return [
        (about, one.says, "; ".join(f"[{source.act}]({source.link})" for source in one.sources))
        for about, one in law.on_one_page
    ]
