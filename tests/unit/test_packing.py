"""Values become plain tuples and values again, the same."""

import marshal
from copy import copy
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sitegen.model import Article, Edit, Entry, Kind, Licence, Notice, NoticeKind, Origin, Revision
from sitegen.prepare import Fate, Record, Records
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.packing import packed, plain, unpacked
from sitegen.site.face import Face


def test_an_entry_comes_back_as_it_was(entry_of):
    """What is remembered must be what was made, or pages would differ from a clean build's."""
    revision = Revision(revision="2", sha256="a", edits=(Edit("앞", "옛", "새", "뒤"),))
    entry = entry_of(
        "a",
        kind=Kind.PRESS_RELEASE,
        origin=Origin(profile="p", revisions=(revision,)),
        notice=Notice(kind=NoticeKind.GONE),
        places=(("title", 2, 1),),
    )

    again = unpacked(packed(entry, Entry), Entry)

    assert again == entry
    assert repr(again) == repr(entry)


def test_a_face_and_a_finding_come_back_as_they_were(face):
    """Lists and reports are made of them."""
    one = face("a", updated=datetime(2025, 1, 2, 3, tzinfo=UTC), tags=("강",))
    finding = Problem("LIC001", Severity.WARNING, Where("a.md", 3, 1), (("name", "값"),))

    again = unpacked(packed(one, Face), Face), unpacked(packed((finding,), tuple[Problem, ...]), tuple[Problem, ...])

    assert again == (one, (finding,))
    assert type(again[1][0].severity) is Severity


def test_many_come_back_as_they_were(entry_of, face):
    """They are kept field by field: each must get its own again, and one that has none must not get its neighbour's."""
    bare = Record(path="b.md", fate=Fate.HELD_BACK)
    told = Problem("LIC001", Severity.WARNING, Where("a.md", 3, 1), (("name", "값"), ("other", "값")))
    shown = face(
        "c", updated=datetime(2025, 1, 2, 3, tzinfo=UTC), tags=("강", "물"), notice=Notice(kind=NoticeKind.GONE)
    )
    full = Record(path="c.md", fate=Fate.PUBLISHED, face=shown, problems=(told, told), since=1.5, digest=b"1")
    many = [bare, full, bare, full._replace(face=face("d"), since=None), bare]
    entries = [entry_of("a"), entry_of("b", places=(("title", 2, 1),))]

    for values, kind in ((many, list[Record]), ([], list[Record]), ([bare], list[Record]), (entries, list[Entry])):
        again = unpacked(packed(values, kind), kind)
        assert again == values
        assert repr(again) == repr(values)


def test_records_travel_to_another_process_as_they_are(face):
    """A worker's answer is what it would have been here."""
    found = Records([(Record(path="a", fate=Fate.PUBLISHED, face=face("a")), b"1"), (Record("b", Fate.DRAFT), b"")])

    again = copy(found)  # made again from what it travels as

    assert type(again) is Records
    assert again == found


def test_columns_of_unequal_length_are_refused():
    """Bytes that are whole, and yet nothing we wrote, must not become fewer files than there are."""
    other = marshal.dumps(tuple(["a", "b"] if name == "path" else ["a"] for name in Where._fields))

    with pytest.raises(ValueError, match="shorter"):
        unpacked(other, list[Where])


@pytest.mark.parametrize(
    "zone", [None, UTC, ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-3, minutes=-30))]
)
def test_a_time_keeps_its_zone(zone):
    """Seoul is a zone with a history and not a distance from Greenwich."""
    moment = datetime(2024, 7, 1, 9, 30, tzinfo=zone)

    again = unpacked(packed(moment, datetime), datetime)

    assert again == moment
    assert (again.utcoffset(), again.isoformat()) == (moment.utcoffset(), moment.isoformat())


def test_an_hour_that_comes_twice_stays_the_one_it_was():
    """Seoul put its clocks back in 1987 and 1988."""
    moments = [datetime(1988, 10, 9, 2, 30, tzinfo=ZoneInfo("Asia/Seoul"), fold=fold) for fold in (0, 1)]

    again = unpacked(packed(moments, list[datetime]), list[datetime])

    assert [moment.isoformat() for moment in again] == ["1988-10-09T02:30:00+10:00", "1988-10-09T02:30:00+09:00"]


def test_what_nobody_knows_is_refused():
    """A kind that cannot be packed must be noticed where it is written."""
    with pytest.raises(TypeError):
        plain({1}, set[int])


def test_equal_values_have_equal_names_and_others_do_not(article_of):
    """A key that two different pages share would show one in place of the other."""
    values = [
        ("가", "나"), ("가나",), (("가",), "나"), ("가", ("나",)), (1,), ("1",), (True,), (1.0,), (None,), ("None",), (),
        ((),), (b"1",), (frozenset({"가"}),), (("가",),), article_of("a"), article_of("a", tags=("강",)), Licence(),
        (datetime(2024, 1, 1, tzinfo=UTC),), ("2024-01-01T00:00:00+00:00",), Kind.NOTICE, "notice",
    ]  # fmt: skip

    names = [name_of(value) for value in values]

    assert len(set(names)) == len(values)
    assert names == [name_of(value) for value in values]
    assert isinstance(article_of("a"), Article)
    assert name_of(frozenset(map(str, range(50)))) == name_of(frozenset(map(str, reversed(range(50)))))
