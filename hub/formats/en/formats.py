"""How days are read where a form is not ours: the filters of Wagtail's lists. Day before month, as everywhere here."""

_DAYS = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%d-%m-%y", "%d %m %Y", "%d %b %Y", "%d %B %Y",
         "%d %b %y", "%d %B %y", "%Y-%m-%d", "%Y/%m/%d")  # fmt: skip
DATE_INPUT_FORMATS = list(_DAYS)
DATETIME_INPUT_FORMATS = [
    *(f"{day} {hour}" for day in _DAYS for hour in ("%H:%M", "%H:%M:%S", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p")),
    *_DAYS,
]
