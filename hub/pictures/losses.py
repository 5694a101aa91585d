"""What of a picture is not kept, each with the sentence that says so before anybody agrees to it.

Not said, because nobody looking at the picture would miss it: where and when it was taken, the thumbnail, the short
film and the brightness for HDR screens that some phones put beside a photo, and more than 8 bits a colour.
"""

MOVES, SEVERAL, SMALLER, COLOURS = "moves", "several", "smaller", "colours"
Said = dict[str, str]


def moves() -> Said:
    return {"kind": MOVES, "said": "This picture moves. Only its first moment is kept, as a picture that stands still."}


def several(number: int) -> Said:
    said = f"There are {number} pictures in this file. Only the first is kept: bring the others in one by one."
    return {"kind": SEVERAL, "said": said}


def smaller(before: tuple[int, int], now: tuple[int, int]) -> Said:
    said = (
        f"This picture is {before[0]:,} points wide and {before[1]:,} high. "
        f"It is kept smaller, {now[0]:,} wide and {now[1]:,} high: more than any screen shows."
    )
    return {"kind": SMALLER, "said": said}


def print_colours() -> Said:
    said = (
        "This picture has colours for printing (CMYK) and does not say for which paper and ink. They are taken as "
        "browsers take them, and can come out brighter than was meant. Ask for it in RGB if that matters."
    )
    return {"kind": COLOURS, "said": said}


def unreadable_profile() -> Said:
    said = "The colour profile in this picture cannot be used. Its colours can come out a little different."
    return {"kind": COLOURS, "said": said}


def very_bright() -> Said:
    said = "This picture is made for HDR screens. What is brighter than white paper becomes white."
    return {"kind": COLOURS, "said": said}
