"""The JSON-LD of an article: what machines are told about origin, holder and licence."""

import json

import pytest

from sitegen.model import Source
from sitegen.render.structured import news_article
from sitegen.views import ArticlePage
from tests.conftest import site_view

SITE = site_view(title="견본 모음", base_url="https://name.example/repo/")


@pytest.fixture
def told(entry_of, pages_of):
    """Give the function that returns the JSON text about an article."""

    def make(site=SITE, **fields):
        pages = pages_of([entry_of("a", **fields)])
        return news_article(next(page for page in pages if isinstance(page, ArticlePage)), site)

    return make


def test_the_original_and_its_holder_are_named_and_the_mirror_is_not_the_author(told):
    """Search engines must not take the mirror for the ministry."""
    text = told()

    value = json.loads(text)

    assert value["isBasedOn"]["@id"] == "https://press.example.go.kr/news/a"
    assert value["author"] == value["copyrightHolder"] == {"@type": "GovernmentOrganization", "name": "하천환경청"}
    assert value["publisher"]["name"] == "견본 모음"
    assert value["license"] == "https://www.kogl.or.kr/info/licenseType1.do"
    assert value["@id"] == "https://name.example/repo/2024/05/a/#article"
    assert value["datePublished"] == "2024-05-03"
    assert "하천환경청" in value["copyrightNotice"]


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- ", "가\u2028나\u2029다", '"\\\\"'])
def test_no_title_can_leave_the_script_element(told, title):
    """A headline is foreign text; in a script element one `<` is enough."""
    text = told(title=title)

    value = json.loads(text)

    assert not {"<", "\u2028", "\u2029"} & set(text)
    assert value["headline"] == title


def test_what_is_not_known_is_left_out(told):
    """An empty date or licence is a false statement to a machine."""
    text = told(published=None, licence=None, agencies=(), source=Source(name="견본브리핑"))

    value = json.loads(text)

    assert not {"datePublished", "license", "author", "dateModified", "copyrightYear"} & value.keys()
    assert "url" not in value["isBasedOn"]
    assert "@id" not in value["isBasedOn"]
    assert "" not in value.values()


def test_several_agencies_are_all_holders(told):
    """A joint release belongs to each of them."""
    text = told(agencies=("가", "나"))

    value = json.loads(text)

    assert [holder["name"] for holder in value["copyrightHolder"]] == ["가", "나"]


def test_a_site_that_does_not_know_its_address_still_tells_paths(told):
    """A preview has no address, and must not break."""
    text = told(site=site_view(title="견본"))

    value = json.loads(text)

    assert value["@id"] == "/2024/05/a/#article"
