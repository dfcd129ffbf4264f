"""Static folders → output files: shadowing, names that follow the bytes, one style sheet."""

import re
import sys
from unicodedata import normalize
from urllib.parse import quote

import pytest

from sitegen.config import Cleaning, Styling
from sitegen.errors import ConfigError
from sitegen.output.assets import bare_script, collect_assets, static_files
from sitegen.output.pictures import measured, with_pictures
from sitegen.output.sheets import joined, squeezed, styling_rules
from sitegen.problems import sort_problems
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path):
    """Give the function that makes a static folder of (path, text) pairs."""

    def make(name, **files):
        root = tmp_path / name
        for path, text in files.items():
            target = root / path.replace("__", "/").replace("_", ".", 1)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        root.mkdir(exist_ok=True)
        return root

    return make


def outputs(*folders, styling=None):
    """Return the output files by path, and the addresses by name."""
    sources = static_files(folders)
    files, copies, names, _ = collect_assets(sources, styling or Styling())
    made = {file.path: file.data.decode() for file in files}
    return made | {name: sources[name].read_text("utf-8") for name in copies}, dict(names)


def test_the_site_s_own_file_hides_the_theme_s(folder):
    """Changing one file must not need a copy of the theme."""
    own, theme = folder("own", img__a_svg="나의 것"), folder("theme", img__a_svg="테마", img__b_svg="테마")

    files, _ = outputs(own, theme)

    assert files == {"img/a.svg": "나의 것", "img/b.svg": "테마"}


def test_a_name_changes_exactly_when_its_bytes_do(folder):
    """Browsers keep what never changes its name, and must never keep what changed."""
    first = outputs(folder("a", js__app_js="하나"))[1]["js/app.js"]
    same = outputs(folder("b", js__app_js="하나"))[1]["js/app.js"]

    other = outputs(folder("c", js__app_js="둘"))[1]["js/app.js"]

    assert first == same != other
    assert re.fullmatch(r"js/app\.[0-9a-f]{10}\.js", first)


def test_modules_that_import_each_other_find_each_other(folder):
    """Neither's name can hang on the other's bytes, so both keep their own, and so does who imports them."""
    imports = {"a": "b", "b": "a", "c": "a", "d": "e"}
    modules = {f"js__{name}_js": f'import "./{imported}.js";' for name, imported in imports.items()}

    files, names = outputs(folder("x", js__e_js="export {};", **modules))

    assert {name for name, path in names.items() if name == path} == {"js/a.js", "js/b.js", "js/c.js"}
    for text in (text for text in files.values() if text.startswith("import")):
        assert text.removeprefix('import "./').removesuffix('";') in {path.removeprefix("js/") for path in files}


def test_modules_of_other_folders_and_those_asked_for_later_are_found(folder):
    """An owner's script that keeps its parts in a folder of their own must not stop at the first of them."""
    root = folder(
        "x",
        js__own_js='import { a } from "./lib/a.js";\nconst later = () => import("./lib/b.js");',
        js__lib__a_js='export { b as a } from "../b.js";',
        js__lib__b_js="export {};",
        js__b_js="export const b = 1;",
    )

    files, names = outputs(root)

    assert f'"./{names["js/lib/a.js"].removeprefix("js/")}"' in files[names["js/own.js"]]
    assert f'import("./{names["js/lib/b.js"].removeprefix("js/")}")' in files[names["js/own.js"]]
    assert f'"../{names["js/b.js"].removeprefix("js/")}"' in files[names["js/lib/a.js"]]


@pytest.mark.parametrize(
    ("css", "place", "reason"),
    [
        (".a { color: red;\n.b { color: blue; }\n", (1, 4), "{ that does not close"),
        (".a {}\n.b { color: red; }\n}\n", (3, 1), "} that nothing opens"),
        (".a { color: rgb(1, 2;\n}\n.b {}", (1, 16), "( that does not close"),
        ("a[href {}\n", (1, 2), "[ that does not close"),
        (".a { width: 1px) }", (1, 16), ") that nothing opens"),
        (".a {}\n/* 그리고\n.b {}", (2, 1), "a comment that does not end"),
        ('.a { content: "가; }\n.b { content: "나"; }', (1, 15), "a quote that does not end"),
        (".a { background: url(a b.png) }\n.b { background: url(a.png }", (2, 21), "( that does not close"),
    ],
)
def test_what_would_take_the_style_sheet_apart_is_told_at_its_place(folder, css, place, reason):
    """The parts are one sheet: a bracket left open takes the look of the whole site with it, and nobody says so."""
    root = folder("x", css__parts__10_css="", css__parts__99_css=css)

    with pytest.raises(ConfigError) as error:
        outputs(root)

    problem = error.value.problem
    assert (problem.code, problem.where.line, problem.where.column) == ("CSS001", *place)
    assert dict(problem.details)["reason"] == reason


@pytest.mark.parametrize(
    "css",
    [
        "/* { ( [ ' */ .a { content: '{'; quotes: \"(\" '\\'' }",
        ".sm\\:w-1\\/2\\{ { width: 1px }",
        ".a { background: url(data:image/svg+xml;utf8,{%7B) }",
        '.a { background: URL( "a(b.png" ) }',
        ".a { content: '가\\\n나' }",
        '@import url("a.css") layer(b) supports((display: grid) and (not (gap: 1px)));',
        ".a:is(.b, .c:not([d='(']))::before { --x: {a: [b]} }",
    ],
)
def test_a_sound_style_sheet_is_left_alone(folder, css):
    """What looks like a bracket in a text, a comment, an address or behind a stroke is none."""
    root = folder("x", css__parts__99_css=css)

    files, _ = outputs(root)

    assert list(files)


def test_what_a_part_imports_stands_at_the_head_of_the_whole(folder):
    """Elsewhere browsers pass it over; the order of the layers comes first all the same."""
    root = folder(
        "x",
        css__parts__00_css="/* 차례 */\n@layer reset, base;\n",
        css__parts__50_css="@layer base {\n  a { color: red; }\n}\n",
        css__parts__99_css='@charset "utf-8";\n@import "fonts.css";\n@import url("/css/b.css") layer(base) print;\n'
        '.a { content: "@import url(c.css);"; }\n',
        css__fonts_css="",
        css__b_css="",
    )

    files, names = outputs(root)

    assert files[names["css/site.css"]].splitlines() == [
        "@layer reset,base;",
        f'@import "{names["css/fonts.css"].removeprefix("css/")}";',
        f'@import url("../{names["css/b.css"]}") layer(base) print;',
        "@layer base{a { color: red; }}",
        '.a { content: "@import url(c.css);"; }',
    ]


def test_files_that_style_sheets_name_and_that_are_not_there_are_told(folder):
    """Nobody sees a picture or a letter that is missing, and nothing says why."""
    root = folder(
        "x",
        css__parts__99_css="/* url(/img/no.png) */\n.a { background: url(/img/a.png) }\n  .b { src: url( 'b.woff2?v=1' ) }\n"
        '@import "parts/98-b.css";\n.c { src: url(data:font/woff2;base64,AA), url(//cdn.example/a), url(https://a.example/b),'
        " url(#c), url(var(--d)), url(a\\ b.png) }\n",
        css__print_css="@import 'site.css';\na { background: url(../img/%EA%B0%80.png), url(./none.png) }",
        img__a_png="",
        img__가_png="",
    )

    problems = collect_assets(static_files([root]), Styling()).problems

    lost = [one for one in sort_problems(problems) if one.code == "CSS002"]
    assert [(one.where.path.rpartition("/")[2], one.where.line, one.details[0][1]) for one in lost] == [
        ("99.css", 3, "css/b.woff2"),
        ("99.css", 4, "css/parts/98-b.css"),
        ("print.css", 2, "css/none.png"),
    ]


@pytest.mark.parametrize(
    "css",
    [
        '.a::after { content: "url(/none.png)"; }',
        ".a::after { content: '@import \\'none.css\\''; }",
        "/* don't */ .a { --x: 'url(none.png)'; } /* url(none.png) */",
        '.a { background: url("/img/a.png"); } .b::after { content: "url(none.png)"; }',
    ],
)
def test_words_in_a_style_sheet_name_no_file(folder, css):
    """What a sheet says is no address, and stays as it is written."""
    root = folder("x", css__own_css=css, css__none_png="", img__a_png="")

    assets = collect_assets(static_files([root]), Styling())

    (sheet,) = (file.data.decode() for file in assets.files if file.path.endswith(".css"))
    assert sheet == css.replace("/img/a.png", "../img/a.png")
    assert collect_assets(static_files([folder("y", css__own_css=css, img__a_png="")]), Styling()).problems == ()


@pytest.mark.parametrize("name", ["css__parts__99_css", "css__print_css", "own_css"])
def test_files_of_other_sites_that_style_sheets_load_are_told(folder, name):
    """Such a site would learn who reads; with our policy readers see nothing of it."""
    css = (
        '@import url("https://fonts.example/a.css");\n@import "//fonts.example/b.css" print;\n'
        '@layer a {\n@font-face { font-family: "a"; src: url(https://pictures.example/a.woff2) }\n'
        ".a { background: url(https://pictures.example/a.png), url(//img.pictures.example/b.png?c) }\n"
        ".b { background: url(http://pictures.example/c.png), url(https://other.example/d.png) } }\n"
        ".c { content: 'url(https://other.example/e.png)'; background: url(data:image/png;base64,AA) }\n"
    )

    problems = collect_assets(static_files([folder("x", **{name: css})]), Styling(), (), ("pictures.example",)).problems

    assert [(one.code, one.where.line, one.details[0][1]) for one in problems] == [
        ("CSS003", 1, "https://fonts.example/a.css"),
        ("CSS003", 2, "//fonts.example/b.css"),
        ("CSS003", 4, "https://pictures.example/a.woff2"),
        ("CSS003", 6, "http://pictures.example/c.png"),
        ("CSS003", 6, "https://other.example/d.png"),
    ]


def test_a_style_sheet_of_its_own_that_comes_apart_is_told_and_stops_nothing(folder):
    """What follows the bracket is lost there, but the site's own sheet is not."""
    root = folder(
        "x", css__parts__00_css="", css__print_css=".a {}\n.b { color: red;\n", css__sound_css=".a { color: red }"
    )

    (problem,) = collect_assets(static_files([root]), Styling()).problems

    assert (problem.code, problem.where.path.rpartition("/")[2]) == ("CSS004", "print.css")
    assert (problem.where.line, problem.where.column, problem.details[0][1]) == (2, 4, "{ that does not close")


@pytest.mark.parametrize(
    ("script", "named"),
    [
        ('import{a}from"./a.js";import{b}from"./b.mjs";', ["js/a.js", "js/b.mjs"]),
        ('\ufeffimport { a } from "./a.js";', ["js/a.js"]),
        ('export * from "./a.js"; export { b as c } from "./b.mjs";', ["js/a.js", "js/b.mjs"]),
        ("const a = await import(/* @vite-ignore */ './a.js');", ["js/a.js"]),
        ("const a = await import(`./a.js`);", ["js/a.js"]),
        ('import { a, // "of" a\n  c } from "./a.js?v=1";', ["js/a.js"]),
        ('new Worker(new URL("./b.mjs", import.meta.url));', ["js/b.mjs"]),
        ('fetch(new URL("../fonts/A%20b.woff2", import.meta.url));', ["fonts/A b.woff2"]),
        ('import "/js/a.js";', ["js/a.js"]),
    ],
)
def test_whatever_a_script_names_is_there(folder, script, named):
    """A module that is asked for under a name that no file has stops the whole script; the console alone says so."""
    root = folder("x", js__own_js=script, js__a_js="export const a = 1;", js__b_mjs="export const b = 1;")
    (root / "fonts").mkdir()
    (root / "fonts/A b.woff2").write_text("글꼴")

    files, names = outputs(root)

    told = [quote(names[name].rpartition("/")[2]) for name in named]
    assert re.findall(r"[\w%]+\.[0-9a-f]{10}\.\w+", files[names["js/own.js"]]) == told


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        ("import(`./words/${language}.js`);", {"js/words/ko.js"}),
        ('import("./words/" + language + ".js");', {"js/words/ko.js"}),
        ('const words = "./words/"; import(words + language + ".js");', {"js/words/ko.js"}),
        ('import("./words/k" + "o.js");', {"js/words/ko.js"}),
        ('import("./words/e" + "n.js");', set()),
        ('if (path.startsWith("./") || path === "/") go("../" + path);', set()),
        ("import(`./${name}.js`);", {"js/b.js", "js/own.js", "js/words/ko.js"}),
        ('fetch(new URL("../", import.meta.url));', set()),
        ('fetch(new URL("./", elsewhere));', set()),
    ],
)
def test_a_file_whose_address_a_script_puts_together_keeps_its_name(folder, script, kept):
    """Nobody else can tell what it will ask for."""
    root = folder("x", js__own_js=script, js__words__ko_js="export {};", js__b_js="export {};")

    names = outputs(root)[1]

    assert {name for name, path in names.items() if name == path} == kept


def test_our_own_scripts_have_names_that_follow_their_bytes():
    """One that keeps its name is read anew by browsers, or not when it must be."""
    names = outputs(ROOT / "static")[1]

    assert [name for name, path in names.items() if name == path and name.startswith(("css/", "js/"))] == []


def test_what_others_link_to_keeps_its_name(folder):
    """robots.txt and pictures are asked for by name."""
    root = folder("a", robots_txt="x", img__a_png="y")

    files, names = outputs(root)

    assert set(files) == {"robots.txt", "img/a.png"}
    assert names["img/a.png"] == "img/a.png"


def test_the_parts_of_the_style_sheet_become_one_in_order(folder):
    """Layers must be named before they are filled."""
    root = folder(
        "a", css__parts__20_css="b{}", css__parts__00_css="@layer a;", css__parts__10_css="/* 말 */\n\n a { c: d; }\n"
    )

    files, names = outputs(root)

    assert list(files) == [names["css/site.css"]]
    assert files[names["css/site.css"]] == "@layer a;\na { c: d; }\nb{}\n"


def test_one_part_of_the_style_sheet_may_be_replaced(folder):
    """A site changes its tokens and keeps the rest."""
    own, theme = (
        folder("own", css__parts__10_css="own{}"),
        folder("t", css__parts__10_css="x{}", css__parts__20_css="y{}"),
    )

    files, names = outputs(own, theme)

    assert files[names["css/site.css"]] == "own{}\ny{}\n"


def test_addresses_in_the_style_sheet_follow_the_hashed_names(folder):
    """A font whose name changed would not load."""
    root = folder("a", css__parts__10_css="a{src:url('../fonts/a.woff2')}", fonts__a_woff2="글꼴")

    files, names = outputs(root)

    assert f"../{names['fonts/a.woff2']}" in files[names["css/site.css"]]


def test_addresses_from_the_root_work_below_any_path(folder):
    """As articles write them; under `/repo/` the root of the host is somebody else's."""
    css = "a{src:url(/fonts/a.woff2)}b{background:url('/img/b.png?v=1')}c{src:url(//a.example/c)}d{src:url('/no.png')}"
    root = folder("a", css__parts__10_css=css, fonts__a_woff2="글꼴", img__b_png="그림")

    files, names = outputs(root)

    sheet = files[names["css/site.css"]]
    assert f"url(../{names['fonts/a.woff2']})" in sheet
    assert "url('../img/b.png?v=1')" in sheet
    assert "url(//a.example/c)" in sheet
    assert "url('/no.png')" in sheet


def test_a_style_sheet_beside_the_parts_finds_its_files_below_any_path(folder):
    """It is found by hand, in a template of one's own; what it names must be as it is found in the parts."""
    css = (
        '@import "more.css";a{src:url( "../fonts/plain.woff2" )}b{src:url(../fonts/My%20Font.woff2)}'
        "c{background:url(/images/a.png)}d{background:url(data:image/png;base64,AA)}"
    )
    root = folder("a", css__own_css=css, css__more_css="e{}", fonts__plain_woff2="글꼴", images__a_png="그림")
    (root / "fonts/My Font.woff2").write_text("글꼴 둘")

    files, names = outputs(root)

    found = {name: path.rpartition("/")[2] for name, path in names.items()}
    assert files[names["css/own.css"]] == (
        f'@import "{found["css/more.css"]}";a{{src:url( "../fonts/{found["fonts/plain.woff2"]}" )}}'
        f"b{{src:url(../fonts/{quote(found['fonts/My Font.woff2'])})}}"
        "c{background:url(../images/a.png)}d{background:url(data:image/png;base64,AA)}"
    )


def test_a_font_with_a_blank_in_its_name_is_found(folder):
    """Whoever downloads one does not rename it."""
    root = folder("a", css__parts__10_css='a{src:url("../fonts/My%20Font.woff2")}b{src:url("../fonts/My Font.woff2 ")}')
    (root / "fonts").mkdir()
    (root / "fonts/My Font.woff2").write_text("글꼴")

    files, names = outputs(root)

    assert files[names["css/site.css"]].count(f'"../{quote(names["fonts/My Font.woff2"])}"') == 2


def test_a_mark_before_a_part_of_the_style_sheet_is_none_of_its_first_rule(folder):
    """Windows saves one before a text; within the whole it would make the selector another."""
    root = folder("a", css__parts__10_css="a{}", css__parts__20_css="\ufeffb{}")

    files, names = outputs(root)

    assert files[names["css/site.css"]] == "a{}\nb{}\n"


@pytest.mark.parametrize(("on_disk", "written"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD")])
def test_a_name_as_macos_writes_it_is_the_one_that_is_meant(folder, on_disk, written):
    """Both look alike; a server of files takes them for two."""
    css = f'a{{src:url("../fonts/{normalize(written, "강물")}.woff2")}}b{{c:url("/images/{normalize(written, "강")}.png")}}'
    root = folder("a", css__parts__10_css=css)
    for name in ("fonts/강물.woff2", "images/강.png"):
        path = root / normalize(on_disk, name)
        path.parent.mkdir()
        path.write_text("글꼴")

    files, names = outputs(root)

    assert names["images/강.png"] == "images/강.png"
    assert f'"../{quote(names["fonts/강물.woff2"])}"' in files[names["css/site.css"]]
    assert 'url("../images/강.png")' in files[names["css/site.css"]]


def test_the_site_s_own_look_comes_last_and_outside_every_layer(folder):
    """A setting must win over the theme."""
    root = folder("a", css__parts__10_css="a{}")
    styling = Styling(colours=(("focus", ("#111", "#eee")),), fonts=(("text", "Pretendard, sans-serif"),))

    files, names = outputs(root, styling=styling)

    assert files[names["css/site.css"]].endswith(
        "\n:root{--focus:light-dark(#111,#eee);--font:Pretendard, sans-serif}\n"
    )
    assert styling_rules(Styling()) == "\n"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { b: c; }\n", "a { b: c; }"),
        ("a {\n  b: c, d;\n  --e: f;\n}\n", "a{b:c,d;--e:f}"),
        ('a {\n  b: "c, d {";\n}\n', 'a{b: "c, d {"}'),
        ("a b :hover,\na :is(b, c) {\n}\n", "a b :hover,a :is(b,c){}"),
        ("/* 말 */a{}\n/* 둘\n줄 */b{}", "a{}b{}"),
        ('a::before { content: "/* 글 */"; }', 'a::before { content: "/* 글 */"; }'),
        ("a,\nb {\n  c: d;\n}\n", "a,b{c:d}"),
        (
            "@media (w > 1px) {\n  a > b + c ~ d {\n    w: calc(1px + 2px);\n    }\n}\n",
            "@media (w > 1px){a>b+c~d{w:calc(1px + 2px)}}",
        ),
        (
            "@media screen and\n  (min-width: calc(10px + 2px)) {\n}\n",
            "@media screen and\n(min-width: calc(10px + 2px)){}",
        ),
        ("a { width: calc(1px + 2px); &:hover {\n}}\n", "a { width: calc(1px + 2px); &:hover{}}"),
        ("a {\n  b: 0.5em 10.5px -0.2s;\n  c: url(/0.5/a.png);\n}\n", "a{b:.5em 10.5px -.2s;c:url(/0.5/a.png)}"),
        ("a\nb {\n  c: 1px\n    2px;\n}\n", "a\nb{c: 1px\n2px}"),
        ("a{background:url('x/*y')}", "a{background:url('x/*y')}"),
    ],
)
def test_squeezing_a_style_sheet_changes_no_rule(css, expected):
    """A comment mark inside a text is no comment."""
    written = css

    squeezed_css = squeezed(written)

    assert squeezed_css == expected


def test_a_licence_notice_in_a_style_sheet_stays():
    """Whoever wrote a part of it asks for that; other comments are for its authors."""
    css = "/* of ours */\na{}\n/*! keep  one */\nb{}\n/* @license two, three */\n"

    assert squeezed(css) == "/*! keep  one */\n/* @license two, three */\na{}b{}"


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (["@layer a{b{c:d;}\n}", "@layer a{e{f:g;}\n}"], "@layer a{b{c:d;}\ne{f:g;}\n}"),
        (["@layer a{b{c:d;}\n}", "@layer b{e{f:g;}\n}"], "@layer a{b{c:d;}\n}\n@layer b{e{f:g;}\n}"),
        (["@layer a{b{c:'}';}\n}", "@layer a{}"], "@layer a{b{c:'}';}\n}"),
        (["@layer a{}\nb{}", "@layer a{c{}}"], "@layer a{}\nb{}\n@layer a{c{}}"),
        (["@layer a{", "@layer a{c{}}"], "@layer a{\n@layer a{c{}}"),
        (["b{}", "c{}"], "b{}\nc{}"),
        ([], ""),
    ],
)
def test_a_layer_goes_on_from_sheet_to_sheet(sheets, expected):
    """What is no whole layer stays as it is: a rule must never slip into another's layer."""
    whole = joined(sheets)

    assert whole == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("// 말\nf();\n", "f();\n"),
        ("/** @type {X}\n * 말 */\nlet a;\n\n  f(a);\n", "let a;\nf(a);\n"),
        ("f(); // 뒤에\n", "f(); // 뒤에\n"),
        ("/* 말 */ f();\n", "/* 말 */ f();\n"),
        ("/*\n말 */ f();\n", "/*\n말 */ f();\n"),
        ("/* 말 */ f(); /* 말 */\n", "/* 말 */ f(); /* 말 */\n"),
        ("/*\n말 */ f(); /* 말 */\n", "/*\n말 */ f(); /* 말 */\n"),
        ("  f();\n/* 말 */ /* 말 */\n", "f();\n/* 말 */ /* 말 */\n"),
        ("/*/\nf();\n/*/\n  g();\n", "g();\n"),
        ("/*! 권리 */\nf();\n", "/*! 권리 */\nf();\n"),
        ("// @license MIT\nf();\n", "// @license MIT\nf();\n"),
        ("f();\n//# sourceMappingURL=a.map\n", "f();\n//# sourceMappingURL=a.map\n"),
        ("const a = `\n  // 글\n`;\n", "const a = `\n  // 글\n`;\n"),
        ("f(); /* 여기서\n// 여기까지 */ g();\n", "f(); /* 여기서\n// 여기까지 */ g();\n"),
        ("f(); /* 하나 */ /* 둘\n// 셋\n*/ g();\n", "f(); /* 하나 */ /* 둘\n// 셋\n*/ g();\n"),
        ("const a = '\\\n  // 글';\n", "const a = '\\\n  // 글';\n"),
        ("  f(`${a.map((b) => `\n  // 글\n`)}`);\n", "  f(`${a.map((b) => `\n  // 글\n`)}`);\n"),
        ("  f('`' + `\n  // 글\n`);\n", "  f('`' + `\n  // 글\n`);\n"),
        ("  f(/`/, `\n  // 글\n`);\n", "  f(/`/, `\n  // 글\n`);\n"),
        ("  f(`\n` + `\n  // 글\n`);\n", "  f(`\n` + `\n  // 글\n`);\n"),
        ("  f(`${a}/b/${c(`d`)}`);\n", "  f(`${a}/b/${c(`d`)}`);\n"),
        ('  // `말\n  f(`${a}/b`, "/*", `${b("c")}`);\n', 'f(`${a}/b`, "/*", `${b("c")}`);\n'),
        ("  f();\n/* 끝이 없다\n", "  f();\n/* 끝이 없다\n"),
    ],
)
def test_a_script_loses_only_what_certainly_is_a_comment(script, expected):
    """A comment in a text is text; one that others must read stays."""
    bare = bare_script(script.encode()).decode()

    assert bare == expected


def test_our_own_scripts_are_sent_without_comments():
    """One that is left alone, for some line of it is hard to read, costs readers a third more."""
    scripts = [path.read_bytes() for path in (ROOT / "static/js").rglob("*.js") if path.name != "early.js"]

    assert [bare for bare in map(bare_script, scripts) if b"\n//" in bare or b"\n  " in bare] == []


def test_only_scripts_are_read_as_scripts(folder):
    """What else lies beside them has bytes of its own."""
    root = folder("a", js__a_js="  // 말\n  f();\n")
    module = b"\0asm\r\n  // \r\x0b"
    (root / "js/a.wasm").write_bytes(module)

    files = collect_assets(static_files([root]), Styling()).files

    assert sorted(file.data for file in files) == sorted([b"f();\n", module])


def test_hidden_files_and_links_that_leave_are_not_published(folder, tmp_path):
    """A `.env` or a link to it must never be on the web."""
    root = folder("a", img__a_png="x")
    (root / ".env").write_text("비밀")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("비밀")
    (root / ".well-known").mkdir()
    (root / ".well-known" / "security.txt").write_text("알림")
    (tmp_path / "secret.png").write_text("비밀")
    (root / "link.png").symlink_to(tmp_path / "secret.png")

    found = static_files([root])

    assert set(found) == {"img/a.png", ".well-known/security.txt"}


def test_pictures_are_known_by_their_path(folder):
    """Only a picture that is there may be shown in an article."""
    root = folder("a", img__a_PNG="x", img__b_txt="y", c_webp="z")

    told = with_pictures(Cleaning(), measured(static_files([root, root / "없는 폴더"]), {}))

    assert told.pictures == {"c.webp", "img/a.PNG"}
    assert told.sizes == ()  # none of them is a picture in truth


def test_a_site_without_photographs_loads_nothing_that_measures_them(folder, monkeypatch):
    """What measures takes a tenth of an edit's time to load; the theme's own drawing must not cost it."""
    monkeypatch.setitem(sys.modules, "imagesize", None)  # as Python marks what cannot be imported
    root = folder("a", img__icon_svg="<svg/>")

    told = with_pictures(Cleaning(), measured(static_files([root]), {}))

    assert (told.pictures, told.sizes) == ({"img/icon.svg"}, ())


def test_the_script_that_is_inlined_is_no_file(folder):
    """It stands in every head already."""
    root = folder("a", js__early_js="x", js__app_js="y")

    files, names = outputs(root)

    assert set(names) == {"js/app.js"}
    assert len(files) == 1
