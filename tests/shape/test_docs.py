"""The documentation says what the program says."""

import re
from pathlib import Path

from sitegen.messages import MESSAGES

DOCS = Path(__file__).parents[2] / "docs"
GENERAL = {"USE005"}  # its words are the caller's


def test_every_code_is_documented_with_its_level():
    """A reader who looks a code up must find it, as it is now."""
    rows = re.findall(r"^\| ([A-Z0-9]+) \| (\w+) \|", (DOCS / "problems.md").read_text("utf-8"), re.MULTILINE)

    written = dict(rows)

    assert written == {code: message.severity.value for code, message in MESSAGES.items() if code not in GENERAL}
    assert len(rows) == len(written)
