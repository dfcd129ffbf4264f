"""Every case of tests/cases/clean: one HTML body in, the body as it may be published out."""

from sitegen.clean.address import picture_name
from sitegen.clean.body import clean_body
from sitegen.clean.rules import Known, Pictures
from sitegen.config import Cleaning
from sitegen.model import BodyFormat, Source

CASES = "clean"
LISTS = ("disable", "promo_hosts", "promo_phrases", "image_hosts", "pictures")


def settings_of(case):
    """Return the cleaning settings a case asks for."""
    lists = {name: case.listed(name) for name in LISTS if case.has(name)}
    return Cleaning(**lists, base_path=case.one("base_path", "/"), language=case.one("language", "ko"))


def cleaned(case, body):
    """Return `body` cleaned as the case asks."""
    licensed = frozenset(map(picture_name, case.listed("licensed"))) if case.has("licensed") else None
    pictures = Pictures(lead=case.one("lead"), licensed=licensed)
    head = Source(name=case.one("head"), url=case.one("head_url"))
    known = Known(head, is_sure=case.has("head"), language=case.one("lang", "ko"))
    return clean_body(body, BodyFormat.HTML, settings_of(case), pictures, known)


def test_a_body_comes_out_as_its_case_says(case):
    """A reader sees exactly this markup; each case is one promise about it."""
    expects_words = case.expected.language == "text"

    body = cleaned(case, case.given.text)

    assert (" ".join(body.text.split()) if expects_words else body.html) == case.expected.text


def test_what_a_case_says_beside_the_markup_holds(case):
    """The footer, the checks and the change notice live on these findings, not on the markup."""
    credited = tuple(part.strip() for part in case.one("credited", "||").split("|"))

    body = cleaned(case, case.given.text)

    rules = {removal.rule for removal in body.removals}
    assert set(case.all("removed")) <= rules
    assert rules.isdisjoint(case.all("not_removed"))
    assert case.one("text", " ".join(body.text.split())) == " ".join(body.text.split())
    assert (case.listed("links") or body.links) == body.links
    assert int(case.one("bare_tables", str(body.bare_tables))) == body.bare_tables
    if case.has("credited"):
        found = body.credited
        assert (found.name, found.site, found.url) == (credited if any(credited) else ("", "", ""))


def test_a_case_cleaned_twice_stays_as_it_is(case):
    """Importers clean and the build cleans again; a second change would be one nobody reviewed."""
    once = cleaned(case, case.given.text).html

    # the build alone puts the base path before an address; a second cleaning meets it as the picture's own path
    below = frozenset(f"{case.one('base_path', '/')[1:]}{picture}" for picture in case.listed("pictures"))
    again = (
        clean_body(once, BodyFormat.HTML, Cleaning(pictures=below)) if case.has("base_path") else cleaned(case, once)
    )

    assert again.html == once
