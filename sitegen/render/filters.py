"""The named filters templates may use: dates, numbers and small choices of wording. Values in, text out."""

from datetime import datetime

WEEKDAYS = {
    "ko": ("월", "화", "수", "목", "금", "토", "일"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
NO_BREAK = "\u00a0"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short_date(moment: datetime, language: str) -> str:
    """Return `2019.12.03. (화)` or `3 Dec 2019 (Tue)`, with the time when there is one."""
    clock = f" {moment.hour:02}:{moment.minute:02}" if has_time(moment) else ""
    if language == "ko":
        day = f"{moment.year:04}.{moment.month:02}.{moment.day:02}."
        return f"{day} ({WEEKDAYS['ko'][moment.weekday()]}){clock}"
    return f"{moment.day} {MONTHS_EN[moment.month - 1][:3]} {moment.year} ({WEEKDAYS['en'][moment.weekday()]}){clock}"


def day(text: str, language: str) -> str:
    """Return a day written as `2019-12-03` as `short_date` writes it; what is no day stays as it is."""
    try:
        return short_date(datetime.fromisoformat(text), language)
    except ValueError:
        return text


def long_date(moment: datetime, language: str) -> str:
    """Return `2019년 12월 3일 화요일` or `Tuesday, 3 December 2019`; a line ends nowhere but beside the weekday."""
    if language == "ko":
        day = f"{moment.year}년 {moment.month}월 {moment.day}일"
        return f"{day.replace(' ', NO_BREAK)} {WEEKDAYS['ko'][moment.weekday()]}요일"
    day = f"{moment.day} {MONTHS_EN[moment.month - 1]} {moment.year}"
    return f"{WEEKDAYS_EN[moment.weekday()]}, {day.replace(' ', NO_BREAK)}"


def month_label(key: str, language: str) -> str:
    """Return `2024년 8월` for `2024-08`, `2024년` for `2024`; English likewise."""
    year, _, month = key.partition("-")
    if not month:
        return f"{year}년" if language == "ko" else year
    if language == "ko":
        return f"{year}년 {int(month)}월"
    return f"{MONTHS_EN[int(month) - 1]} {year}"


def iso_date(moment: datetime) -> str:
    """Return the value of a `datetime` attribute: a date alone, or a time with its zone."""
    if not has_time(moment):
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes" if not moment.second else "seconds")


def iso_time(moment: datetime | None) -> str:
    """Return RFC 3339 with seconds and zone, as Atom wants it.

    What has no date has one that never changes: readers are shown again what has another.
    """
    if moment is None:
        return "1970-01-01T00:00:00+00:00"
    return moment.isoformat(timespec="seconds")


def has_time(moment: datetime) -> bool:
    """Return whether the source gave a time of day (00:00 stands for a date alone)."""
    return (moment.hour, moment.minute, moment.second) != (0, 0, 0)


def list_name(url: str) -> str:
    """Return `국방` for `/category/국방/`: how the search names a list, in whichever spelling its articles have it."""
    return url.rstrip("/").rpartition("/")[2]


def thousands(number: int) -> str:
    """Return `1,234`."""
    return f"{number:,}"
