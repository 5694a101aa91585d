"""In which form is a body sent? As small as the reader's browser says that it can take, and never as it cannot.

Bodies are packed once, when they are kept.
"""

import gzip
from functools import lru_cache

import brotli

PLAIN, GZIP, BROTLI = "", "gzip", "br"
BEST_FIRST = (BROTLI, GZIP)
LONGEST = 200  # of what a browser says that it takes; no real one says more


def packed(body: bytes) -> dict[str, bytes]:
    """The body in each form. The same body always packs to the same bytes."""
    return {
        PLAIN: body,
        GZIP: gzip.compress(body, compresslevel=6, mtime=0),
        BROTLI: brotli.compress(body, quality=5),
    }


def best(accepted: str) -> str:
    """The best form for a browser that says it takes `accepted`."""
    return _best(accepted) if 0 < len(accepted) <= LONGEST else PLAIN


@lru_cache(maxsize=256)
def _best(accepted: str) -> str:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = _number(weight)
    others = weights.get("*", 0.0)
    taken = [form for form in BEST_FIRST if weights.get(form, others) > 0]
    return max(taken, key=lambda form: weights.get(form, others), default=PLAIN)


def _number(weight: str) -> float:
    name, _, value = weight.partition("=")
    if not name.strip():
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
