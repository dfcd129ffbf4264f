"""Values → JSON, by orjson: article.json and JSON-LD, twice a page.

It is loaded where no Ctrl+C is heard: one that falls into its loading ends Python with a fault of memory (orjson 3.13,
two of 460 interrupted builds).
"""

from typing import Any

from sitegen.runtime.interrupts import deaf

with deaf():
    import orjson


def json_of(value: dict[str, Any]) -> bytes:
    """Return a value as JSON, UTF-8, on one line. Raises TypeError for what JSON has no words for."""
    return orjson.dumps(value)


def json_line_of(value: dict[str, Any]) -> bytes:
    """Return a value as JSON and a line end."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
