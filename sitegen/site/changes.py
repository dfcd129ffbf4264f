"""Site → what happened to its articles after publication: withdrawals, corrections, new wording of the originals."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from sitegen.model import Entry, Site
from sitegen.site.assemble import DAWN
from sitegen.views import Change, ChangeKind


def changes_of(site: Site, zone: tzinfo) -> tuple[Change, ...]:
    """Return every change, newest first; those without a date come last. `zone` is that of dates."""
    found = [withdrawal(entry, zone) for entry in site.tombstones]
    found += [change for entry in site.entries for change in changes_in(entry, zone)]
    return tuple(sorted(found, key=lambda change: (change.when or DAWN, change.id), reverse=True))


def withdrawal(entry: Entry, zone: tzinfo) -> Change:
    """Return what a tombstone tells."""
    article = entry.article
    assert article.notice is not None
    return change(
        entry, ChangeKind(article.notice.kind.value), moment_of(article.notice.date, zone), article.notice.reason
    )


def changes_in(entry: Entry, zone: tzinfo) -> Iterator[Change]:
    """Yield the corrections of an article, and when its original got another wording."""
    article = entry.article
    for number, correction in enumerate(article.corrections):
        yield change(entry, ChangeKind.CORRECTED, moment_of(correction.date, zone), correction.text, number)
    for seen in dict.fromkeys(revision.seen for revision in article.origin.revisions):
        yield change(entry, ChangeKind.REVISED, moment_of(seen, zone))
    is_told = article.corrections or article.origin.revisions
    if article.updated and not is_told and (article.published is None or article.updated > article.published):
        yield change(entry, ChangeKind.UPDATED, article.updated)


def change(entry: Entry, kind: ChangeKind, when: datetime | None, note: str = "", number: int = 0) -> Change:
    """Return a change of an entry; `number` tells it from others of its kind on one day."""
    day = f"{when:%Y-%m-%d}" if when else "undated"
    name = f"{entry.url}#{kind}-{day}" + (f"-{number}" if number else "")
    return Change(id=name, kind=kind, when=when, title=entry.article.title, url=entry.url, note=note)


def moment_of(day: str, zone: tzinfo) -> datetime | None:
    """Return the start of a day written YYYY-MM-DD, or None."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return datetime(found.year, found.month, found.day, tzinfo=zone)
