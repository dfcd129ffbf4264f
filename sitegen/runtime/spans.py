"""Where the time goes: spans of work by kind and name, recorded only while somebody asks (`--profile`)."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Final, NamedTuple, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
STAGE: Final = "stage"  # of a build
STEP: Final = "step"  # of one article's way
RULE: Final = "rule"  # of cleaning
TEMPLATE: Final = "template"
KINDS: Final = (STAGE, STEP, RULE, TEMPLATE)


class Span(NamedTuple):
    """A piece of work; times in ns of the monotonic clock."""

    kind: str
    name: str
    start: int
    end: int


class Sum(NamedTuple):
    """All spans of one name: how many, and how long in ns."""

    name: str
    times: int
    total: int


SPANS: list[Span] | None = None  # of this process; None: nobody asks


@contextmanager
def recorded() -> Iterator[list[Span]]:
    """Record the spans of this process; give the list they gather in."""
    global SPANS  # noqa: PLW0603  work is all over the house; its clock hangs here
    SPANS = []
    try:
        yield SPANS
    finally:
        SPANS = None


@contextmanager
def span(kind: str, name: str) -> Iterator[None]:
    """Record what is done inside."""
    if SPANS is None:
        yield
        return
    start = time.perf_counter_ns()
    try:
        yield
    finally:
        SPANS.append(Span(kind, name, start, time.perf_counter_ns()))


def timed(kind: str, name: str) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Return the decorator that records a function's calls."""

    def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(function)
        def wrapper(*given: Given.args, **named: Given.kwargs) -> Result:
            if SPANS is None:
                return function(*given, **named)
            with span(kind, name):
                return function(*given, **named)

        return wrapper

    return decorate


def sums_of(spans: list[Span], kind: str) -> list[Sum]:
    """Return the spans of one kind summed by name, the longest first."""
    found: dict[str, list[int]] = {}
    for one in spans:
        if one.kind == kind:
            found.setdefault(one.name, []).append(one.end - one.start)
    sums = (Sum(name, len(times), sum(times)) for name, times in found.items())
    return sorted(sums, key=lambda one: (-one.total, one.name))


def trace_of(spans: list[Span]) -> str:
    """Return the spans as a trace that Perfetto and speedscope open (Chrome's trace event format, times in µs)."""
    first = min((one.start for one in spans), default=0)
    events = [
        {
            "name": one.name,
            "cat": one.kind,
            "ph": "X",
            "ts": (one.start - first) / 1000,
            "dur": (one.end - one.start) / 1000,
            "pid": 1,
            "tid": 1,
        }
        for one in sorted(spans, key=lambda one: (one.start, -one.end))
    ]
    return json.dumps({"traceEvents": events, "displayTimeUnit": "ms"}, ensure_ascii=False)
