"""How are words compared that people write in different ways? One form for each, on both sides of a comparison.

Quotation marks, dashes, accents, capitals, American spelling and everyday Scots make no difference, and every “not” is
one: “don’t”, “dont”, “dinnae”, “do not”. The form is for comparing only: nobody reads it, so it need not be a word.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼ‛`´′＇"
WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
DOTTED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b")  # “o.d.”, “N.H.S.”
MADE_A_VERB = re.compile(r"(?<=^[a-z]{2})(?<!^(?:he|we|it))'d$|(?<=^[a-z]{3})(?<!^(?:she|you|who))'d$")  # “OD’d”
COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-‐‑–][^\W\d_]++)+")
# One word, two spellings: whichever is written, the first is compared.
ONE_OF_TWO = {
    "mum": "mom", "mums": "moms", "mummy": "mommy", "program": "programme", "programs": "programmes",
    "defense": "defence", "offense": "offence", "license": "licence", "practice": "practise", "gray": "grey",
    "judgment": "judgement", "aging": "ageing", "enrol": "enroll", "fulfil": "fulfill", "skilful": "skillful",
    "instalment": "installment", "instalments": "installments", "catalog": "catalogue", "dialog": "dialogue",
    "learnt": "learned", "spelt": "spelled", "pediatric": "paediatric", "jail": "gaol", "check": "cheque",
    "checks": "cheques", "anemia": "anaemia", "tire": "tyre", "tires": "tyres", "maneuver": "manoeuvre",
    "nappy": "diaper", "nappies": "diapers", "enrolment": "enrollment", "mold": "mould", "moldy": "mouldy",
    "judgemental": "judgmental", "sceptical": "skeptical",
}  # fmt: skip
# Scots of every day, as people type it when they need something.
SCOTS = {
    "tae": "to", "wi": "with", "frae": "from", "fae": "from", "nae": "no", "wis": "was", "oot": "out", "doon": "down",
    "aff": "off", "hae": "have", "huv": "have", "gie": "give", "gied": "gave", "dae": "do", "daein": "doing",
    "whit": "what", "whaur": "where", "hoo": "how", "noo": "now", "ken": "know", "kens": "knows", "kent": "known",
    "gonnae": "going", "gonny": "going", "gonna": "going", "wanna": "want", "mair": "more", "maist": "most",
    "wee": "small", "auld": "old", "cauld": "cold", "deid": "dead", "heid": "head", "hoose": "house", "hame": "home",
    "greetin": "crying", "gretin": "crying", "feart": "afraid", "skelp": "hit", "skelps": "hits", "skelped": "hit",
    "skelpin": "hitting", "polis": "police", "thon": "that", "aboot": "about", "oor": "our", "yer": "your",
    "masel": "myself", "mysel": "myself", "yersel": "yourself", "hissel": "himself", "hersel": "herself",
    "naebody": "nobody", "somebdy": "somebody", "aebody": "everybody", "naewhere": "nowhere", "jist": "just",
    "naethin": "nothing", "nuthin": "nothing", "naething": "nothing", "onything": "anything", "awfy": "very",
    "faither": "father", "mither": "mother", "brither": "brother",
}  # fmt: skip
NOT = re.compile(
    r"(?!canny)(?:is|was|wis|does|dis|did|do|din|has|have|hav|had|are|were|would|wid|could|cud|should|must|mus|can|wul|will"
    r"|need|might)(?:nt|not|nae|na|ny)|cant|cudnt|wont|shant|aint|dinna|wull?nae|canni?e"
)
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
DOUBLED = re.compile(r"(?<=..)([bdgmnprt])\1$")  # hitting, stopped


def words_in(text: str) -> list[str]:
    """The words of `text`, in small letters and without accents or marks, as somebody may read them."""
    return [_bare(match[0]) for match in WORD.finditer(DOTTED.sub(lambda match: match[0].replace(".", ""), text))]


def spelled(word: str) -> str:
    """The one form of a word from `words_in`: “colour” and “color” have the same."""
    word = "not" if NOT.fullmatch(word) else SPELLED.get(word, word)
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
            return DOUBLED.sub(r"\1", word[: -len(ending)])
    return word


@lru_cache(maxsize=5_000)
def stems(text: str) -> tuple[str, ...]:
    """The stem of each word of `text`."""
    return tuple(stem(word) for word in words_in(text))


def _bare(word: str) -> str:
    """“Dad’s” → “dad”, “don’t” → “dont”, “Café” → “cafe”."""
    apart = unicodedata.normalize("NFKD", re.sub(f"[{APOSTROPHES}]", "'", word.casefold()))
    letters = "".join(c for c in apart if not unicodedata.combining(c))
    made = MADE_A_VERB.sub("ed", letters.translate(PLAIN))
    return made.removesuffix("'s").replace("'", "")
