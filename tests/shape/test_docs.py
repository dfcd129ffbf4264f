"""The documentation says what the program says."""

import re
from pathlib import Path

import pytest

from sitegen.checks.catalogue import explained, markdown, reasons, reasons_in_korean, said
from sitegen.messages import MESSAGES

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), DOCS.parent / "README.md"]
SPOKEN_OF = {"/2026/03/river/"}  # links of examples


def test_the_checks_are_documented_as_they_are():
    """A reader who looks a code up must find it, as it is now: `python build.py check --explain all` writes the page."""
    assert (DOCS / "checks.md").read_text("utf-8") == markdown().rstrip() + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_codes_and_files_that_are_there(page):
    """A code that no message has, or a link into nothing, sends its reader away empty-handed."""
    text = page.read_text("utf-8")

    kinds = "|".join({code[:-3] for code in MESSAGES})
    named = set(re.findall(rf"\b(?:{kinds})\d{{3}}\b", text))
    leads = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s:]+)\)", text)}

    assert named <= set(MESSAGES)
    assert {target for target in leads if target and not (page.parent / target).exists()} == SPOKEN_OF & leads


def test_every_check_says_why_it_asks():
    """A finding whose reason nobody knows is switched off."""
    asked = {
        code
        for code in MESSAGES
        if code.startswith(("SRC", "LIC", "VERB", "ATTR", "SEC", "LINK", "PII", "A11Y", "SEO", "POL"))
    }

    assert asked - set(reasons()) == {"SRC005"}  # asked by assembling, which sees all articles


def test_every_code_has_one_reason():
    """Of two reasons one would be printed, and perhaps the wrong one; a code that is no more has none."""
    codes = [code for code, _ in said()]

    assert sorted(codes) == sorted(set(codes) & set(MESSAGES))


def test_every_reason_is_given_in_korean():
    """Codes that share a reason share it in both languages; who reads Korean reads no English between."""
    english, korean = reasons(), reasons_in_korean()

    assert sharing(korean) == sharing(english)
    assert korean["LIC001"] in explained("LIC001", "ko")
    assert english["LIC001"] in explained("LIC001", "en")


def sharing(reasons: dict[str, str]) -> set[frozenset[str]]:
    """Return the groups of codes that share a reason."""
    return {frozenset(code for code, other in reasons.items() if other == words) for words in reasons.values()}
