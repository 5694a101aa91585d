"""Does a journal tell of everything that anybody can show was said? If not, a restored story may have been withdrawn.

Pure: lines in, a sentence out. Refuses whatever could be older than the newest line that anybody can show: a journal
that lacks it, one with a gap, one with lines missing, and the copy that lies in a backup, which ends with the backup.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile

from hub.stories.ledger import Line, as_text, is_said, key_of, replayed

NO_JOURNAL = "there is no journal of what was said after it"
A_COPY = "the journal given is the copy out of a backup, which ends where the backup ends"
OLDER = "the journal is older than the backup, or lacks lines that others show"
A_GAP = "this Hub was restored before without knowing what had been said, and still does not know"
HOLES = "lines are missing in the journal"


@dataclass(frozen=True)
class Backup:
    """What a backup tells of itself: its ledger, its own copy of the journal, and gaps that it knows of already."""

    lines: Collection[str] = ()  # the hashes of its ledger
    head: str = ""  # the last of them
    newest: int = 0  # the number of the last
    journal: Collection[Line] = ()
    gaps: Collection[str] = ()

    @property
    def keys(self) -> set[str]:
        """Everything that it shows was said."""
        return set(self.lines) | keys(self.journal)


def keys(lines: Iterable[Line]) -> set[str]:
    """What tells these lines from all others. Notes of the journal's own are left out."""
    return {key_of(line) for line in lines if is_said(line)}


def is_foreign(journal: Collection[Line], backup: Backup) -> bool:
    """Whether a journal is another database's: it tells of something, and of nothing that the backup knows."""
    told = keys(journal)
    return bool(told) and bool(backup.keys) and not told & backup.keys


def open_gaps(journal: Iterable[Line]) -> dict[str, set[str]]:
    """Gaps in a journal that nothing has filled: the name of each, and what whoever fills it has to know."""
    found: dict[str, set[str]] = {}
    before: set[str] = set()
    has_gap = False
    for line in journal:
        if "gap" in line:
            has_gap = True
            found[line["gap"]] = before | set(line["after"])
        if not has_gap:  # what was said here after a gap, only this journal can know
            before |= keys([line])
        found.pop(line.get("filled", ""), None)
    return found


def filled_by(given: Collection[Line], journal: Iterable[Line]) -> list[str]:
    """The gaps of `journal` that another one fills: it has not the same gap, and knows all from before it."""
    still, unknown = open_gaps(journal), open_gaps(given)
    if is_copy(given) or unknown.keys() - still.keys():
        return []
    told = keys(given)
    return [gap for gap, needed in still.items() if gap not in unknown and needed <= told]


def is_copy(journal: Iterable[Line]) -> bool:
    """Whether it is the copy that was put into a backup."""
    return any("copied" in line for line in journal)


@dataclass(frozen=True)
class Verdict:
    """Why stories come back dark, empty when they need not; and the gaps because of which, known ones or a new one."""

    why: str = ""
    gaps: Collection[str] = ()
    is_new_gap: bool = False


def verdict(
    backup: Backup, *, here: Collection[Line], given: Collection[Line] = (), gaps: Collection[str] = ()
) -> Verdict:
    """Whether the journal here, or the one given, tells of all that followed the backup.

    `gaps` are those that the database here knows of, should its journal have been lost.
    """
    reasons = [_why_not(here, backup, set()), _why_not(given, backup, _before_any_gap(here))]
    if {*open_gaps(given)} - {*backup.gaps} - {*open_gaps(here)}:
        reasons[1] = A_GAP
    left = sorted(({*open_gaps(here)} | {*gaps}) - {*backup.gaps} - {*filled_by(given, here)})
    if "" not in reasons:
        return Verdict(reasons[1] if given else reasons[0], left, is_new_gap=True)
    return Verdict(A_GAP, left) if left else Verdict()


def _before_any_gap(journal: Iterable[Line]) -> set[str]:
    return keys(takewhile(lambda line: "gap" not in line, journal))


def _why_not(journal: Collection[Line], backup: Backup, others: set[str]) -> str:
    if not keys(journal):
        return NO_JOURNAL
    if is_copy(journal):
        return A_COPY
    if not backup.lines or (backup.keys | others) - keys(journal):
        return OLDER
    return "" if _is_unbroken(journal, backup.newest) else HOLES


def _is_unbroken(journal: Iterable[Line], newest: int) -> bool:
    """Whether no number is missing among the lines after the backup. Lines of long ago have none."""
    numbers = {line.get("number") for line in journal if "ledger" in line}
    later = sorted(number for number in numbers if number is not None and number > newest)
    first = later[:1] if None in numbers else [newest + 1]
    return not later or later == list(range(first[0], later[-1] + 1))


def what_to_add(backup: Backup, *, here: Collection[Line], given: Collection[Line], new_gap: str) -> list[Line]:
    """What a restore writes into the journal here, in this order: killed while it is written, it knows less, not more.

    A gap stands before all that is new, and is filled behind it only when that is all that was said. What was made true
    again before the backup is so in its tables too; what was made true again after it is not.
    """
    known = {as_text(line) for line in here}
    brought = [line for line in backup.journal if _tells(line) or "gap" in line or "filled" in line]
    brought += [line for line in given if _tells(line)]
    new = [line for line in brought if as_text(line) not in known]
    named = new_gap or f"of a restore after {backup.head}"
    gap = {"gap": named, "after": sorted({backup.head} | backup.keys - set(backup.lines))}
    lines = [gap, *new] if new_gap or new else []
    if lines and not new_gap:
        lines.append({"filled": named})
    lines += [{"filled": each} for each in filled_by(given, here)]
    again = [{"replayed": key} for key in sorted(replayed(backup.journal))]
    return [*lines, {"restored": backup.head}, *again]


def _tells(line: Line) -> bool:
    """Whether it tells of something that was said, or why a restore said it."""
    return is_said(line) or "of_a_restore" in line
