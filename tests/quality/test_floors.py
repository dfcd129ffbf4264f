"""How well cleaning does over labelled articles. A floor may only be lowered with a reason in the same commit."""

import contextlib
import json
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.checks.pages import check_output
from sitegen.clean.body import clean_body, clean_html, write_tree
from sitegen.clean.commonmark import reference_markdown
from sitegen.clean.flat import write_flat
from sitegen.clean.markdown import is_html
from sitegen.clean.quick_markdown import quick_markdown
from sitegen.clean.rules import Work
from sitegen.clean.rules.credit import credit_after
from sitegen.config import Cleaning
from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.profiles import choose
from sitegen.licence.detect import kogl_marks
from sitegen.model import BodyFormat
from sitegen.problems import Severity
from sitegen.read.article import parse_article
from sitegen.read.discover import discover, read_source
from sitegen.read.head_forms import read_head
from sitegen.read.parts import YAML_END, decode, split
from sitegen.read.plain_yaml import plain_head
from tests.conftest import SiteTest

WORDS_KEPT_FLOOR = 1.0
FURNITURE_REMOVED_FLOOR = 1.0
ARTICLES = tomllib.loads((Path(__file__).parent / "articles.toml").read_text("utf-8"))["articles"]


def cleaned(article):
    """Return the cleaned body of a labelled article."""
    return clean_body(article["body"], BodyFormat(article["format"]))


def kept(article):
    """Return the labelled words that are still there, each counted once."""
    text = " ".join(cleaned(article).text.split())
    return [words for words in article["keep"] if words in text]


def gone(article):
    """Return the labelled furniture that is really gone."""
    html = cleaned(article).html
    return [furniture for furniture in article["gone"] if furniture not in html]


def test_there_are_enough_labelled_articles():
    """A share of three articles says nothing."""
    labelled = ARTICLES

    complete = [article for article in labelled if article["keep"] and article["title"]]

    assert len(complete) == len(labelled) >= 20


def test_the_words_of_the_articles_stay_above_their_floor():
    """A lost sentence is a falsified release."""
    wanted = sum(len(article["keep"]) for article in ARTICLES)

    share = sum(len(kept(article)) for article in ARTICLES) / wanted

    assert share >= WORDS_KEPT_FLOOR


def test_the_furniture_of_the_articles_goes_above_its_floor():
    """An advertisement between two sentences of a ministry seems to be the ministry's."""
    wanted = sum(len(article["gone"]) for article in ARTICLES)

    share = sum(len(gone(article)) for article in ARTICLES) / wanted

    assert share >= FURNITURE_REMOVED_FLOOR


@pytest.mark.parametrize("article", ARTICLES, ids=[article["title"] for article in ARTICLES])
def test_a_labelled_article_is_clean(article):
    """Says which article is responsible when a share falls."""
    body = cleaned(article)

    names = body.credited.name

    assert kept(article) == article["keep"]
    assert gone(article) == article["gone"]
    assert names == article["credited"]


@pytest.mark.corpus
def test_real_posts_are_read_and_cleaned_for_good(corpus):
    """Our own cases are what we thought of; real posts are what there is."""
    articles = list(real_articles(corpus))

    changed = [article.path for article in articles if not stays_clean(article)]

    assert articles
    assert changed == []


@pytest.mark.corpus
def test_real_markdown_is_the_same_by_both_parsers(corpus):
    """The quick parser renders most real posts; each of them as the reference does."""
    texts = [article.body for article in real_articles(corpus) if article.body_format is BodyFormat.MARKDOWN]
    quick = [(text, quick_markdown(text)) for text in texts if not is_html(text)]

    differing = [text for text, html in quick if html and clean_html(html) != clean_html(reference_markdown(text))]

    assert sum(html is not None for _, html in quick) > len(quick) // 2
    assert differing == []


@pytest.mark.corpus
def test_real_bodies_are_the_same_with_a_tree_and_without(corpus):
    """Most bodies are written from blocks that were met before; each of them as the tree would be."""
    texts = [article.body for article in real_articles(corpus) if "\r" not in article.body and is_html(article.body)]
    pairs = [(by(write_flat, text), by(write_tree, text)) for text in texts for _ in range(2)]

    differing = [tree for flat, tree in pairs if flat[0] is not None and flat != tree]

    assert sum(flat[0] is not None for flat, _ in pairs) > len(pairs) // 2
    assert differing == []


def by(write, text):
    """Return an HTML body as a way to write it gives it, and all that was found in it."""
    work = Work(settings=Cleaning())
    written = write(text, work)
    return written, work.headings, work.links, work.images, work.report, work.credited, work.bare_tables


@pytest.mark.corpus
def test_real_heads_are_the_same_by_their_form(corpus):
    """Nearly every head is read by the form it shares with others; each of them as the reader does."""
    sources = [decode(path.read_bytes(), str(path)) for path in discover(corpus)[0] if is_utf8(path)]
    parts = [split(source, YAML_END, 0) for source in sources if source.startswith("---\n")]
    heads = [part[0] for part in parts if part]

    differing = [head for head in heads if (found := read_head(head, 2)) and found.mapping != plain_head(head, 2)]

    assert len(heads) > len(sources) // 2
    assert differing == []


def is_utf8(path):
    """Return whether a file can be decoded."""
    with contextlib.suppress(UnicodeDecodeError):
        return bool(path.read_bytes().decode())
    return False


def real_articles(folder):
    """Yield the articles of the corpus that can be read."""
    for path in discover(folder)[0]:
        with contextlib.suppress(ContentError):
            yield parse_article(read_source(path, folder), ZoneInfo("Asia/Seoul"))[0]


def stays_clean(article):
    """Return whether a post's cleaned body stays as it is when it is cleaned again."""
    html = clean_body(article.body, BodyFormat.HTML).html
    return clean_html(html) == html


@pytest.mark.corpus
def test_real_captures_of_one_release_give_one_body(corpus):
    """Six ways to save a page, one text."""
    files = [*(corpus / "captures").iterdir(), *(corpus / "seeds").glob("000_*.txt")]
    others = ("shell", "tistory")  # no text; what a blog wrote about another release
    captures = [
        Capture(path.read_bytes(), path.name) for path in files if not any(name in path.name for name in others)
    ]
    chosen = [(choose(capture)[0], capture) for capture in captures]

    bodies = [draft.body for profile, capture in chosen if profile for draft in profile.read(capture)]

    assert len(bodies) >= 6
    assert len(set(bodies)) == 1


@pytest.mark.corpus
def test_real_posts_under_a_licence_are_known_by_their_marks_and_shown_as_it_allows(corpus, tmp_path):
    """149 posts of one source: each mark found as labelled, no type 4 text shown changed, each named source lifted."""
    folder = corpus / "policy_briefing"
    labels = {f"{row['repo']}__{row['file']}": row for row in json.loads((folder / "manifest.json").read_text("utf-8"))}
    site = SiteTest(tmp_path)
    marks, sources = {}, {}
    for path in sorted(folder.glob("*.md")):
        article, _ = parse_article(read_source(path, folder), ZoneInfo("Asia/Seoul"))
        marks[path.name] = sorted(mark.removeprefix("KOGL-") for mark, _ in kogl_marks(article.body) if mark != "AI")
        credited = clean_body(article.body, article.body_format).credited.name or credit_after(article.summary)[1].name
        sources[path.name] = article.source.name or credited
        site.write(f"content/{path.name}", path.read_bytes())
    site.build()

    shown = {path.parent: json.loads(path.read_text("utf-8")) for path in site.output.rglob("article.json")}
    closed = [record for record in shown.values() if record["license"]["id"] in ("KOGL-3", "KOGL-4")]
    # one label is a sentence that asks readers to look at the source and names none
    named = {name for name, row in labels.items() if row["attribution_strings"]} - {"koreanews__2024-07-19-2914.md"}
    assert marks == {name: sorted(row["kogl_types_in_text"]) for name, row in labels.items()}
    assert {name for name in named if not sources[name]} == set()
    assert set(sources.values()) == {"정책브리핑", ""}
    assert closed
    assert all(record["link_only"] and "text" not in record for record in closed)
    assert [
        problem for problem in check_output(site.config(), lambda *_: None)[1] if problem.severity is Severity.BUG
    ] == []
