"""Run inside an older version, before a restore there: which lines of the journal tell of what it does not know?

They go beside the journal, or that version would not start. A use that it does not know it does not show either.
"""

import json

from django.conf import settings

from hub.stories.choices import EventKind, Use

place = settings.LEDGER_JOURNAL
lines = place.read_text().splitlines(True) if place.exists() else []


def known(text):
    try:
        line = json.loads(text)
    except ValueError:
        return True
    return line.get("use", "") in {"", *Use.values} and line.get("kind", "") in {"", *EventKind.values}


newer = [text for text in lines if not known(text)]
if newer:
    with place.with_name(place.name + ".of-a-newer-version").open("a") as aside:
        aside.writelines(newer)
    half = place.with_name(place.name + ".half")
    half.write_text("".join(text for text in lines if known(text)))
    half.chmod(0o600)
    half.replace(place)
print(len(newer), "lines tell of what this version does not know; they are kept beside the journal.")
