"""What does somebody call the browser she signed in with? “Firefox on Windows”: enough to know it again, no more.

Refuses versions and models, which would tell more than she needs. It is kept in her session and ends with it.
"""

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox",
            "SamsungBrowser": "Samsung Internet", "Chrom": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}  # fmt: skip
MACHINES = {"Windows": "Windows", "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Mac OS": "Mac",
            "CrOS": "Chromebook", "Linux": "Linux"}  # fmt: skip


def in_words(user_agent: str) -> str:
    """The first of the names above that `user_agent` holds: some claim to be several, the more special first."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "A browser")
    machine = next((name for mark, name in MACHINES.items() if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser
