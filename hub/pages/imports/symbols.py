"""Signs that a font draws in place of letters, as the signs that everybody's computer has.

Wingdings' J is a smile and its “ü” a tick. Only signs that people put into texts are here; others are left out, said.
"""

_WINGDINGS = {
    "!": "✏", '"': "✂", "(": "☎", ")": "✆", "*": "✉", "?": "✍", "A": "✌", "C": "👍", "D": "👎", "E": "☜", "F": "☞",
    "G": "☝", "H": "☟", "I": "✋", "J": "☺", "K": "😐", "L": "☹", "M": "💣", "N": "☠", "R": "☼", "T": "❄", "Y": "✡",
    "l": "●", "n": "■", "o": "□", "p": "❐", "q": "❑", "r": "❒", "s": "⬧", "t": "⧫", "u": "◆", "v": "❖", "w": "⬥",
    "x": "⌧", "\x9f": "•", "\xa7": "▪", "\xa8": "◻", "\xaa": "✦", "\xab": "★", "\xb6": "✰", "\xd8": "➢", "\xdf": "←",
    "\xe0": "→", "\xe1": "↑", "\xe2": "↓", "\xe8": "➔", "\xef": "⇦", "\xf0": "⇨", "\xf1": "⇧", "\xf2": "⇩",
    "\xfb": "✗", "\xfc": "✓", "\xfd": "☒", "\xfe": "☑", " ": " ",
}  # fmt: skip
_WINGDINGS_2 = {"O": "✗", "P": "✓", "Q": "☒", "R": "☑", "S": "☒", "T": "☒", "\xa3": "☐", "\x97": "●", " ": " "}
_WINGDINGS_3 = {"f": "←", "g": "→", "h": "↑", "i": "↓", "}": "▶", "|": "◀", "p": "▲", "q": "▼", " ": " "}
_WEBDINGS = {"a": "✔", "r": "✖", "Y": "♥", "i": "ℹ", "4": "▶", "3": "◀", "=": "■", "c": "□", "H": "🏠", " ": " "}
_GREEK = dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_GREEK |= dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SYMBOL = _GREEK | {
    **{letter: letter for letter in " !#%&()+,./0123456789:;<=>?[]_{|}"},
    "-": "−", "*": "∗", "@": "≅", "~": "∼", "\xa0": "€", "\xa3": "≤", "\xa5": "∞", "\xa7": "♣", "\xa8": "♦",
    "\xa9": "♥", "\xaa": "♠", "\xab": "↔", "\xac": "←", "\xad": "↑", "\xae": "→", "\xaf": "↓", "\xb0": "°", "\xb1": "±",
    "\xb3": "≥", "\xb4": "×", "\xb7": "•", "\xb8": "÷", "\xb9": "≠", "\xba": "≡", "\xbb": "≈", "\xbc": "…", "\xd2": "®",
    "\xd3": "©", "\xd4": "™", "\xd6": "√", "\xd7": "⋅", "\xe5": "∑",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}
_PRIVATE = range(0xF000, 0xF100)  # where Word keeps such signs


def sign(font: str, letter: str) -> str:
    """The sign that `font` draws for `letter`; the letter itself in a font of letters; "" for one we do not know."""
    code = ord(letter) if len(letter) == 1 else 0
    plain = chr(code - 0xF000) if code in _PRIVATE else letter
    known = _FONTS.get(font.lower())
    if known is not None:
        return known.get(plain, "")
    return "" if code in _PRIVATE else letter
