"""Texts as people bring them, each with what may be kept of it as one line. None of them may break anything."""

from dataclasses import dataclass

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@dataclass(frozen=True)
class Awkward:
    typed: str
    kept: str
    what: str


AWKWARD = [
    Awkward("A title\x0bwith a soft return", "A title with a soft return", "soft return of Word"),
    Awkward("Bell\x07 and null\x00 and escape\x1b", "Bell and null and escape", "control characters"),
    Awkward("Second\x80 kind\x9f of them", "Second kind of them", "C1 control characters"),
    Awkward("Line\u2028break and next\x85line", "Line break and next line", "line separators"),
    Awkward("Half \ud83d a face", "Half  a face", "half a character"),
    Awkward("Zero\u200bwidth\u2060and\ufeffmark", "Zerowidthandmark", "signs of no width"),
    Awkward("Soft\xadhyphen", "Softhyphen", "soft hyphen"),
    Awkward("Tagged\U000e0041\U000e0042", "Tagged", "hidden tags"),
    Awkward("Look\ufe0f\ufe0f twice \ufe01", "Look twice", "looks of nothing"),
    Awkward("invoice\u202efdp.exe", "invoicefdp.exe", "forced direction"),
    Awkward("No\ufdd0 character\uffff at all\U0001ffff", "No character at all", "noncharacters"),
    Awkward("H" + "\u0301\u0316\u0317\u0334" * 20 + "i", "H\u0334\u0334\u0334\u0334i", "a tower of accents"),
    Awkward("\U0001f600\U0001f642", "\U0001f600\U0001f642", "emoji alone"),
    Awkward(f"{FAMILY} {SCOTLAND} \u2764\ufe0f 1\ufe0f\u20e3", f"{FAMILY} {SCOTLAND} \u2764\ufe0f 1\ufe0f\u20e3",
            "emoji of several signs"),
    Awkward("???", "???", "question marks"),
    Awkward("سلام عليكم (مرحبا)\u200f", "سلام عليكم (مرحبا)\u200f", "Arabic"),
    Awkward("שלום \u2067עולם", "שלום עולם", "Hebrew with a direction left open"),
    Awkward("خانه\u200cای", "خانه\u200cای", "Persian with its non-joiner"),
    Awkward("Привет, як справи", "Привет, як справи", "Cyrillic"),
    Awkward("हिन्दी क्\u200dष", "हिन्दी क्\u200dष", "Hindi with its joiner"),
    Awkward("ភាសា\u200bខ្មែរ", "ភាសា\u200bខ្មែរ", "Khmer with its spaces"),
    Awkward("Cafe\u0301 de Bogota\u0301", "Café de Bogotá", "accents apart"),
    Awkward("中文 日本語 한국어", "中文 日本語 한국어", "East Asia"),
    Awkward("x" * 200, "x" * 200, "200 letters without a space"),
    Awkward('=HYPERLINK("http://x.example","Y")', '=HYPERLINK("http://x.example","Y")', "a formula"),
    Awkward("<b>Bold</b> & “more” {{ 1 }}", "<b>Bold</b> & “more” {{ 1 }}", "mark-up"),
    Awkward("Tab\there\r\nand\nthere", "Tab here and there", "tab and line breaks"),
]  # fmt: skip
