"""Doubts, disclaimers and the words for changes: what the footer says besides the credit."""

import re
from datetime import UTC, datetime

import pytest

from sitegen.licence.changes import change_of, change_words, forbidden_rules
from sitegen.licence.wording import WORDS, attribution_of, disclaimer
from sitegen.model import Licence, Source
from sitegen.terms import TERMS, is_closed_to_changes

ORIGINAL = Source(name="견본브리핑", site="https://press.example.go.kr", url="https://press.example.go.kr/1")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("fields", "doubts"),
    [
        ({"source": ORIGINAL}, ()),
        ({"source": Source(name="견본브리핑", site="https://press.example.go.kr")}, ("root_url",)),
        ({"source": Source(name="견본브리핑")}, ("no_url",)),
        ({"source": Source()}, ()),  # that nobody knows the source is said elsewhere; no name is given
        ({"source": ORIGINAL, "published": None}, ("no_date",)),
        ({"source": ORIGINAL, "licence": None}, ("no_licence",)),
        ({"source": Source(name="가"), "published": None, "licence": None}, ("no_url", "no_date", "no_licence")),
    ],
)
def test_what_is_not_known_is_said(entry_of, language, fields, doubts):
    """An honest gap can be filled by a reader; a hidden one is a false statement."""
    entry = entry_of("a", **fields)

    attribution = attribution_of(entry.article, entry.licence, language, rules=(), link_only=False)

    assert attribution.doubts == tuple(WORDS[language][doubt] for doubt in doubts)
    assert attribution.is_unknown is ("no_licence" in doubts)


def test_the_footer_leads_to_the_original_or_says_that_it_cannot(entry_of):
    """The link's words depend on whether it is the article itself."""
    sources = [ORIGINAL, Source(name="가", site="https://press.example.go.kr"), Source(name="가")]

    found = [entry_of("a", source=source).attribution for source in sources]

    assert [item.source_url for item in found] == ["https://press.example.go.kr/1", "https://press.example.go.kr", ""]
    assert [item.has_original for item in found] == [True, False, False]


@pytest.mark.parametrize(
    ("institutions", "source", "korean", "english"),
    [
        (("하천환경청",), "견본브리핑", "하천환경청 또는 견본브리핑의 후원을", "하천환경청 or 견본브리핑."),
        (("하천환경청", "견본브리핑"), "견본브리핑", "하천환경청, 견본브리핑의 후원을", "하천환경청, 견본브리핑."),
        (("견본브리핑",), "견본브리핑", "누리집은 견본브리핑의 후원을", "relation to, 견본브리핑."),
        ((), "견본브리핑", "누리집은 견본브리핑의 후원을", "relation to, 견본브리핑."),
    ],
)
def test_the_disclaimer_names_everyone_once(institutions, source, korean, english):
    """The licence forbids to look sponsored; a doubled name looks careless."""
    names = institutions, source

    texts = [disclaimer(*names, language) for language in ("ko", "en")]

    assert korean in texts[0]
    assert english in texts[1]


def test_the_licence_covers_the_text_only_unless_said_otherwise(entry_of):
    """Pictures belong to others more often than not."""
    proof = entry_of("a").licence.evidence

    scopes = [
        entry_of("a", licence=Licence(id="KOGL-1", scope=scope, evidence=proof)).attribution.licence_scope
        for scope in ("text", "all")
    ]

    assert scopes == ["텍스트에 한함", ""]
    assert entry_of("a", licence=None).attribution.licence_scope == ""


@pytest.mark.parametrize("licence", ["KOGL-0", "KOGL-1", "CC-BY-4.0", "OGL-3.0", "EXPIRED", "PERMISSION", "UNKNOWN"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("published", [None, datetime(2026, 3, 2, tzinfo=UTC)])
@pytest.mark.parametrize("url", ["", "https://press.example.go.kr/1"])
def test_nothing_stands_empty_where_nobody_knows_the_source(entry_of, licence, language, published, url):
    """`(작성자: )` or `()` would be an author without a name; an unknown maker is no maker called so."""
    entry = entry_of("a", source=Source(url=url), agencies=(), published=published, licence=None)

    said = attribution_of(entry.article, Licence(id=licence), language, rules=(), link_only=False)

    assert not re.search(r"\(\)|: \)|\( ?,|, ?\)|\s{2}|은 작성되어", said.sentence)
    assert said.institution == ""


def test_a_title_from_right_to_left_turns_nothing_around_it(entry_of):
    """The year and the closing quote would change places; other titles stay as they are."""
    arabic, korean = entry_of("a", title="ارتفاع الصادرات"), entry_of("a", title="수출 증가")

    assert "「\u2068ارتفاع الصادرات\u2069」" in arabic.attribution.sentence
    assert "「수출 증가」" in korean.attribution.sentence


def test_a_statement_is_given_word_for_word(entry_of):
    """Some publishers ask for their own sentence."""
    statement = "이 글은 견본브리핑의 허락을 받아 옮겼습니다."

    attribution = entry_of("a", source=Source(name="가", statement=statement)).attribution

    assert attribution.statement == statement


@pytest.mark.parametrize(
    ("rule", "tier"),
    [
        ("removed:script", 0),
        ("ad-or-widget", 0),
        ("attr:style", 1),
        ("unwrap:font", 1),
        ("empty:p", 1),
        ("outline->list", 1),
        ("notes-linked", 1),
        ("b->strong", 1),
        ("promo-removed", 2),
        ("attribution-line->source", 2),
        ("h1->h2", 2),
        ("image->link", 2),
        ("bad-url", 2),
        ("removed:form", 2),
        ("summary", 3),
        ("translation", 3),
        ("something-new", 3),
    ],
)
def test_every_change_has_its_weight(rule, tier):
    """A licence that forbids changes allows the first two; an unknown rule counts as the worst."""
    name = rule

    change = change_of(name)

    assert change.tier == tier
    assert (forbidden_rules((rule,)) == (rule,)) is (tier > 1)


def test_changes_are_said_once_in_the_order_of_their_table():
    """Ten removed widgets are one sentence."""
    rules = ("image->link", "promo-removed", "attr:style", "promo-unlinked", "promo-removed")

    words = [change_words(rules, language) for language in ("ko", "en")]

    assert words == [("홍보 문구 제거", "그림을 싣지 않음"), ("promotional lines removed", "pictures left out")]


def test_only_express_bans_close_a_work():
    """Unknown terms are a doubt; the page says so and shows the text."""
    registry = TERMS.values()

    closed = {terms.id for terms in registry if is_closed_to_changes(terms)}

    assert closed == {"KOGL-3", "KOGL-4", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0"}


@pytest.mark.parametrize("identity", TERMS)
def test_a_licence_has_names_and_an_address_of_its_own(identity):
    """The footer links to the terms wherever they have an address."""
    terms = TERMS[identity]

    named = (terms.ko, terms.en)

    assert all(named)
    assert terms.url.startswith("https://") or identity in ("KR-ART24-2", "EXPIRED", "PERMISSION", "UNKNOWN")
