"""The documentation says what the program says."""

from pathlib import Path

from sitegen.checks.catalogue import markdown, reasons
from sitegen.messages import MESSAGES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_checks_are_documented_as_they_are():
    """A reader who looks a code up must find it, as it is now: `python build.py check --explain all` writes the page."""
    assert (DOCS / "checks.md").read_text("utf-8") == markdown().rstrip() + "\n"


def test_every_check_says_why_it_asks():
    """A finding whose reason nobody knows is switched off."""
    asked = {
        code
        for code in MESSAGES
        if code.startswith(("SRC", "LIC", "VERB", "ATTR", "SEC", "LINK", "PII", "A11Y", "SEO", "POL"))
    }

    assert asked - set(reasons()) == {"SRC005"}  # asked by assembling, which sees all articles
