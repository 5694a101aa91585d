"""In which languages and formats can pages be had, besides English? In those that HUB_LANGUAGES names.

For the settings alone. What each is, and how its words are searched, says hub/pages/words/languages.py.
"""

from django.conf.locale import LANG_INFO

from hub import env

AT_FIRST = "en-x-easyread cy gd pl uk bfi en-x-sound"
# What each calls itself, where Django does not know it or writes it in another way.
OWN_NAMES = {
    "gd": "Gàidhlig", "sco": "Scots", "pl": "Polski", "uk": "Українська", "ur": "اردو", "bfi": "BSL film",
    "en-x-easyread": "Easy read", "en-x-sound": "Sound",
}  # fmt: skip


def languages_offered(english: str) -> list[tuple[str, str]]:
    """English first. Stops the start for a code that nobody knows."""
    known = {code: str(about["name_local"]) for code, about in LANG_INFO.items() if "name_local" in about} | OWN_NAMES
    wanted = env.text("HUB_LANGUAGES", AT_FIRST).lower().replace(",", " ").split()
    if not set(wanted) <= known.keys():
        env.refuse("HUB_LANGUAGES", "names a language that is not known", "Write codes, such as: en-x-easyread gd pl.")
    return [(english, "English"), *((code, known[code]) for code in dict.fromkeys(wanted) if code != english)]
