"""A site's own theme: whatever a page is made of, and whenever it is edited, the next build shows it; faults are told."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.messages import hint_of, message_of
from sitegen.pipeline import build
from sitegen.render.rehearsal import found_in
from sitegen.render.sources import used_by
from sitegen.runtime.executor import Executor, PoolExecutor, SerialExecutor
from tests.conftest import ROOT, SiteTest, tree

BASE = (ROOT / "templates/base.html").read_text("utf-8")
MANY = 70  # articles; enough for workers to read them
# Ways to name a template, or a file that is none, of which the page is made.
NAMED = (
    '{% include "partials/x.html" %}',
    "{%+ include 'partials/x.html' %}",
    '{% include "./partials/x.html" ignore missing %}',
    '{% include "partials//x.html" without context %}',
    '{% include ["partials/none.html", "partials/x.html"] %}',
    '{% include "partials/" ~ "x" ~ ".html" %}',
    '{% include "partials/x-" ~ site.language ~ ".html" %}',
    '{% include "partials/none.html" if not site else "partials/x" + ".html" %}',
    '{% include "\\x70artials/x.html" %}',
    '{% include "partials/x.svg" %}',
    '{% include "partials/by-x.jinja" %}',
    '{% include "partials/by-x.HTML" %}',
    '{% include "partials/by-x" %}',
    """{% include "partials/it's.html" %}""",
    '{% include "partials/a{b}.html" %}',
    '{% include "partials/a%}b.html" %}',
    '{% include "partials/" "x.html" %}',
    '{% from "partials/x.html" import sign with context %}{{ sign() }}',
    '{% import "partials/" ~ "x.html" as x %}{{ x.sign() }}',
)


def sign(text: str) -> str:
    """Return a template that shows a text, included or imported."""
    return f"{{% macro sign() %}}{text}{{% endmacro %}}{text}"


def signed(site: SiteTest, text: str, named: str) -> None:
    """Write what the tests name; a drawing only where it is named, for no other template is one."""
    for name in ("x.html", "x-ko.html", "it's.html", "a{b}.html", "a%}b.html", *(["x.svg"] if "svg" in named else [])):
        site.write(f"templates/partials/{name}", sign(text))


def led_on(site: SiteTest) -> None:
    """Write what names another, and has a name that none of our templates would have."""
    for name in ("by-x.jinja", "by-x.HTML", "by-x"):
        site.write(f"templates/partials/{name}", '{% include "partials/x.html" %}')


def rebuilt(site: SiteTest) -> dict[str, bytes]:
    """Return the site that goes on from the last, which must be the site made from nothing."""
    found = site.build(cache_path=site.folder / "memory.sqlite").files()
    fresh = site.folder / "fresh"  # the site that stands must stay what the next build goes on from
    site.build(cache_path=None, output_dir=fresh)
    assert found == tree(fresh)
    return found


@pytest.mark.parametrize("named", NAMED)
def test_a_page_is_made_of_whatever_it_names(site: SiteTest, named: str) -> None:
    """Jinja knows many ways to name a template; one that we did not would leave a stale page, and say nothing."""
    site.article("river").write("templates/base.html", BASE.replace("</main>", f"</main>{named}"))
    led_on(site)
    signed(site, "첫째 판", named)
    first = rebuilt(site)

    signed(site, "둘째 판", named)
    second = rebuilt(site)

    assert "첫째 판".encode() in first["2026/03/river/index.html"]
    assert "둘째 판".encode() in second["2026/03/river/index.html"]


def test_what_lies_behind_a_link_is_looked_at(site: SiteTest) -> None:
    """Some keep the partials of several sites in one folder; a link back to where it lies ends nowhere."""
    shared = site.folder / "shared"
    footer = (ROOT / "templates/partials/footer.html").read_text("utf-8")
    site.article("river").write("shared/footer.html", footer.replace("<footer", "<footer data-own=1"))
    (site.folder / "templates").mkdir()
    (site.folder / "templates/partials").symlink_to(shared)
    (shared / "round").symlink_to(site.folder / "templates")
    first = rebuilt(site)

    site.write("shared/footer.html", footer.replace("<footer", "<footer data-own=2"))
    second = rebuilt(site)

    assert b"data-own=1" in first["index.html"]
    assert b"data-own=2" in second["index.html"]


@pytest.mark.parametrize(("name", "other"), [("words/ko.toml", "words/ko.toml.off"), ("partials/x.svg", "x.svg")])
def test_a_file_with_another_name_is_another(site: SiteTest, name: str, other: str) -> None:
    """What is set aside counts no more, though its bytes are the same."""
    named = '{% include ["partials/x.svg", "partials/none.html"] ignore missing %}'
    site.article("river").write("templates/base.html", BASE.replace("</main>", f"</main>{named}"))
    site.write(f"templates/{name}", 'menu_latest = "제 이름"\n')
    first = rebuilt(site)

    (site.folder / "templates" / name).rename(site.folder / "templates" / other)
    second = rebuilt(site)

    assert "제 이름".encode() in first["2026/03/river/index.html"]
    assert "제 이름".encode() not in second["2026/03/river/index.html"]


@pytest.mark.parametrize("stage", ["read", "write"])
@pytest.mark.parametrize(
    "executor", [lambda: nullcontext(SerialExecutor()), lambda: PoolExecutor(2)], ids=["alone", "workers"]
)
@pytest.mark.parametrize("path", ["templates/partials/footer.html", "templates/words/ko.toml", "static/js/early.js"])
def test_what_is_edited_during_a_build_shows_after_the_next(
    site: SiteTest, path: str, executor: Callable[[], AbstractContextManager[Executor]], stage: str
) -> None:
    """A page that is kept under the name of another text would stay stale for good."""
    for number in range(MANY):
        site.article(f"a{number}")
    texts = {
        "templates/partials/footer.html": "{% macro site_footer(site) %}<footer>MARK</footer>{% endmacro %}",
        "templates/words/ko.toml": 'menu_latest = "MARK"\n',
        "static/js/early.js": "/* MARK */\n",
    }
    site.write(path, texts[path].replace("MARK", "before"))
    pages: list[set[bool]] = []

    def edit(now: str, _done: int, _total: int) -> None:
        if now == stage:
            site.write(path, texts[path].replace("MARK", "after"))

    with executor() as work:
        build(site.config(cache_path=site.folder / "memory.sqlite"), executor=work, progress=edit)
    pages.append({b"after" in data for name, data in site.files().items() if name.endswith("index.html")})
    found = rebuilt(site)
    pages.append({b"after" in data for name, data in found.items() if name.endswith("index.html")})

    assert pages == [{False}, {True}]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('{% extends "a.html" %}', {"t.html", "a.html"}),
        ('{%- extends "./a.html" -%}', {"t.html", "a.html"}),
        ('{% include "b.html" %}{# "a.html" #}', {"t.html", "b.html", "c.html"}),
        ('{% include ["a.html", "none.html"] ignore missing with context %}', {"t.html", "a.html"}),
        ('{% include x %}{% include "a.html" %}', {"t.html", "a.html", "b.html", "c.html"}),
        ('{% import "a.html" ~ x as y %}', {"t.html", "a.html", "b.html", "c.html"}),
        ("{{ 'a.html' }}", {"t.html"}),
        ('{% include "d.jinja" %}', {"t.html", "d.jinja", "a.html"}),
        ('{% from "a.html" import b as c, d with context %}', {"t.html", "a.html"}),
    ],
)
def test_a_page_follows_what_it_is_made_of_and_no_more(text: str, names: set[str]) -> None:
    """A partial that one kind of page shows must not make all others again."""
    templates = {"a.html": b"a", "b.html": b"{% include 'c.html' %}", "c.html": b"c", "t.html": text.encode()}
    templates |= {"d.jinja": b"{% include 'a.html' %}"} if "jinja" in text else {}

    assert {name for name, _ in used_by("t.html", templates)} == names


def test_a_broken_template_stops_the_build_and_keeps_the_old_site(site: SiteTest) -> None:
    """A typo in a template must not take the site down; the message names file and line."""
    site.article("river").build()
    before = site.files()
    site.write("templates/page.html", "{# page: StaticPage #}\n{% block x %}\n{{ page.titel }}{% endblock %}\n")

    with pytest.raises(SitegenError, match=r"page\.html:3:1: error TPL001 .*titel"):
        site.build()

    assert site.files() == before


TOMBSTONE = '{# page: TombstonePage #}\n{% extends "base.html" %}\n{% block main %}\n'


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("templates/tombstone.html", f"{TOMBSTONE}{{% if page.title %}}", r"tombstone\.html:4:1: error TPL001 "),
        (
            "templates/tombstone.html",
            f"{TOMBSTONE}{{{{ page.titel }}}}{{% endblock %}}",
            r"tombstone\.html:4:1: error TPL001 .*has no attribute 'titel' \(did you mean 'title'\?\)",
        ),
        (
            "templates/tombstone.html",
            f"{TOMBSTONE}{{{{ page.notice.replaced_by.split('/')[4] }}}}{{% endblock %}}",
            r"tombstone\.html:4:1: error TPL001 ",
        ),
        ("templates/redirect.html", '\n{% extends "bas.html" %}', r"redirect\.html:2:1: error TPL003 .*bas\.html"),
        (
            "templates/search.html",
            "\n{% if page.zzz %}{{ page.url|lnik }}{% endif %}",
            r"search\.html:2:1: error TPL001 .*lnik",
        ),
        (
            "templates/search.html",
            "{% if page.url is hangeul %}{% endif %}",
            r"search\.html:1:1: error TPL001 .*hangeul",
        ),
        ("templates/search.html", "{{ page.url|lnik }}", r"search\.html:1:1: error TPL001 .*lnik"),
        (
            "templates/404.html",
            "\n" + "{% for a in [1] %}\n" * 25 + "{% endfor %}" * 25,
            r"404\.html:(19|2\d):1: error TPL001 .*nested",
        ),
        (
            "templates/404.html",
            f"\n{{{{ {'(' * 3000}1{')' * 3000} }}}}",
            r"404\.html:1:1: error TPL001 .*in one another",
        ),
        ("templates/404.html", f"\n{{{{ {'1 + ' * 3000}1 }}}}", r"404\.html:1:1: error TPL001 .*in one another"),
        (
            "templates/changes.html",
            '{{ "notice_reason"|t(raeson=1) }}',
            r"changes\.html:1:1: error TPL001 .*\{reason\}",
        ),
        (
            "templates/changes.html",
            '\n{{ "notice_reason"|t }}',
            r"changes\.html:2:1: error TPL001 .*words under \"notice_reason\": \"사유: \{reason\}\" \(known here: —\)",
        ),
        (
            "templates/words/ko.toml",
            'home = "처음"\nnotice_reason = "까닭: {raeson}"\n',
            r"words/ko\.toml:2:1: error TPL001 .*\{raeson\}.*known here: \{reason\}",
        ),
        ("templates/words/ko.toml", 'search_or = "{이나"\n', r"words/ko\.toml:1:1: error TPL001 .*search_or"),
        ("templates/words/ko.toml", 'mine = "이나}"\n', r"words/ko\.toml:1:1: error TPL001 .*mine"),
        (
            "templates/words/ko.toml",
            'home = "처음"\nnotice_gone_one = "{n}개"\n',
            r"words/ko\.toml:2:1: error TPL001 .*notice_gone_one",
        ),
        (
            "templates/words/ko.toml",
            'home = "처음"\nmenu_latest = "소식\n',
            r"words/ko\.toml:2:1: error TPL001 .*Illegal",
        ),
        ("templates/words/ko.toml", "menu_latest = 3\n", r"words/ko\.toml:1:1: error TPL001 .*menu_latest"),
        (
            "templates/words/ko.toml",
            'articles = "{zzz}건"\n',
            r"words/ko\.toml:1:1: error TPL001 .*articles.*\{zzz\}건",
        ),
        ("templates/words/ko.toml", 'articles = "{n.x}건"\n', r"words/ko\.toml:1:1: error TPL001 .*\{n\.x\}건"),
        ("templates/words/ko.toml", 'articles = "{n[a]}건"\n', r"words/ko\.toml:1:1: error TPL001 .*\{n\[a\]\}건"),
        ("templates/words/ko.toml", 'home = "처음"\n'.encode("cp949"), r"words/ko\.toml:1:1: error TPL001 .*UTF-8"),
        ("templates/partials/footer.html", "바닥".encode("cp949"), r"footer\.html:1:1: error TPL001 .*UTF-8"),
        (
            "templates/partials/footer.html",
            "<footer></footer>",
            r"partials/footer\.html:1:1: error TPL001 .*site_footer",
        ),
        (
            "templates/partials/crumbs.html",
            "\n{% macro crumb_trail(trail) %}{% endmacro %}",
            r"partials/crumbs\.html:2:1: error TPL001 .*crumbs",
        ),
        (
            "templates/article.html",
            '{# page: ArticlePage #}\n{% extends "article.html" %}\n',
            r"article\.html:2:1: error TPL001 .*itself",
        ),
        (
            "templates/partials/footer.html",
            "\n{% macro site_footer(site) %}{{ site_footer(site=site) }}{% endmacro %}",
            r"footer\.html:2:1: error TPL001 .*itself",
        ),
        (
            "templates/page.html",
            '{# page: StaticPage #}\n{% extends "bas.html" %}\n',
            r"page\.html:2:1: error TPL003 there is no template of this name: bas\.html",
        ),
        ("templates/partials/footer.html", "\n{{ 1 // 0 }}", r"footer\.html:2:1: error TPL001 .*ZeroDivisionError"),
        (
            "templates/partials/footer.html",
            '\n{% macro site_footer(site) %}\n{{ "\\ud800" }}{% endmacro %}',
            r"footer\.html:3:1: error TPL001 .*half a letter",
        ),
        (
            "templates/404.html",
            '{# page: NotFoundPage #}\n{{ "%c"|format(55296) }}',
            r"404\.html:1:1: error TPL001 .*half a letter",
        ),
        ("static/js/early.js", "\n// 색".encode("cp949"), r"static/js/early\.js:2:1: error TPL001 .*UTF-8"),
        ("static/css/parts/99-own.css", "/* 색 */".encode("cp949"), r"99-own\.css:1:4: error CONF005"),
        (
            "static/css/parts/99-own.css",
            "\n.a { color: red;\n",
            r"99-own\.css:2:4: error CSS001 .*\{ that does not close",
        ),
    ],
)
def test_a_fault_in_a_sites_own_theme_is_told_at_its_place(
    site: SiteTest, path: str, data: str | bytes, said: str
) -> None:
    """Whoever writes words, a template or a style sheet must not be told that it is our fault."""
    site.article("river").build()
    before = site.files()
    site.write(path, data)

    with pytest.raises(SitegenError, match=said):
        site.build()

    assert site.files() == before


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("templates/article.html", "this file takes the place of our article.html: if it is an older copy"),
        ("templates/partials/cards.html", "this file takes the place of our partials/cards.html"),
    ],
)
def test_an_older_copy_of_a_template_is_told_as_what_it_may_be(site: SiteTest, path: str, hint: str) -> None:
    """An upgrade breaks what shadows our own; the line alone does not say what it should be by now."""
    site.article("river").write(path, "{{ gone() }}")

    with pytest.raises(SitegenError) as caught:
        site.build()

    assert hint in hint_of(caught.value.problem, "en")
    assert "기본 템플릿" in hint_of(caught.value.problem, "ko")


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ('search_without = "{n}건, {query} 없이"', ""),  # ours has no {n}, and every template gives it
        ('related = "{name} ({more})"', '{{ "related"|t(name=site.title, more=2) }}'),
        ('mine = "{a}"\nmine_one = "하나"', '{{ "mine"|t(a=1, n=1) }}'),
        ('kind_a = "{x}"', '{{ ("kind_" ~ "a")|t(x=1) }}'),
        ('mine = "{a}{b}"', '{% set given = {"a": 1, "b": 2} %}{{ "mine"|t(**given) }}'),
        ('mine = "{a}"\nother = "{b}"', '{{ ("mine" if site else "other")|t(a=1, b=2) }}'),
        ('mine = "{{a}}"', '{{ "mine"|t }}'),
    ],
)
def test_words_may_have_any_value_that_a_template_gives_them(site: SiteTest, words: str, template: str) -> None:
    """A check that stops a sound build is worse than none."""
    site.write("templates/words/ko.toml", words).write("templates/base.html", BASE.replace("</main>", template))

    site.article("river").build()

    assert site.problems("TPL002") == []


def test_what_is_wrong_with_a_theme_is_found_once(site: SiteTest) -> None:
    """An edit of an article must not pay for its theme, and must be told of it all the same."""
    site.article("river").write("templates/words/ko.toml", 'abuot = "소개"\n')
    told = []

    for body in ("첫째 판", "둘째 판"):
        site.article("river", body=body).build(cache_path=site.folder / "memory.sqlite")
        told.append(site.problems("TPL002"))
        found_in.cache_clear()
    site.write("templates/words/ko.toml", 'about = "소개"\n').build(cache_path=site.folder / "memory.sqlite")

    assert told[0] == told[1] != []
    assert site.problems("TPL002") == []


def test_faults_of_a_theme_are_told_at_once(site: SiteTest) -> None:
    """Whoever mends them one by one builds as often."""
    site.article("river").write("templates/tombstone.html", "{% if %}").write("templates/search.html", "{{ page.")
    site.write("templates/words/ko.toml", 'related = "{who}"\nnotice_date = "{day}"\n')

    with pytest.raises(SitegenError) as error:
        site.build()

    told = [(Path(one.where.path).name, one.where.line) for one in error.value.problems]
    assert told == [("search.html", 1), ("tombstone.html", 1), ("ko.toml", 1), ("ko.toml", 2)]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ page.titel }}", "StaticPage에 없는 값입니다: titel (혹시 title인가요?)"),
        ("{{ page.zzz }}", "StaticPage에 없는 값입니다: zzz"),
        ("{{ none.x }}", "None에 없는 값입니다: x"),
        ("{{ page.title is hangeul }}", "그런 테스트가 없습니다: hangeul"),
        ("{{ page.title|lnik }}", "그런 필터가 없습니다: lnik"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "블록이 두 번 나옵니다: a"),
        ("{# 주석", "주석이 닫히지 않았습니다. #}가 없습니다"),
        ("{% raw %}글", "{% endraw %}가 없습니다"),
        ("{{ / }}", "여기에는 올 수 없습니다: /"),
        ("{{ ! }}", "여기에는 올 수 없습니다: !"),
        ("{{ page site }}", "}}가 와야 할 자리에 다른 것이 있습니다: site"),
        ("{{ page ", "}}가 없습니다"),
        ("{% if page", "%}가 없습니다"),
        ('{{ "img/none.png"|asset }}', "static/에 없는 파일입니다: img/none.png"),
        ('{{ "none"|t }}', "words/ko.toml에 없는 말입니다: none"),
        (
            '{{ "related"|t(nmae=1) }}',
            '"related"의 말을 채울 수 없습니다: "{name}의 다른 글" (여기에 주어진 값: {nmae})',
        ),
        ("{% macro a(b) %}{{ b }}{% endmacro %}{{ a() }}", "매크로에 주지 않은 값입니다: b"),
        ("{% macro a(b) %}{{ b }}{% endmacro %}{{ a(c=1) }}", "매크로 a가 받지 않는 값입니다: c"),
        ("글".encode("cp949"), "UTF-8이 아닙니다 (1번째 바이트)"),
        ("{% for a in 'b' %}" * 25 + "{% endfor %}" * 25, "{% for %}를 20겹 넘게 겹칠 수 없습니다"),
    ],
)
def test_a_fault_in_a_template_is_told_in_korean(site: SiteTest, template: str | bytes, said: str) -> None:
    """Whoever asked for Korean must not have to read what Jinja says."""
    site.write("templates/page.html", template)

    with pytest.raises(SitegenError) as error:
        site.build()

    assert message_of(error.value.problem, "ko") == f"템플릿을 쓸 수 없습니다: {said}"


def test_what_may_be_of_a_template_is_no_fault(site: SiteTest) -> None:
    """Words of a site's own have values of any kind; Jinja itself asks whether there is a filter; partials of old stay."""
    words = 'own_rate = "{rate:.1f}점"\nown_day = "{day:%Y}"\nown_name = "{who.source_name}"\n'
    calls = """{{ "own_rate"|t(rate=3.14) }}{{ "own_day"|t(day=page.day) }}{{ "own_name"|t(who=page.who) }}"""
    guarded = '{% if "markdown" is filter %}{{ "강"|markdown }}{% endif %}'
    ours = (ROOT / "templates/partials/language.html").read_text("utf-8")
    site.write("templates/words/ko.toml", words).write("templates/partials/language.html", ours)
    site.write("templates/partials/own.html", f"{{% macro own(page) %}}{calls}{{% endmacro %}}")
    site.write("templates/404.html", '{% extends "base.html" %}{% from "partials/own.html" import own %}' + guarded)

    site.article("river").build()

    assert [*site.problems("TPL001"), *site.problems("TPL002"), *site.problems("TPL005")] == []


def test_a_file_that_a_style_sheet_names_and_that_is_not_there_is_told(site: SiteTest) -> None:
    """It stops no build: the rest of the sheet holds."""
    site.write("static/css/parts/99-own.css", "\n.a { background: url(/img/none.png) }\n").article("river").build()

    (found,) = site.problems("CSS002")

    assert (found.where.path.rpartition("/")[2], found.where.line, found.where.column) == ("99-own.css", 2, 22)
    assert message_of(found, "ko") == "스타일 시트가 부르는 파일이 없습니다: img/none.png"


def test_a_block_that_no_page_shows_is_told(site: SiteTest) -> None:
    """Whoever writes `mian` for `main` publishes empty articles."""
    page = '{# page: StaticPage #}\n{% extends "partials/own.html" %}\n'
    site.write(
        "templates/partials/own.html",
        '{% extends "base.html" %}{% block main %}{{ self["spoken"]() }}{% block inner %}{% endblock %}{% endblock %}'
        "{% block spoken %}{% endblock %}",
    )
    site.write(
        "templates/page.html",
        f"{page}{{% block mian %}}{{% block any %}}글{{% endblock %}}{{% endblock %}}\n{{% block inner %}}{{% endblock %}}"
        "{% block title %}{{ self.name() }}{% endblock %}{% block name %}{% endblock %}\n{% block zzz %}{% endblock %}",
    )

    site.article("river").build()

    told = [
        (one.where.path.rpartition("/")[2], one.where.line, dict(one.details)["name"], hint_of(one, "en"))
        for one in site.problems("TPL005")
    ]
    assert told == [
        ("page.html", 3, "mian", 'did you mean "main"?'),
        ("page.html", 5, "zzz", "delete it, or give it a name that the template it extends has"),
    ]


@pytest.mark.parametrize(
    "call",
    [
        "{% set s = self %}{{ s.spoken() }}",
        '{% with s = self %}{{ s["spoken"]() }}{% endwith %}',
        "{{ self.spoken() }}",
    ],
)
def test_a_block_that_is_shown_by_another_name_is_not_told(site: SiteTest, call: str) -> None:
    """Within a loop or a `with`, `self` is often kept in a variable."""
    own = f'{{# page: StaticPage #}}\n{{% extends "base.html" %}}{{% block main %}}{call}{{% endblock %}}'
    site.write("templates/page.html", f"{own}{{% block spoken %}}글{{% endblock %}}{{% block mian %}}{{% endblock %}}")

    site.article("river").build()

    assert [dict(one.details)["name"] for one in site.problems("TPL005")] == ["mian"]
    assert "글" in site.page("/about/").text("main")


def test_a_base_that_leaves_blocks_out_says_nothing_of_our_templates(site: SiteTest) -> None:
    """Its owner left out breadcrumbs on purpose, and cannot mend what says them."""
    site.write("templates/base.html", "<title>{% block title %}{% endblock %}</title>{% block main %}{% endblock %}")

    site.article("river").build()

    assert site.problems("TPL005") == []


@pytest.mark.parametrize(
    "first",
    ['{% extends "base.html" if site else "page.html" %}', '{% if site %}{% extends "base.html" %}{% endif %}', ""],
)
def test_where_nobody_knows_what_a_template_extends_no_block_is_told(site: SiteTest, first: str) -> None:
    """It may have a block of that name."""
    site.write("templates/page.html", f"{{# page: StaticPage #}}{first}{{% block mian %}}{{% endblock %}}")

    site.article("river").build()

    assert site.problems("TPL005") == []


def test_a_script_for_every_head_that_is_no_text_is_told_while_workers_read(site: SiteTest) -> None:
    """What a build does meanwhile must leave a fault in the theme to the first page that meets it."""
    for number in range(MANY):
        site.article(f"a{number}")
    site.write("static/js/early.js", "// 색".encode("cp949"))

    with PoolExecutor(2) as work, pytest.raises(SitegenError, match=r"early\.js:1:1: error TPL001"):
        site.build(executor=work)


def test_a_fault_in_what_a_template_includes_is_told_there(site: SiteTest) -> None:
    """Its name may end in anything."""
    site.article("river").write("templates/404.html", '{# page: NotFoundPage #}\n{% include "partials/own.jinja" %}')
    site.write("templates/partials/own.jinja", "\n\n{{ page.titel }}")

    with pytest.raises(SitegenError, match=r"partials/own\.jinja:3:1: error TPL001 .*titel"):
        site.build()


def test_what_macros_share_is_told_apart_by_all_that_makes_it(site: SiteTest) -> None:
    """Two files may have a macro of one name, two calls the same values for other arguments, and 1 is not true."""
    row = "{{% macro row(site, lead=none, small=none) %}}[{0} {{{{ lead }}}} {{{{ small }}}}]{{% endmacro %}}"
    for name in "ab":
        site.write(f"templates/partials/{name}.html", row.format(name))
    calls = (
        "a|shared(lead=true)",
        "b|shared(lead=true)",
        "a|shared(small=true)",
        "a|shared(lead=1)",
        "a|shared(lead=true)",
    )
    shown = " ".join(f"{{{{ {call} }}}}" for call in calls)
    names = '{% from "partials/a.html" import row as a %}{% from "partials/b.html" import row as b %}'
    site.write(
        "templates/partials/footer.html", f"{names}{{% macro site_footer(site) %}}<i>{shown}</i>{{% endmacro %}}"
    )

    page = site.article("river").build().page("/2026/03/river/")

    assert page.text("i") == "[a True None] [b True None] [a None True] [a 1 None] [a True None]"


def test_words_that_no_template_asks_for_are_told(site: SiteTest) -> None:
    """Whoever misspells a key sees no change, and no reason."""
    words = 'abuot = "소개"\nhome = "처음"\nown_words = "우리 말"\nodd = "?"\nkind_a = "가"\nmine_one = "하나"\n'
    site.write("templates/words/ko.toml", words).article("river")
    site.write("templates/partials/own.html", '{{ "own_words"|t }}{{ ("kind_" ~ site.title)|t }}')

    site.build()

    found = [
        (problem.where.line, dict(problem.details)["key"], hint_of(problem, "ko"))
        for problem in site.problems("TPL002")
    ]
    idle = "지우거나, 템플릿에서 써 주세요"
    assert found == [(1, "abuot", '혹시 "about"인가요?'), (4, "odd", idle), (6, "mine_one", idle)]


def test_a_sites_own_words_reach_the_breadcrumbs(site: SiteTest) -> None:
    """A site that calls its agencies 부처 must not call them 기관 in one place."""
    site.write("templates/words/ko.toml", 'agencies = "부처"\ncrumb_home = "처음"\nlicence_terms = "쓰는 법"\n')

    site.article("river").build()

    assert site.page("/agency/하천관리청/").all(".crumbs li") == ["처음", "부처", "하천관리청"]
    assert site.page("/agency/").all(".crumbs li") == ["처음", "부처"]
    assert site.page("/license/").all(".crumbs li") == ["처음", "쓰는 법"]
    assert site.page("/2026/03/river/").all(".crumbs li") == ["처음", "환경", "강물이 맑아졌습니다"]


def test_an_older_breadcrumb_of_a_sites_own_still_has_its_labels(site: SiteTest) -> None:
    """Whoever has a partial of their own knows nothing of our words for its steps."""
    crumbs = "{% macro crumb_trail(crumbs) %}<p class=c>{% for one in crumbs %}{{ one.label }} {% endfor %}</p>{% endmacro %}"
    site.write("templates/partials/crumbs.html", crumbs).article("river").build()

    assert site.page("/agency/").text(".c") == "홈 기관"


def test_a_template_that_no_page_is_made_of_is_told(site: SiteTest) -> None:
    """Whoever writes `pages.html` for `page.html` sees no change, and no reason. One that another includes is used."""
    site.write("templates/pages.html", "쪽").write("templates/partials/own.html", "내 것").article("river")
    site.write("templates/404.html", '{# page: NotFoundPage #}{% include "partials/by.jinja" %}')
    site.write("templates/partials/by.jinja", '{% include "partials/own.html" %}')

    site.build()

    (found,) = site.problems("TPL004")
    assert found.where.path.endswith("templates/pages.html")
    assert hint_of(found, "en") == 'did you mean "page.html"?'


def test_the_browsers_bar_has_the_sites_own_background(site: SiteTest) -> None:
    """On a telephone it stands right above the page."""
    site.article("river").build()
    plain = site.page("/2026/03/river/").attributes('meta[name="theme-color"]', "content")
    site.write("content/site.toml", '[theme.colours]\nbackground = ["#ffe0e0", "#300000"]\n').build()
    own = site.page("/2026/03/river/").attributes('meta[name="theme-color"]', "content")

    assert f"--paper: light-dark({', '.join(plain)})" in (ROOT / "static/css/parts/20-tokens.css").read_text("utf-8")
    assert own == ["#ffe0e0", "#300000"]


ARTICLE = (ROOT / "templates/article.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("branch", "said"),
    [
        ("{% for one in page.entry.article.attachments %}{{ one.adress }}{% endfor %}", "'adress'"),
        ('{% if page.entry.article.lang == "en" %}{{ spoken_inn(card=page.newer) }}{% endif %}', "'spoken_inn'"),
        ('{% if page.entry.article.kind == "derived" %}{{ "drived"|t }}{% endif %}', 'no words under "drived"'),
        ('{% if page.entry.indexing == "self" %}{% include "partials/self.html" %}{% endif %}', "partials/self.html"),
        ("{{ page.entry.article.published|date if not page.entry.article.published }}", "'hour'"),
        ("{{ page.categories[0].label if not page.categories }}", "no element 0"),
    ],
)
def test_a_fault_that_no_article_has_met_yet_is_told(site: SiteTest, branch: str, said: str) -> None:
    """It would stop the build on the day on which such an article comes."""
    site.write("templates/article.html", ARTICLE.replace("{% block main %}", f"{{% block main %}}\n{branch}"))

    site.article("river").build()

    (found,) = site.problems("TPL006")
    assert (Path(found.where.path).name, found.where.line) == ("article.html", 43)
    assert said in message_of(found, "en")


def test_a_fault_in_the_feed_that_no_article_has_met_yet_is_told(site: SiteTest) -> None:
    """An article without a date comes into the feed, too."""
    feed = (ROOT / "templates/feeds/atom.xml").read_text("utf-8")
    broken = "{% for article_page in page.entries %}{{ article_page.entry.article.published.year }}"
    site.write("templates/feeds/atom.xml", feed.replace("{% for article_page in page.entries %}", broken))

    site.article("river").build()

    assert [Path(one.where.path).name for one in site.problems("TPL006")] == ["atom.xml"]


@pytest.mark.parametrize(
    "branch",
    [
        '{{ {"환경": "green"}[page.categories[0].label] if page.categories }}',
        '{% for one in page.categories %}{{ ("colour_" ~ one.label)|t }}{% endfor %}',
        '{% if page.entry.article.image %}{{ ("img/" ~ page.entry.article.slug ~ ".png")|asset }}{% endif %}',
    ],
)
def test_a_template_need_not_know_what_is_made_up_on_trial(site: SiteTest, branch: str) -> None:
    """A site knows its own categories."""
    site.write("templates/article.html", ARTICLE.replace("{% block main %}", f"{{% block main %}}{branch}"))
    site.write("templates/words/ko.toml", '"colour_환경" = "초록"\n')

    site.article("river").build()

    assert site.problems("TPL006") == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_default_theme_can_show_every_article(site: SiteTest, language: str) -> None:
    """Its own trial finds nothing."""
    site.write("content/site.toml", f'[site]\ntitle = "견본"\nlanguage = "{language}"\n').article("river").build()

    assert site.problems("TPL006") == []
