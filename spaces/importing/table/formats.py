"""How a spreadsheet program shows a number: as a date, with zeros before it, or as it is."""

import datetime
import re

QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')  # of a number's format: what is no rule
OF_A_DATE = re.compile("[ymdhs]", re.IGNORECASE)
PADDED = re.compile("0{2,20}")
DATES = frozenset(
    (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
)  # formats without a text of their own
EPOCH, LATER_EPOCH = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
LAST_DAY = 2_958_465  # 31 December 9999


def shown(value: str, form: str | int = "", *, epoch: datetime.datetime = EPOCH) -> str:
    """A number as text, by the text or the number of its format.

    >>> shown("7", "000"), shown("46082", 14), shown("46082.5", "dd/mm/yyyy hh:mm"), shown("12.0"), shown("n/a", 14)
    ('007', '2026-03-01', '2026-03-01 12:00', '12', 'n/a')
    """
    try:
        number = float(value)
    except ValueError:
        return value
    rule = form if isinstance(form, int) else QUOTED.sub("", form).split(";")[0]
    if _is_date(rule) and 0 <= number < LAST_DAY:
        return _moment(number, epoch)
    if isinstance(rule, str) and PADDED.fullmatch(rule) and number == int(number):
        return f"{int(number):0{len(rule)}d}"
    return f"{number:.15g}" if abs(number) < 1e15 else value


def _is_date(rule: str | int) -> bool:
    return rule in DATES if isinstance(rule, int) else OF_A_DATE.search(rule) is not None


def _moment(days: float, epoch: datetime.datetime) -> str:
    moment = epoch + datetime.timedelta(seconds=round(days * 86_400))
    if days < 1:
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d}" if moment.time() == datetime.time() else f"{moment:%Y-%m-%d %H:%M}"
