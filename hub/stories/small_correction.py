"""Is this only a slip of the pen, so that a moderator may carry a yes over without asking again?

A typo, punctuation or formatting: never a name, place, number, date, quotation or picture (CONSENT.md section 2). Where
a machine cannot tell, the answer is no. A yes from here decides nothing: a moderator reads the difference and does.
"""

import re
from difflib import SequenceMatcher

from hub.stories.difference import Change

MAY_BE_CORRECTED = {"Title", "Summary", "Text", "Heading", "Lines for search engines", "Title for search engines"}
CARRIES_MEANING = frozenset(
    re.findall(
        r"\w+",
        """
        a an the no not never none nor without only all every some any both
        i me my mine we us our you your he him his she her hers they them their it its
        is are was were be been am has have had do does did will would can could may might must shall should
        one two three four five six seven eight nine ten eleven twelve first second third once twice half
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august
        september october november december spring summer autumn winter day week month year yesterday today tomorrow
        """,
    )
)
"""Small words that turn a sentence round, and words of number and time: a change in one is never a slip of the pen."""


def reasons_to_ask_again(changes: list[Change]) -> list[str]:
    """Why these changes need a new yes, each reason once; empty when they may be proposed as a small correction."""
    found = [reason for change in changes if (reason := _reason(change))]
    return list(dict.fromkeys(found))


def _reason(change: Change) -> str:
    if change.name not in MAY_BE_CORRECTED:
        return f"{change.name}: a change here always needs a new yes."
    if change.before is None or change.after is None:
        return f"{change.name}: a whole passage was added or taken away."
    old, new = change.before.text.split(), change.after.text.split()
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal" and not _is_a_slip(old, i, j, new[k:m]):
            was, is_now = " ".join(old[i:j]) or "nothing", " ".join(new[k:m]) or "nothing"
            return f"{change.name}: “{was}” became “{is_now}”. That is more than a slip of the pen."
    return ""


def _is_a_slip(text: list[str], start: int, end: int, new: list[str]) -> bool:
    """Whether the words from `start` to `end` and those that took their place say the same, but for spelling."""
    before = [letters for word in text[start:end] if (letters := _letters(word))]
    after = [letters for word in new if (letters := _letters(word))]
    if before == after:  # punctuation only
        return True
    if len(before) != len(after):
        return False
    begins = start == 0 or text[start - 1].endswith((".", "!", "?", ":"))
    return all(
        one == other or _is_misspelt(one, other, begins=begins and place == 0)
        for place, (one, other) in enumerate(zip(before, after, strict=True))
    )


def _is_misspelt(old: str, new: str, *, begins: bool) -> bool:
    if old.lower() == new.lower():  # only a capital: as at the beginning of a sentence, or in “I”
        return begins or old.lower() == "i"
    if _speaks([old, new]):
        return False
    return min(len(old), len(new)) >= 4 and _is_one_slip(old, new)


def _speaks(words: list[str]) -> bool:
    """Whether one of these may be a name or a place, a number or a date, or a small word that carries the meaning."""
    return any(
        re.search(r"\d", word) or word[:1].isupper() or _letters(word).lower() in CARRIES_MEANING for word in words
    )


def _is_one_slip(old: str, new: str) -> bool:
    """One letter left out, too many or wrong, or two that changed places."""
    if len(old) == len(new):
        wrong = [place for place in range(len(old)) if old[place] != new[place]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and old[wrong[0]] == new[wrong[1]]
        return len(wrong) == 1 or (swapped and old[wrong[1]] == new[wrong[0]])
    short, long = sorted((old, new), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _letters(word: str) -> str:
    return re.sub(r"[^\w]", "", word)
