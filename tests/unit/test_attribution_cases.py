"""Every case of tests/cases/attribution: the facts of an article in, its credit sentence out."""

import tomllib
from datetime import datetime
from zoneinfo import ZoneInfo

from sitegen.licence.wording import attribution_of
from sitegen.model import Article, Licence, Source
from sitegen.problems import Where
from sitegen.terms import TERMS

CASES = "attribution"
SEOUL = ZoneInfo("Asia/Seoul")
FACTS = {"title", "agency", "source", "site", "url", "date", "licence", "ai", "link_only", "rules"}


def attribution_in(case):
    """Return the attribution of the article that a case's facts describe, in the case's language."""
    facts, language = tomllib.loads(case.given.text), case.expected.language
    assert facts.keys() <= FACTS
    date = facts.get("date", "")
    article = Article(
        path="articles/a.md",
        where=Where(path="content/articles/a.md"),
        slug="a",
        title=facts["title"],
        published=datetime.fromisoformat(date).replace(tzinfo=SEOUL) if date else None,
        agencies=(facts["agency"],) if "agency" in facts else (),
        source=Source(name=facts["source"], site=facts.get("site", ""), url=facts.get("url", "")),
    )
    return attribution_of(
        article,
        Licence(id=facts["licence"], ai=facts.get("ai", False)),
        language,
        rules=tuple(facts.get("rules", ())),
        link_only=facts.get("link_only", False),
    )


def test_the_credit_sentence_is_the_one_its_case_says(case):
    """The licence is lawful only with this sentence; a lawyer can read the case file."""
    attribution = attribution_in(case)

    assert attribution.sentence == case.expected.text


def test_the_address_in_a_sentence_is_the_one_it_links_to(case):
    """The sentence is split around its link; a reader copies words and address as one."""
    attribution = attribution_in(case)

    assert "\0" not in attribution.sentence
    assert attribution.link in ("", attribution.source_url)
    assert attribution.sentence == attribution.before + attribution.link + attribution.after


def test_every_licence_has_a_sentence(case):
    """A licence added to the registry without words would be published without its duty."""
    named = tomllib.loads(case.given.text)["licence"]

    label = attribution_in(case).licence_label

    assert named in TERMS
    assert label == (TERMS[named].ko if case.expected.language == "ko" else TERMS[named].en)
