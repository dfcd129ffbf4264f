"""Entry → what happened to the article after publication: withdrawal, corrections, new wording of the original."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from sitegen.model import Entry
from sitegen.views import Change, ChangeKind


def changes_of(entry: Entry, zone: tzinfo) -> Iterator[Change]:
    """Yield what happened to an article. `zone` is that of dates."""
    article = entry.article
    if article.notice is not None:
        kind = ChangeKind(article.notice.kind.value)
        yield change(entry, kind, moment_of(article.notice.date, zone), article.notice.reason)
        return
    numbers: Counter[str] = Counter()
    for correction in sorted(article.corrections, key=lambda one: one.date):
        number = numbers[correction.date]
        numbers[correction.date] += 1
        yield change(entry, ChangeKind.CORRECTED, moment_of(correction.date, zone), correction.text, number)
    revisions = [revision.seen for revision in article.origin.revisions if not revision.same_text]
    for seen in dict.fromkeys(revisions):
        yield change(entry, ChangeKind.REVISED, moment_of(seen, zone))
    is_told = article.corrections or revisions
    if article.updated and not is_told:
        yield change(entry, ChangeKind.UPDATED, article.updated)


def change(entry: Entry, kind: ChangeKind, when: datetime | None, note: str = "", number: int = 0) -> Change:
    """Return a change of an entry; `number` tells it from others of its kind on one day."""
    day = f"{when:%Y-%m-%d}" if when else "undated"
    name = f"{entry.url}#{kind}-{day}" + (f"-{number}" if number else "")
    return Change(
        id=name, kind=kind, when=when, title=entry.article.title, url=entry.url, note=note, lang=entry.article.lang
    )


def moment_of(day: str, zone: tzinfo) -> datetime | None:
    """Return the start of a day written YYYY-MM-DD, or None."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return datetime(found.year, found.month, found.day, tzinfo=zone)
