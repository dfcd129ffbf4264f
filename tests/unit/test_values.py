"""Values: what dataclasses promise of frozen ones, kept by what we write for them."""

import copy
import pickle  # noqa: TID251  as worker processes do
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from sitegen.model import Contact, Licence, SourceFile
from sitegen.values import changed


def test_equal_fields_make_equal_values():
    """Values are compared, put in sets and used as keys."""
    one, same, other = (Contact(org="환경부", tel=tel) for tel in ("1", "1", "2"))

    assert one == same
    assert one != other
    assert {one, same, other} == {one, other}
    assert one != ("환경부", "", "1")


def test_fields_are_keywords_and_those_without_default_must_be_given():
    """A call says what it means."""
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'shown'"):
        SourceFile(path="a.md", data=b"")
    with pytest.raises(TypeError, match="positional"):
        Contact("환경부")
    with pytest.raises(TypeError, match="unexpected keyword argument 'fax'"):
        Contact(org="환경부", fax="1")

    assert Contact(org="환경부") == Contact(org="환경부", unit="", tel="")


def test_a_value_says_what_it_is():
    """In a failing test, or under --verbose."""
    assert repr(SourceFile(path="a.md", shown="가", data=b"1")) == "SourceFile(path='a.md', shown='가', data=b'1')"


def test_a_value_does_not_change():
    """Another is made of it."""
    licence = Licence(id="KOGL-1")

    with pytest.raises(FrozenInstanceError, match="cannot change 'id' of a Licence"):
        licence.id = "KOGL-4"

    assert replace(licence, id="KOGL-4") == changed(licence, id="KOGL-4") == Licence(id="KOGL-4")
    assert licence.id == "KOGL-1"


def test_a_value_is_the_same_elsewhere():
    """It crosses process borders."""
    licence = Licence(id="KOGL-1", ai=True)

    assert pickle.loads(pickle.dumps(licence)) == copy.deepcopy(licence) == licence  # noqa: S301
    assert [field.name for field in fields(licence)] == list(Licence.__slots__)
