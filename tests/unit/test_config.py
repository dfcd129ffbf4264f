"""content/site.toml → settings: a typo is an error with its line, never a silent default."""

import json
import sys
import tomllib
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator

from sitegen.cli import main
from sitegen.config import Invocation, glob_pattern, load_config
from sitegen.errors import ConfigError
from sitegen.messages import render
from sitegen.model import Indexing, ListKind
from sitegen.problems import Severity
from sitegen.settings import json_schema

FULL = """[site]
title = "견본"
description = "소개"
language = "en"
timezone = "UTC"
base_url = "https://name.example/repo"
author = "편집실"
commercial = true
indexing = "self"
archives = ["year", "tag"]
page_size = 7

[[nav]]
label = "안내"
url = "/guide/"

[[nav]]
label = "소개"
url = "/about/"

[[sources]]
paths = ["_posts/**"]
name = "견본브리핑"
site = "https://press.example.go.kr"
license = "KOGL-1"
credit = "견본청"
indexing = "canonical"

[[sources]]
paths = "**"
name = "다른 곳"

[policy]
SEO001 = "note"
SRC002 = "error"

[cleaning]
disable = "promo"
promo_hosts = ["ad.example"]
promo_phrases = ["광고.*입니다"]
image_hosts = ["photo.example.com"]

[theme]
colours = {accent = ["#123456", "#abcdef"], text = "#111"}
fonts = {text = "Pretendard, sans-serif"}
"""


@pytest.fixture
def load(tmp_path):
    """Give the function that loads a site.toml."""

    def loaded(text, **invocation):
        tmp_path.joinpath("site.toml").write_text(text, "utf-8")
        plain = {
            "content_dir": tmp_path,
            "output_dir": tmp_path / "_site",
            "template_dirs": (),
            "static_dirs": (),
            "now": datetime(2026, 3, 1, tzinfo=UTC).astimezone,
        }
        return load_config(Invocation(**{**plain, **invocation}))

    return loaded


def test_every_setting_reaches_its_place(load):
    """A setting that is read and not used is worse than an error."""
    text = FULL

    config = load(text)

    assert (config.title, config.description, config.language, config.author) == ("견본", "소개", "en", "편집실")
    assert (config.base_url, config.base_path) == ("https://name.example/repo/", "/repo/")
    assert (config.commercial, config.indexing, config.page_size) == (True, Indexing.SELF, 7)
    assert config.archives == (ListKind.YEAR, ListKind.TAG)
    assert [link.label for link in config.nav] == ["안내", "소개"]
    assert config.sources[0].credit == "견본청"
    assert config.sources[0].indexing is Indexing.CANONICAL
    assert config.severity_of("SEO001") is Severity.NOTE
    assert config.severity_of("SRC002") is Severity.ERROR
    assert config.severity_of("SRC001") is Severity.ERROR
    assert config.cleaning.disable == ("promo",)
    assert config.cleaning.base_path == "/repo/"
    assert config.cleaning.image_hosts == ("photo.example.com",)
    assert config.styling.colours == (("accent", ("#123456", "#abcdef")), ("text", ("#111",)))
    assert config.styling.fonts == (("text", "Pretendard, sans-serif"),)


@pytest.mark.parametrize("text", ["", "[site]\n", "[cleaning]\n[policy]\n"])
def test_a_site_without_settings_has_sound_ones(load, text):
    """The first build must work before anyone has read a manual."""
    settings = text

    config = load(settings)

    assert (config.language, config.base_path, config.page_size) == ("ko", "/", 20)
    assert config.indexing is Indexing.SOURCE_FIRST
    assert not config.commercial
    assert config.archives == tuple(ListKind)
    assert "qoogle.tistory.com" in config.cleaning.promo_hosts


@pytest.mark.parametrize(
    ("text", "line", "code", "hint"),
    [
        ('[site]\ntitel = "a"\n', 2, "CONF001", 'did you mean "title"?'),
        ('[site]\ntitle = "a"\nzzz = 1\n', 3, "CONF001", "known settings: title, description"),
        ('title = "a"\n\n[site]\n', 1, "CONF001", "write it under [site]"),
        ('[sit]\ntitle = "a"\n', 1, "CONF001", 'did you mean "site"?'),
        ('[site]\ntitle = "a"\n\n[cleanin]\n', 4, "CONF001", 'did you mean "cleaning"?'),
        ('[[nav]]\nlabel = "a"\nurl = "/"\n\n[[nav]]\nlabel = "b"\nuri = "/"\n', 7, "CONF001", 'did you mean "url"?'),
        ('[policy]\nSRC999 = "note"\n', 2, "CONF001", "SRC"),
        ('[theme]\n\n[theme.colours]\naccent = "bad"\n', 4, "CONF002", "#rrggbb"),
        ('[theme.colours]\ntext = "#fff"\naccnt = "#fff"\n', 3, "CONF001", 'did you mean "accent"?'),
        ("[theme]\ncolours = 3\n", 2, "CONF002", '{background = "#rrggbb"'),
        ("[theme.fonts]\ntext = 3\n", 2, "CONF002", "Font Name"),
        ('[site]\ndescription = """\ntitle = 1\n"""\ntitle = 2\n', 5, "CONF002", "a text in"),
        ('[site]\ntitle = "a\\u0000"\n', 2, "CONF002", "without control characters"),
        ('[site]\nbase_url = "https://["\n', 2, "CONF002", "https://"),
        ('[policy]\nSRC001 = "fatal"\n', 2, "CONF002", '"error" | "warning" | "note"'),
        ('[policy]\nPII001 = "note"\n', 2, "CONF002", 'write "error"'),  # nobody may answer for that
        ('[policy]\nURL001 = "warning"\n', 2, "CONF002", 'write "error"'),
        ('[[nav]]\nlabel = "a"\nurl = "javascript:alert(1)"\n', 3, "CONF002", "https://"),
        ('[[nav]]\nlabel = "a"\nurl = "about"\n', 3, "CONF002", "https://"),
        ('[[sources]]\npaths = "**"\nsite = "korea.kr"\n', 3, "CONF002", "https://"),
        ("[site]\ntitle = 1\n", 2, "CONF002", "a text in"),
        ('[site]\ncontact = "news@example.org"\n', 2, "CONF002", "mailto:name@example.org"),
        ('[cleaning]\nimage_hosts = ["https://www.korea.kr/"]\n', 2, "CONF002", "the names of hosts"),
        ('[cleaning]\nimage_hosts = ["*.korea.kr"]\n', 2, "CONF002", "the names of hosts"),
        ('[cleaning]\npromo_hosts = [""]\n', 2, "CONF002", "the names of hosts"),
        ('[cleaning]\npromo_hosts = ["a.kr\\n"]\n', 2, "CONF002", "the names of hosts"),
        ('[site]\n\ncommercial = "yes"\n', 3, "CONF002", "true | false"),
        ("[site]\npage_size = 0\n", 2, "CONF002", "a number from 1 to 200"),
        ("[site]\npage_size = 201\n", 2, "CONF002", "a number from 1 to 200"),
        ("[site]\npage_size = true\n", 2, "CONF002", "a number from 1 to 200"),
        ('[site]\nlanguage = "jp"\n', 2, "CONF002", '"ko" | "en"'),
        ('[site]\nindexing = "all"\n', 2, "CONF002", "source-first"),
        ('[site]\narchives = ["week"]\n', 2, "CONF002", "category"),
        ('[site]\ntimezone = "Seoul"\n', 2, "CONF002", "Asia/Seoul"),
        ('[site]\nbase_url = "name.example"\n', 2, "CONF002", "https://name.github.io/repo/"),
        ('[site]\nbase_url = "https://a.example/?x"\n', 2, "CONF002", "https://name.github.io/repo/"),
        ('[[nav]]\nlabel = "a"\n', 1, "CONF006", "address"),
        ('nav = "a"\n', 1, "CONF002", "[[nav]]"),
        ("site = 3\n", 1, "CONF002", "[site]"),
        ('[[sources]]\nname = "a"\n', 1, "CONF006", "globs"),
        ('[cleaning]\ndisable = ["promo", "gate"]\n', 2, "CONF002", '"promo" | "credit" | "layout-rules"'),
        ('[[sources]]\npaths = "**"\nlicense = "KOGL-9"\n', 3, "CONF002", '"KOGL-0" | "KOGL-1"'),
        ('[cleaning]\npromo_phrases = ["("]\n', 2, "CONF002", "a regular expression"),
        ("[[sources]]\npaths = []\n", 2, "CONF002", '["…", "…"]'),
        ('[[sources]]\npaths = "**"\nname = " "\n', 3, "CONF002", "the name of the source"),
        ('[[sources]]\npaths = "**"\ncredit = ""\n', 3, "CONF002", "the institution to credit"),
        ('[theme]\ncolours = {accent = "red"}\n', 2, "CONF002", "#rrggbb"),
        ('[theme]\ncolours = {accent = "#12345"}\n', 2, "CONF002", "#rrggbb"),
        ('[theme]\ncolours = {ink = "#123"}\n', 2, "CONF001", "background, surface"),
        ('[theme]\ncolours = {accent = ["#123", "#123", "#123"]}\n', 2, "CONF002", "#rrggbb"),
        ('[theme]\nfonts = {text = "a; } body {"}\n', 2, "CONF002", "Font Name"),
        ("[site]\ntitle = \n", 2, "CONF003", "check the quotes"),
        # however it is written, a fault is told where it stands
        ("\nsite.title = 3\n", 2, "CONF002", "a text in"),
        ('\n["site"]\n"title" = 3\n', 3, "CONF002", "a text in"),
        ('\nsite = {title = "a", page_size = 0}\n', 2, "CONF002", "a number from 1 to 200"),
        ('\nnav = [ {label = "a", url = "/"}, {label = "b", url = "bad"} ]\n', 2, "CONF002", "https://"),
        (
            'nav = [\n  # 차림표\n  {label = "a", url = "/"},\n  {label = "b", url = "bad"},\n]\n',
            4,
            "CONF002",
            "https://",
        ),
        ('nav = [\n  {label = "a", url = "/"},\n  {label = "b"},\n]\n', 3, "CONF006", "address"),
        ('[policy]\nwaiver = [\n  {code = "SRC001", paths = "a"},\n]\n', 3, "CONF006", "why these articles"),
        ("[policy]\nSRC002 = 'note'\nwaiver = 3\n", 3, "CONF002", "[[policy.waiver]]"),
        ('[theme]\ncolours.accent = "bad"\n', 2, "CONF002", "#rrggbb"),
        ('[site]\nauthor = "[nav]"\n["sit"]\n', 3, "CONF001", 'did you mean "site"?'),
        # what a page, a feed, a style sheet or a policy of contents could not hold
        ('[site]\ntitle = "사이트\\u000BA"\n', 2, "CONF002", "without control characters"),
        ('[site]\ndescription = "소개\\u001F"\n', 2, "CONF002", "without control characters"),
        ('[site]\nauthor = "\\u0085"\n', 2, "CONF002", "without control characters"),
        ('[[nav]]\nlabel = "a\\u000C"\nurl = "/"\n', 2, "CONF002", "without control characters"),
        ('[[nav]]\nlabel = "a"\nurl = "/\\u0001"\n', 3, "CONF002", "without control characters"),
        ('[[sources]]\npaths = "a\\u0001"\n', 2, "CONF002", "without control characters"),
        ("[theme.fonts]\ntext = '\"Pretendard, sans-serif'\n", 2, "CONF002", "Font Name"),
        ('[theme.fonts]\ntext = "Bob\'s, serif"\n', 2, "CONF002", "Font Name"),
        ("[theme.fonts]\ntext = '\"A\nB\"'\n".replace("'", "'''"), 2, "CONF002", "Font Name"),
        ('[cleaning]\nimage_hosts = ["korea.kr;script-src"]\n', 2, "CONF002", "the names of hosts"),
        ('[cleaning]\nimage_hosts = ["korea.kr,a.kr"]\n', 2, "CONF002", "the names of hosts"),
        ("[cleaning]\nimage_hosts = [\"'self'.kr\"]\n", 2, "CONF002", "the names of hosts"),
        ('[site]\ntitle = "a"\ntitle = "b"\n', 3, "CONF003", "check the quotes"),
    ],
)
def test_a_setting_that_cannot_be_used_is_an_error_with_its_line_and_the_next_step(load, text, line, code, hint):
    """A typo must not cost an evening."""
    settings = text

    with pytest.raises(ConfigError) as caught:
        load(settings)

    problem = caught.value.problem
    assert (problem.where.line, problem.code) == (line, code)
    assert hint in "\n".join(render(problem, "en"))
    assert "hint" not in "\n".join(render(problem, "ko"))
    assert caught.value.exit_status == 2


def test_all_slips_of_the_settings_are_told_at_once(load):
    """Told one a build, ten slips are ten builds."""
    text = """[site]
titel = "견본"
page_size = "20"
base_url = "name.example"
timezone = "Seoul"

[serach]
analyser = "jamo"

[theme]
colours = {acent = "#fff", accent = true}

[[nav]]
label = "안내"

[[sources]]
paths = ["a/**"]
license = "KOGL-9"

[cleaning]
promo_phrases = ["광고", "("]
"""

    with pytest.raises(ConfigError) as caught:
        load(text)

    told = [(problem.where.line, problem.code) for problem in caught.value.problems]
    assert told == [
        (2, "CONF001"),
        (3, "CONF002"),
        (4, "CONF002"),
        (5, "CONF002"),
        (7, "CONF001"),
        (11, "CONF001"),
        (11, "CONF002"),
        (13, "CONF006"),
        (18, "CONF002"),
        (21, "CONF002"),
    ]
    assert '"accent"' in render(caught.value.problems[5], "ko")[1]
    assert "theme.colours.accent" in render(caught.value.problems[6], "ko")[0]
    assert render(caught.value.problems[4], "ko")[1].strip() == '도움말: 혹시 "search"인가요?'


def test_settings_that_are_not_utf8_are_refused(load, tmp_path):
    """A site.toml saved as CP949 would give a site with a broken name."""
    load("")
    tmp_path.joinpath("site.toml").write_bytes("[site]\ntitle = '견본'\n".encode("cp949"))

    with pytest.raises(ConfigError) as caught:
        load_config(
            Invocation(
                content_dir=tmp_path,
                output_dir=tmp_path / "_site",
                template_dirs=(),
                static_dirs=(),
                now=datetime(2026, 3, 1, tzinfo=UTC).astimezone,
            )
        )

    problem = caught.value.problem
    assert (problem.code, problem.where.line, problem.where.column) == ("CONF005", 2, 10)


@pytest.mark.parametrize(
    ("given", "base_url"),
    [
        (None, "https://name.example/repo/"),
        ("https://b.example", "https://b.example/"),
        ("https://뉴스.한국/가", "https://xn--vg1b002a.xn--3e0b707e/가/"),
        ("", ""),
    ],
)
def test_the_command_line_beats_the_file(load, given, base_url):
    """A deploy job knows the address better than the file does."""
    text = FULL

    config = load(text, base_url=given)

    assert config.base_url == base_url


@pytest.mark.parametrize(
    ("written", "base_url"),
    [
        ("https://b.example//", "https://b.example/"),
        ("https://b.example//repo//sub///", "https://b.example/repo/sub/"),
        ("https://뉴스.한국//가", "https://xn--vg1b002a.xn--3e0b707e/가/"),
    ],
)
def test_slashes_side_by_side_are_one(load, written, base_url):
    """Joined from two variables, they lead every address of the site to another host."""
    assert load(f'[site]\nbase_url = "{written}"\n').base_url == base_url
    assert load("", base_url=written).base_url == base_url


def test_the_clock_is_an_input_in_the_site_s_zone(load):
    """Same input, same bytes; and an embargo ends at the hour of its own country."""
    now = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)

    config = load('[site]\ntimezone = "Asia/Seoul"\n', now=now.astimezone)

    assert f"{config.now:%Y-%m-%d %H:%M}" == "2026-03-02 00:30"


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("_posts/**", "_posts/2024/a.md", True),
        ("_posts/**", "_posts/a.md", True),
        ("_posts/*", "_posts/2024/a.md", False),
        ("_posts/", "_posts/2024/a.md", True),
        ("**/a.md", "a.md", True),
        ("**/a.md", "x/y/a.md", True),
        ("**", "x/y/a.md", True),
        ("./x/*.md", "x/a.md", True),
        ("x/?.md", "x/ab.md", False),
        ("x/[a].md", "x/a.md", False),
        ("보도/*.md", "보도/글.md", True),
    ],
)
def test_a_glob_means_what_people_expect(glob, path, matches):
    """A rule that matches too much credits the wrong source."""
    pattern = glob_pattern(glob)

    found = pattern.fullmatch(path) is not None

    assert found is matches


def test_the_first_rule_that_matches_counts(load):
    """Order is how a person says “except for these”."""
    config = load(FULL)

    names = [config.rule_for(path).name for path in ("_posts/a.md", "articles/a.md")]

    assert names == ["견본브리핑", "다른 곳"]


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        "",
        '[site]\narchives = "year"\n',
        '[theme]\ncolours = {accent = "#123456"}\n',
        '[site]\ntitel = "a"\n',
        "[site]\npage_size = 0\n",
        '[site]\nlanguage = "jp"\n',
        '[[nav]]\nlabel = "a"\n',
        "[[sources]]\npaths = []\n",
        '[[sources]]\npaths = "**"\nname = " "\n',
        '[policy]\nSRC001 = "fatal"\n',
        '[theme]\ncolours = {ink = "#123"}\n',
        "[theme]\ncolours = {accent = []}\n",
        "[cleaning]\nimage_hosts = [1]\n",
        "[site]\ncommercial = 1\n",
        '[theme]\nfonts = {text = "a; } body {"}\n',
        "[theme]\nfonts = {text = '\"a'}\n",
        "[theme]\nfonts = {text = '\"가 나\", serif'}\n",
        '[site]\ntitle = "a\\u000B"\n',
        '[site]\ntitle = "\\U0001F600"\ndescription = """\n한 줄\n\t둘\n"""\n',
        '[cleaning]\nimage_hosts = ["a.kr;b"]\n',
        '[site]\nbase_url = "name.example"\n',
    ],
)
def test_the_schema_for_editors_says_what_the_reader_says(load, text):
    """An editor that marks a good file as wrong, or a wrong one as good, is worse than none."""
    schema = json.loads(json.dumps(json_schema()))
    Draft202012Validator.check_schema(schema)

    accepted = Draft202012Validator(schema).is_valid(tomllib.loads(text))

    try:
        load(text)
        assert accepted
    except ConfigError:
        assert not accepted


@pytest.mark.parametrize(
    "family", ['"Pretendard Variable", sans-serif', "'Bob\"s', \"나눔'고딕\"", "Noto-Sans, 맑은 고딕"]
)
def test_the_names_of_fonts_may_stand_in_quotes(load, family):
    """Of either kind, closed; the other kind in it is a sign like any."""
    config = load(f"[theme.fonts]\ntext = '''{family}'''\n")

    assert config.styling.fonts == (("text", family),)


def test_an_analyser_that_is_not_installed_is_an_error_that_says_what_to_install(load, monkeypatch):
    """A missing extra is found before any work, and does not matter to a build without a search."""
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)  # as Python marks what cannot be imported
    text = '[search]\nanalyser = "kiwi"\n'

    with pytest.raises(ConfigError) as caught:
        load(text)

    assert caught.value.problem.code == "CONF004"
    assert caught.value.problem.where.line == 2
    assert "install it: pip install kiwipiepy" in "\n".join(render(caught.value.problem, "en"))
    assert load(text, search=False).analyser == "rules"


@pytest.mark.parametrize("asked", [("new", "제목"), ("import", "--check", "--to", "content"), ("clean",)])
def test_who_makes_no_index_needs_no_analyser(asked, tmp_path, monkeypatch):
    """The nightly import runs where only a build's own packages are."""
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.toml").write_text('[search]\nanalyser = "kiwi"\n', "utf-8")
    folders = () if asked[0] == "import" else ("--content", "content", "--output", "_site", "--cache", "cache")

    assert main([*asked, *folders]) == 0


@pytest.mark.parametrize(
    "host",
    [
        "korea.kr",
        "WWW.Korea.KR",
        "xn--3e0b707e.xn--3e0b707e",
        "한글.한국",
        "日本.jp",
        "127.0.0.1",
        "localhost",
        "my_cdn.example.com",
    ],
)
def test_a_host_is_a_name_as_addresses_have_it(load, host):
    """Small letters, as they are compared."""
    config = load(f'[cleaning]\nimage_hosts = ["{host}"]\n')

    assert config.cleaning.image_hosts == (host.lower(),)


def test_an_agency_has_short_names(load):
    """A site of one office knows names that no table of ministries has."""
    config = load('[[agencies]]\nname = "하천관리청"\nshort = ["하천청", "물청"]\n')

    assert config.agencies == (("하천관리청", "하천청", "물청"),)
    with pytest.raises(ConfigError, match="CONF006"):
        load('[[agencies]]\nname = "하천관리청"\n')
