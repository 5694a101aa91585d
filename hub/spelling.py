"""How are words compared that people write in different ways? One form for each, on both sides of a comparison.

Quotation marks, dashes, accents, capitals and American spelling make no difference. The form is for comparing only:
nobody reads it, so it need not be a word.
"""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’‘ʼ][^\W_]+)*")
COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-‐‑–][^\W\d_]++)+")
# One word, two spellings: whichever is written, the first is compared.
ONE_OF_TWO = {
    "mum": "mom", "mums": "moms", "mummy": "mommy", "program": "programme", "programs": "programmes",
    "defense": "defence", "offense": "offence", "license": "licence", "practice": "practise", "gray": "grey",
    "judgment": "judgement", "aging": "ageing", "enrol": "enroll", "fulfil": "fulfill", "skilful": "skillful",
    "instalment": "installment", "instalments": "installments", "catalog": "catalogue", "dialog": "dialogue",
    "learnt": "learned", "spelt": "spelled", "pediatric": "paediatric", "jail": "gaol", "check": "cheque",
    "checks": "cheques", "anemia": "anaemia", "tire": "tyre", "tires": "tyres", "maneuver": "manoeuvre",
}  # fmt: skip
# Scots of every day, as people type it when they need something.
SCOTS = {
    "tae": "to", "wi": "with", "frae": "from", "nae": "no", "wis": "was", "oot": "out", "doon": "down",
    "aff": "off", "hae": "have", "gie": "give", "dinnae": "dont", "dinna": "dont", "cannae": "cant",
    "canna": "cant", "wisnae": "wasnt", "isnae": "isnt", "didnae": "didnt", "wouldnae": "wouldnt",
    "couldnae": "couldnt", "willnae": "wont", "wullnae": "wont", "havenae": "havent", "hasnae": "hasnt",
    "masel": "myself", "mysel": "myself", "hissel": "himself", "hersel": "herself", "naebody": "nobody",
    "somebdy": "somebody", "aebody": "everybody", "naewhere": "nowhere", "jist": "just",
}  # fmt: skip
SPELLED = {other: one for one, other in ONE_OF_TWO.items()} | SCOTS
RULES = [
    (re.compile(r"(?<=[a-z]{2})([iy])z(e[drs]?|es|ers|ings?|ations?|able)$"), r"\1s\2"),  # stigmatize
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing|ful|able|ite|hood|al|ist|ly|er|less)"), "or"),  # behaviour
    (re.compile(r"(cent|fib|lit|theat|met|calib)re(s?)$"), r"\1er\2"),  # centre
    (re.compile(r"(travel|counsel|label|model|cancel|signal|fuel|marvel|level)l(ed|ing|ers?|ors?|ation)$"), r"\1\2"),
]
# Letters with a stroke, or two in one, that Unicode does not take apart: many people cannot type them.
PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
ENDINGS = ("isations", "isation", "ations", "ation", "ising", "ises", "ised", "iser", "ise", "ments", "ment",
           "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "e", "y")  # fmt: skip
SHORTEST_STEM = 3


def words_in(text: str) -> list[str]:
    """The words of `text`, in small letters and without accents or marks, as somebody may read them."""
    return [_bare(match[0]) for match in WORD.finditer(text)]


def spelled(word: str) -> str:
    """The one form of a word from `words_in`: “colour” and “color” have the same."""
    word = SPELLED.get(word, word)
    for pattern, instead in RULES:
        word = pattern.sub(instead, word)
    return word


def for_comparing(text: str) -> str:
    """All words of `text` in their one form; words with a hyphen also written together."""
    together = [re.sub(r"[^a-z]", "", _bare(match[0])) for match in COMPOUND.finditer(text)]
    return " ".join(spelled(word) for word in (*words_in(text), *together))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a word of `words_in` shares with its other forms, roughly: “labels” and “labelling” have the same."""
    word = spelled(word)
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=5_000)
def stems(text: str) -> tuple[str, ...]:
    """The stem of each word of `text`."""
    return tuple(stem(word) for word in words_in(text))


def _bare(word: str) -> str:
    """“Dad’s” → “dad”, “don’t” → “dont”, “Café” → “cafe”."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join("'" if c in "’‘ʼ" else c for c in apart if not unicodedata.combining(c))
    return letters.translate(PLAIN).removesuffix("'s").replace("'", "")
