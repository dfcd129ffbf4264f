"""Regular expressions that mean the same in every Python we run on."""

import importlib
import pkgutil
import re
from re import _constants, _parser

import sitegen
from sitegen.runtime.late import Late

SINGLE = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}


def expressions():
    """Return the expressions that stand in the modules of sitegen, each with where it stands."""
    for found in pkgutil.walk_packages(sitegen.__path__, "sitegen."):
        if found.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            for each in value if isinstance(value, tuple) else (value,):
                expression = each.pattern if isinstance(each, Late) else each
                if isinstance(expression, re.Pattern):
                    yield f"{found.name}.{name}", expression


def steps(parsed):
    """Return every step of a parsed expression, those within others too."""
    for operation, arguments in parsed:
        yield operation, arguments
        yield from steps_within(arguments)


def steps_within(arguments):
    """Return the steps of the expressions among the arguments of a step."""
    if isinstance(arguments, _parser.SubPattern):
        yield from steps(arguments)
    elif isinstance(arguments, tuple | list):
        for argument in arguments:
            yield from steps_within(argument)


def repeats_a_group(expression):
    """Whether an expression has a possessive repeat of more than one character."""
    return any(
        operation is _constants.POSSESSIVE_REPEAT and (len(arguments[2]) > 1 or arguments[2][0][0] not in SINGLE)
        for operation, arguments in steps(_parser.parse(expression.pattern, expression.flags))
    )


def test_a_group_is_not_repeated_possessively():
    """Python before 3.11.5 matches `(?:...)?+` wrongly (CPython issue 106052); `(?>(?:...)?)` says the same."""
    found = dict(expressions())

    assert "sitegen.clean.reading.TAKEN_IN" in found
    assert [name for name, expression in expressions() if repeats_a_group(expression)] == []


def test_the_look_at_expressions_finds_what_it_looks_for():
    """A look that sees nothing would pass everything."""
    assert repeats_a_group(re.compile("a(?:b|(?:cd)*+)"))
    assert not repeats_a_group(re.compile("a++(?>(?:b|cd)*)[ef]?+"))
