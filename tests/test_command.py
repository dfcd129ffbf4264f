"""The command line as its users meet it: what it prints where, and how it ends."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.content import closing_views, read_content
from sitegen.errors import ToolError
from sitegen.prepare import Fate
from sitegen.runtime.executor import SerialExecutor
from sitegen.runtime.memory import Memory
from sitegen.runtime.stamps import Look
from tests.conftest import ARTICLE, ROOT, SiteTest, run, tree


def sound_article(number: int, title: str = "소식") -> str:
    """Return a sound article's text."""
    return ARTICLE.format(title=f"{title} {number}", date="2026-03-02", number=number, more="", body="본문입니다.")


@pytest.fixture
def project(site: SiteTest) -> SiteTest:
    """Give a project with one sound article."""
    return site.write("content/river.md", sound_article(1))


def test_a_build_sums_up_on_standard_output_and_ends_with_0(project: SiteTest) -> None:
    """Scripts read standard output and the status; people read the few lines."""
    outcome = run("--content", "content", "--output", "_site", cwd=project.folder)

    assert outcome.status == 0
    assert outcome.out.startswith("1 article, ")
    assert "1 searchable → _site/ (" in outcome.out
    assert outcome.err == ""
    assert (project.output / "search/pagefind.js").is_file()


def test_a_held_back_article_is_named_with_place_and_hint_and_ends_with_1(project: SiteTest) -> None:
    """The other articles are published; the broken one says what to do next."""
    project.write("content/broken.md", "---\ntitle: [속보] 제목\n---\n본문\n")

    outcome = run("--content", "content", "--output", "_site", "--no-search", cwd=project.folder)

    assert outcome.status == 1
    assert outcome.err.splitlines() == [
        "content/broken.md:2:13: error FM001 front matter cannot be read: did not find expected key",
        "  hint: try quoting the text on that line",
    ]
    assert "1 held back" in outcome.out


def test_every_bad_file_is_reported_in_one_run(project: SiteTest) -> None:
    """Mending one file a run would take a day."""
    project.write("content/a.md", "---\ntitle: 가\ntitle: 나\n---\n").write("content/b.md", "보도자료".encode("cp949"))

    outcome = run("--content", "content", "--output", "_site", "--no-search", cwd=project.folder)

    assert outcome.lines("error") == [
        'content/a.md:3:1: error FM003 key "title" is given twice (first on line 2)',
        "content/b.md:1:1: error FM005 not UTF-8 (byte 1)",
    ]
    assert outcome.lines("cp949|CP949") == ["  hint: it looks like CP949 (EUC-KR); save it as UTF-8"]


def test_korean_is_spoken_where_korean_is_asked_for(project: SiteTest) -> None:
    """The user is Korean; messages are not to be translated in the head."""
    project.write("content/broken.md", "---\ntitle: 가\n\n본문\n")

    outcome = run("--content", "content", "--output", "_site", cwd=project.folder, environment={"SITEGEN_LANG": "ko"})

    assert outcome.err.splitlines() == [
        "content/broken.md:1:1: error FM002 글 머리가 닫히지 않았습니다: 닫는 --- 줄이 없습니다",
        "  도움말: 글 머리 끝에 --- 한 줄을 넣어 주세요",
    ]
    assert outcome.out.startswith("글 1건, 화면 ")


def test_an_unknown_setting_names_its_line_and_the_nearest_name(project: SiteTest) -> None:
    """A typo in the settings is never ignored."""
    project.write("content/site.toml", '[site]\ntitle = "가"\nlangauge = "en"\n')

    outcome = run("--content", "content", "--output", "_site", cwd=project.folder)

    assert outcome.status == 2
    assert outcome.err.splitlines() == [
        'content/site.toml:3:1: error CONF001 unknown setting "langauge"',
        '  hint: did you mean "language"?',
    ]
    assert not project.output.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--content", "nowhere"), "nowhere: error USE001 there is no such content folder"),
        (("--content", "content", "--output", "content/_site"), "content/_site: error USE003 "),
        (("--content", "content", "--base-url", "name.example"), "--base-url: error USE005 cannot be name.example"),
        (("--content", "content", "--now", "someday"), "--now: error USE005 not a time: someday"),
        (("--content", "content", "--now", "0001-01-01"), "--now: error USE005 not a time: 0001-01-01"),
        (("--content", "content", "--templates", "none"), "--templates: error USE005 there is no such folder: none"),
        (("--content", "content", "--jobs", "-1"), "--jobs: error USE005 cannot be less than 0"),
        (("--contnet", "content"), "--contnet: error USE005 there is no such option"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(project: SiteTest, arguments: tuple[str, ...], said: str) -> None:
    """Nothing is built from a call that was not understood."""
    outcome = run(*arguments, cwd=project.folder)

    assert outcome.status == 2
    assert said in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("name", ["static", "templates"])
def test_a_folder_of_the_sites_own_is_no_output(site: SiteTest, name: str) -> None:
    """Not even one that is still to come: the next build would read it, and refuse."""
    site.article("river")

    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "--output", name, "--no-search"],
        cwd=site.folder, env={**os.environ, "PYTHONPATH": str(ROOT), "SITEGEN_LANG": "en"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert f"--output: error USE005 is the site's folder of {name} files" in done.stderr
    assert not (site.folder / name).exists()


@pytest.mark.parametrize("output", [".", "../here", "../here/../here"])
@pytest.mark.parametrize("command", ["build", "clean", "serve"])
def test_the_folder_one_stands_in_is_left_alone(project: SiteTest, command: str, output: str) -> None:
    """It is made anew as a whole; who stood in it would go on in the old one, and build there."""
    here = project.folder / "here"
    here.mkdir()

    outcome = run(command, "--content", "../content", "--output", output, "--no-cache", cwd=here)

    assert outcome.status == 2
    assert [line.split()[2] for line in outcome.lines("error")] == ["USE009"]
    assert [path.name for path in project.folder.iterdir()].count("here") == 1


def test_a_site_is_built_beside_its_content_whatever_way_that_is_named(project: SiteTest) -> None:
    """What builds keep beside the output lies there, not in the current folder."""
    here = project.folder / "site" / "below"
    here.mkdir(parents=True)

    built = run("--content", "../../content", "--output", "..", "--no-search", "--no-cache", cwd=here)
    root = run("--content", "../../content", "--output", "/", cwd=here)

    assert (built.status, built.lines("USE002")) == (
        2,
        [f"{here.parent}: error USE002 this output folder was not made by sitegen and is left alone"],
    )
    assert (root.status, root.lines("error")) == (2, ["--output: error USE005 is the root of the file system: /"])


def test_check_looks_into_the_site_one_stands_in(project: SiteTest) -> None:
    """It changes nothing there."""
    run("--content", "content", "--output", "_site", "--no-search", "--no-cache", cwd=project.folder)

    outcome = run("check", "--content", "../content", "--output", ".", "--no-search", "--no-cache", cwd=project.output)

    assert (outcome.status, "checked" in outcome.out) == (0, True)


def test_a_time_without_a_zone_is_the_sites(project: SiteTest) -> None:
    """Who writes a day means the day there, as in the heads of articles."""
    zone = '[site]\ntimezone = "America/New_York"\n'
    project.write("content/site.toml", zone).article("day", date="2026-03-02").article("next", date="2026-03-03")
    flags = ("--content", "content", "--now", "2026-03-02", "--no-cache")

    listed = run("list", "future", *flags, cwd=project.folder)
    written = run("new", "글", *flags, cwd=project.folder)

    assert [row.split("\t")[1] for row in listed.out.splitlines()] == ["content/next.md"]
    assert "\ndate: 2026-03-02" in (project.folder / written.out.split()[-1]).read_text("utf-8")


def test_strict_changes_the_status_and_nothing_else(project: SiteTest) -> None:
    """CI may insist on no warnings without taking articles away from readers."""
    project.write("content/undated.md", sound_article(2).replace("date: 2026-03-02\n", ""))
    plain = run("--content", "content", "--output", "plain", "--no-search", cwd=project.folder)

    strict = run("--content", "content", "--output", "strict", "--no-search", "--strict", cwd=project.folder)

    assert (plain.status, strict.status) == (0, 1)
    assert tree(project.folder / "plain") == tree(project.folder / "strict")


def test_json_gives_one_object(project: SiteTest) -> None:
    """Other programs read counts and problems without parsing words."""
    project.write("content/undated.md", sound_article(2).replace("date: 2026-03-02\n", ""))

    outcome = run("--content", "content", "--output", "_site", "--no-search", "--json", cwd=project.folder)
    value = json.loads(outcome.out)

    assert outcome.err == ""
    assert value["counts"]["articles"] == 2
    assert [(problem["code"], problem["severity"], problem["line"]) for problem in value["problems"]] == [
        ("DATE001", "warning", 1)
    ]


def test_many_warnings_of_one_kind_are_one_line(project: SiteTest) -> None:
    """A thousand equal lines hide the one that matters; -v lists them."""
    for number in range(2, 8):
        project.write(f"content/{number}.md", sound_article(number).replace("date: 2026-03-02\n", ""))

    folded = run("--content", "content", "--output", "_site", "--no-search", cwd=project.folder)
    listed = run("--content", "content", "--output", "_site", "--no-search", "-v", cwd=project.folder)

    assert folded.lines("DATE001") == ["content/2.md:1:1: warning DATE001 no date (and 5 more; -v lists them all)"]
    assert len(listed.lines("DATE001")) == 6


def test_list_shows_what_is_left_out(project: SiteTest) -> None:
    """Drafts, embargoed and held-back articles are not forgotten because they are not seen."""
    project.write("content/draft.md", sound_article(2, "초안").replace("---\n\n", "draft: true\n---\n\n"))
    project.write("content/early.md", sound_article(3, "나중").replace("2026-03-02", "2099-01-01"))
    project.write("content/bad.md", "---\ntitle: 나쁨\n---\n")

    everything = run("list", "--content", "content", cwd=project.folder)
    held = run("list", "held", "--content", "content", "--json", cwd=project.folder)

    assert everything.out.splitlines() == [
        "held back\tcontent/bad.md\t나쁨",
        "draft\tcontent/draft.md\t초안 2",
        "future\tcontent/early.md\t나중 3",
    ]
    assert [article["path"] for article in json.loads(held.out)["articles"]] == ["content/bad.md"]


def test_list_shows_the_article_whose_address_another_has(project: SiteTest) -> None:
    """A build counts it among those held back; a list that left it out would not add up."""
    for number, name in enumerate(("one", "two"), 2):
        project.write(f"content/{name}.md", sound_article(number, "같은").replace("---\n\n", "slug: same\n---\n\n"))

    held = json.loads(run("list", "held", "--content", "content", "--json", cwd=project.folder).out)

    assert [article["path"] for article in held["articles"]] == ["content/two.md"]
    assert [problem["code"] for problem in held["problems"] if problem["code"] == "URL001"] == ["URL001"]


def test_the_schema_is_printed_for_editors() -> None:
    """Editors complete and check site.toml by it."""
    schema = json.loads(run("list", "--schema").out)

    assert set(schema["properties"]) == {"site", "nav", "sources", "agencies", "policy", "cleaning", "search", "theme"}
    assert schema["properties"]["site"]["properties"]["language"]["enum"] == ["ko", "en"]


def test_new_writes_a_draft_that_the_build_reads(project: SiteTest) -> None:
    """The first step of an editor's day must not end in an error."""
    outcome = run("new", "한강 수질 발표", "--content", "content", "--now", "2026-05-04", cwd=project.folder)
    path = project.folder / "content/articles/2026/05/한강-수질-발표.md"
    again = run("new", "한강 수질 발표", "--content", "content", "--now", "2026-05-04", cwd=project.folder)
    listed = run("list", "drafts", "--content", "content", cwd=project.folder)

    assert outcome.status == 0
    assert path.is_file()
    assert again.status == 2
    assert listed.out == "draft\tcontent/articles/2026/05/한강-수질-발표.md\t한강 수질 발표\n"


def test_a_language_there_is_not_is_told(project: SiteTest) -> None:
    """A slip in the variable would else be English in silence."""
    asked = ("list", "held", "--content", "content")
    refused = run(*asked, cwd=project.folder, environment={"SITEGEN_LANG": "fr"})
    korean = run(*asked, cwd=project.folder, environment={"SITEGEN_LANG": "ko_KR.UTF-8"})

    assert refused.status == 2
    assert "SITEGEN_LANG: error USE005 there is no such language: fr" in refused.err
    assert (korean.status, korean.out) == (0, "그런 글이 없습니다\n")


def test_help_teaches(project: SiteTest) -> None:
    """The commands and exit statuses are found without leaving the terminal."""
    english, korean = run("--help"), run("--help", environment={"SITEGEN_LANG": "ko"})
    build = run("build", "--help")

    for command in ("build", "serve", "new", "list", "clean"):
        assert command in english.out
    assert "exit status: 0 fine" in english.out
    assert "끝나는 값: 0 이상 없음" in korean.out
    assert not {"usage:", "options:", "positional", "show"} & set(korean.out.split())
    for flag in ("--base-url", "--drafts", "--future", "--no-search", "--jobs", "--strict", "--json", "--cache"):
        assert flag in build.out
    assert project.folder.exists()


@pytest.mark.parametrize(
    ("arguments", "ko", "en", "hint"),
    [
        ("frob", "frob: error USE005 그런 명령은 없습니다", "frob: error USE005 there is no such command", "--help"),
        ("biuld --drafts", "biuld: error USE005 그런 명령은 없습니다", "there is no such command", "build"),
        ("--contnt x", "--contnt: error USE005 그런 옵션은 없습니다", "there is no such option", "--content"),
        ("serve --no-serch=1", "--no-serch: error USE005", "--no-serch: error USE005", "--no-search"),
        ("-q build", "build: error USE005 명령은 옵션보다 먼저", "the command comes before the options", "build -q"),
        ("build x", "여기에 쓸 수 없는 말입니다", "does not belong here", "--help"),
        ("--jobs x", "--jobs: error USE005 수가 아닙니다: x", "--jobs: error USE005 not a number: x", "--jobs N"),
        ("check --sarif", "--sarif: error USE005 값이 빠졌습니다", "needs a value", "--sarif FILE"),
        ("--drafts=1", "--drafts: error USE005 값을 받지 않습니다: 1", "takes no value: 1", "--drafts"),
        (
            "list nonsense",
            "nonsense: error USE005 쓸 수 없는 값입니다: nonsense",
            "cannot be nonsense",
            "all, drafts, future, held, waived",
        ),
        ("takedown", "PATH|URL, --reason: error USE005 빠졌습니다", "is missing", "takedown PATH|URL --reason TEXT"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_told_in_the_readers_language(
    arguments: str, ko: str, en: str, hint: str, tmp_path: Path
) -> None:
    """Where it is wrong, what is wrong and how it would be right; nothing is built."""
    korean = run(*arguments.split(), cwd=tmp_path, environment={"SITEGEN_LANG": "ko"})
    english = run(*arguments.split(), cwd=tmp_path, environment={"SITEGEN_LANG": "en"})

    assert (korean.status, english.status) == (2, 2)
    assert ko in korean.err
    assert en in english.err
    assert all(hint in outcome.err.splitlines()[-1] for outcome in (korean, english))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """A rebuild that changes nothing must not change a byte: other folder, zone, locale, hash seed, order, workers."""
    first, second = tmp_path / "a", tmp_path / "deeper/b"
    shutil.copytree(ROOT / "content", first / "content")
    second.mkdir(parents=True)
    for path in sorted((ROOT / "content").rglob("*"), reverse=True):
        if path.is_file():
            target = second / "content" / path.relative_to(ROOT / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    flags = ("--content", "content", "--output", "_site", "--now", "2026-11-22")

    one = run(*flags, cwd=first, environment={"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"})
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # so names of files would be
    elsewhere = {"TZ": "America/Lima", "PYTHONHASHSEED": "2", **ascii_only}
    other = run(*flags, "--jobs", "2", cwd=second, environment=elsewhere)

    assert one.status == other.status in (0, 1)  # an owner's article may be held back
    assert tree(first / "_site") == tree(second / "_site")


def test_a_missing_indexer_ends_with_3_and_keeps_the_site(project: SiteTest) -> None:
    """A broken install must not publish a site whose search is gone. Pagefind indexes what is not Korean."""
    project.write("content/english.md", sound_article(3).replace("\n---\n", "\nlang: en\n---\n", 1))
    run("--content", "content", "--output", "_site", cwd=project.folder)
    before = tree(project.output)
    project.write("content/river.md", sound_article(1).replace("본문입니다", "다른 본문입니다"))
    project.write("hidden/pagefind_bin/__init__.py", "raise ImportError('gone')\n")
    paths = os.pathsep.join((str(project.folder / "hidden"), os.environ.get("PYTHONPATH", "")))

    outcome = run("--content", "content", "--output", "_site", cwd=project.folder, environment={"PYTHONPATH": paths})

    assert outcome.status == 3
    assert "error TOOL002 cannot run Pagefind: the package pagefind_bin is not installed" in outcome.err
    assert tree(project.output) == before


def test_a_build_with_nothing_to_do_says_so_and_loads_nothing(project: SiteTest) -> None:
    """Ten thousand articles that nobody touched must cost a blink, and any touch must be noticed."""
    flags = ("--content", "content", "--output", "_site", "--cache", "cache", "--no-search")
    own = {"SITEGEN_LANG": "en"}
    edits = {
        "article": lambda: project.write("content/river.md", sound_article(1).replace("본문입니다", "다른 본문입니다")),
        "new article": lambda: project.write("content/lake.md", sound_article(2)),
        "settings": lambda: project.write("content/site.toml", '[site]\ntitle = "다른 이름"\n'),
        "page in the output": lambda: (project.output / "index.html").write_text("남의 손"),
        "file in the output": lambda: (project.output / "more.html").write_text("남의 손"),
        "language": lambda: own.update(SITEGEN_LANG="ko"),
        "address": lambda: own.update(SITEGEN_BASE_URL="https://name.example/repo/"),
    }
    age(project.folder / "content")
    run(*flags, cwd=project.folder, environment=own)

    unnoticed, unsaid = [], []
    for name, edit in edits.items():
        again = run(*flags, cwd=project.folder, environment=own)
        if "nothing has changed: " not in again.out and "바뀐 것이 없습니다" not in again.out:
            unsaid.append(name)
        edit()
        time.sleep(2.1)  # what was changed within a tick of the disk's clock is read again anyway
        outcome = run(*flags, cwd=project.folder, environment=own)
        if "nothing has changed" in outcome.out or "바뀐 것이 없습니다" in outcome.out or outcome.status:
            unnoticed.append(name)

    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", str(ROOT / "build.py"), *flags],
        cwd=project.folder, env={**os.environ, **own}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (unnoticed, unsaid) == ([], [])
    assert "남의 손" not in project.page("/").html
    assert not (project.output / "more.html").exists()
    modules = {line.rpartition("|")[2].strip() for line in loaded.stderr.splitlines() if line.startswith("import time")}
    assert {name for name in modules if name.startswith("sitegen.")} == {
        "sitegen.start", "sitegen.runtime", "sitegen.runtime.note", "sitegen.runtime.stamps",
    }  # fmt: skip


def test_a_folder_that_is_led_elsewhere_is_another(site: SiteTest) -> None:
    """Releases are put in place by a link; the old one stays as it was, and so must say nothing of the new one."""
    for number in (1, 2):
        site.write(f"r{number}/river.md", sound_article(number)).write(f"out{number}/.sitegen", "")
        site.write(f"t{number}/words/ko.toml", f'skip = "본문으로 {number}"\n')
    (site.folder / "content").rmdir()
    places = {"content": "r", "_site": "out", "templates": "t"}
    for name, target in places.items():
        (site.folder / name).symlink_to(f"{target}1")
    age(site.folder)
    command = [sys.executable, "-m", "sitegen", "--no-search"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SITEGEN_LANG": "en"}

    def built() -> str:
        return subprocess.check_output(command, cwd=site.folder, env=environment, text=True)

    built()
    said = [built()]
    for name, target in places.items():
        (site.folder / name).unlink()
        (site.folder / name).symlink_to(f"{target}2")
        said += [built(), built()]
    (site.folder / "_site").unlink()
    said += [built(), built()]

    assert ["nothing has changed" in one for one in said] == [True, *(False, True) * 4]
    assert tree(site.folder / "_site") == tree(site.folder / "out2")
    assert "id=2" in (site.folder / "_site/2026/03/river/index.html").read_text("utf-8")


def test_a_first_folder_of_ones_own_is_noticed(site: SiteTest) -> None:
    """A site begins with `content/` alone: its first picture and its first template come after its first build."""
    site.article("river")
    command = [sys.executable, "-m", "sitegen", "--no-search"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SITEGEN_LANG": "en"}
    age(site.folder / "content")

    said = []
    for path in ("", "static/CNAME", "templates/words/ko.toml"):
        if path:
            site.write(path, 'menu_latest = "갈래"\n')
        done = [
            subprocess.run(command, cwd=site.folder, env=environment, capture_output=True, text=True, check=True).stdout
            for _ in range(2)
        ]
        said.append("nothing has changed" in done[0])

    assert said == [False, False, False]
    assert (site.output / "CNAME").is_file()
    assert "갈래" in site.page("/2026/03/river/").html


def test_a_folder_beside_build_py_is_noticed_from_anywhere(site: SiteTest) -> None:
    """A scheduler calls build.py by its whole path: the site's own folders lie beside it, not where it is called from."""
    site.article("river").write("build.py", (ROOT / "build.py").read_text("utf-8"))
    (site.folder / "elsewhere").mkdir()
    command = [sys.executable, str(site.folder / "build.py"), "--no-search"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SITEGEN_LANG": "en"}
    age(site.folder / "content")

    said = []
    for path in ("", "static/CNAME"):
        if path:
            site.write(path, "mirror.example\n")
        for _ in range(2):
            done = subprocess.run(
                command, cwd=site.folder / "elsewhere", env=environment, capture_output=True, text=True, check=True
            )
            said.append("nothing has changed" in done.stdout)

    assert said == [False, True, False, True]  # the last: too soon for its stamp to tell, but its bytes were read
    assert (site.output / "CNAME").is_file()


def test_a_second_copy_of_the_generator_is_asked_for_itself(project: SiteTest) -> None:
    """An upgrade tried beside the old one, with the same cache: what the other copy saw says nothing of this one's theme."""
    for name in ("old", "new"):
        for part in ("sitegen", "templates", "static"):
            shutil.copytree(ROOT / part, project.folder / name / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "build.py", project.folder / name)
    words = (ROOT / "templates/words/ko.toml").read_text("utf-8")
    project.write("new/templates/words/ko.toml", words.replace("출처와 이용조건", "새 이용조건"))
    age(project.folder)

    for name in ("old", "new"):
        subprocess.run(
            [
                sys.executable,
                f"{name}/build.py",
                "--content",
                "content",
                "--output",
                "_site",
                "--cache",
                "c",
                "--no-search",
            ],
            cwd=project.folder,
            check=True,
        )

    assert "새 이용조건" in project.page("/2026/03/river/").html


def test_files_with_new_times_and_the_same_bytes_are_nothing_to_do(project: SiteTest) -> None:
    """A fresh checkout, a branch and back: what decides is what the files say. An edit is seen whatever its times."""
    flags = ("--content", "content", "--output", "_site", "--cache", "cache", "--no-search")
    content, aside = project.folder / "content", project.folder / "aside"
    project.write("templates/words/ko.toml", 'home = "처음으로"\n').write("content/site.toml", "")
    age(project.folder)
    first = run(*flags, cwd=project.folder).out

    content.rename(aside)
    shutil.copytree(aside, content)
    after_checkout = run(*flags, cwd=project.folder).out
    for path in (*content.rglob("*"), *project.folder.glob("templates/**/*")):
        path.touch()
    after_touch = run(*flags, cwd=project.folder).out
    river = content / "river.md"
    times = river.stat()
    river.write_text(river.read_text("utf-8").replace("본문입니다", "본분입니다"), "utf-8")
    os.utime(river, ns=(times.st_atime_ns, times.st_mtime_ns))
    after_edit = run(*flags, cwd=project.folder).out

    said = ["nothing has changed" in out for out in (first, after_checkout, after_touch, after_edit)]
    assert said == [False, True, True, False]
    assert "본분입니다" in project.page("/2026/03/river/").html


def test_a_day_still_to_come_is_warned_of_until_it_has_come(site: SiteTest) -> None:
    """A slip in a year would lead the list of changes for years. What was remembered of an article knows no clock."""
    site.article("river", more="corrections: [{date: 2026-12-01, text: 고침}]\nupdated: 2026-11-20\n")
    flags = ("--content", "content", "--output", "_site", "--cache", "cache", "--no-search")

    runs = [run(*flags, "--now", day, cwd=site.folder) for day in ("2026-11-22", "2026-11-22", "2026-12-02")]

    said = "content/river.md:9:1: warning DATE004 corrections: 2026-12-01 is still to come"
    assert [outcome.lines("DATE004") for outcome in runs] == [[said], [said], []]


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(project: SiteTest) -> None:
    """A full or closed disk under the cache must not keep a site from being built."""
    flags = ("--content", "content", "--no-search", "--now", "2026-11-22")
    project.write("closed", "a file where the folder would be")

    outcome = run(*flags, "--output", "_site", "--cache", "closed", cwd=project.folder)
    run(*flags, "--output", "clean", "--no-cache", cwd=project.folder)

    assert (outcome.status, outcome.err) == (0, "")
    assert tree(project.output) == tree(project.folder / "clean")
    assert (project.folder / "closed").is_file()


def test_notes_of_many_commands_do_not_fill_the_disk(project: SiteTest) -> None:
    """A nightly job with `--now` asks something new each time."""
    age(project.folder / "content")
    flags = ("--content", "content", "--output", "_site", "--cache", "cache", "--no-search")

    for day in range(1, 11):
        run(*flags, "--now", f"2026-11-{day:02}", cwd=project.folder)

    assert 1 <= len(list((project.folder / "cache").glob("*.note"))) <= 8


def age(folder: Path) -> None:
    """Wait until every file below a folder is older than the coarsest clock of a disk."""
    newest = max(path.stat().st_ctime for path in folder.rglob("*"))
    time.sleep(max(0.0, newest + 2.1 - time.time()))


def test_a_profile_tells_where_the_time_went(project: SiteTest) -> None:
    """Who makes a theme or a rule slower must see it."""
    flags = ("--content", "content", "--output", "_site", "--cache", "cache", "--no-search")

    shown = run(*flags, "--profile", cwd=project.folder)
    written = run(*flags, "--no-cache", "--profile=trace.json", cwd=project.folder)
    refused = run(*flags, "--no-cache", "--profile=nowhere/trace.json", cwd=project.folder)

    assert (shown.status, written.status, refused.status) == (0, 0, 2)
    assert "--profile: error USE005 nowhere/trace.json: No such file or directory" in refused.err
    assert "→" not in refused.out
    for name in ("read", "render", "publish", "clean", "gate", "promo", "article.html", "article.json"):
        assert shown.lines(rf"^  {name} +[\d,]+ +[\d.]+ +[\d,]+ +[\d.]+$"), name
    events = json.loads((project.folder / "trace.json").read_text("utf-8"))["traceEvents"]
    assert {event["cat"] for event in events} == {"stage", "step", "rule", "template"}
    assert all(event["ph"] == "X" and event["dur"] >= 0 for event in events)


def test_what_is_remembered_changes_no_byte(project: SiteTest) -> None:
    """A build from memory must equal one from nothing, after any edit, setting or damage."""
    flags = ("--content", "content", "--no-search", "--now", "2026-11-22")
    warm, cold = ("--output", "warm", "--cache", "memo"), ("--output", "cold", "--no-cache")
    edits = {
        "nothing": lambda: None,
        "body": lambda: project.write("content/river.md", sound_article(1).replace("본문입니다", "다른 본문입니다")),
        "setting": lambda: project.write("content/site.toml", '[cleaning]\ndisable = ["promo"]\n'),
        "damage": lambda: [path.write_bytes(b"not a memo") for path in (project.folder / "memo").glob("*.sqlite")],
        "again": lambda: project.write("content/lake.md", sound_article(2)),
        "deleted": (project.folder / "content/lake.md").unlink,
    }

    differing = []
    for name, edit in edits.items():
        edit()
        outcomes = [run(*flags, *way, cwd=project.folder) for way in (warm, cold)]
        assert [outcome.status for outcome in outcomes] == [0, 0]
        if tree(project.folder / "warm") != tree(project.folder / "cold"):
            differing.append(name)

    assert differing == []
    assert list((project.folder / "memo").glob("*.sqlite"))
    assert not (project.folder / ".cache").exists()


def remembered(project: SiteTest) -> set[tuple[str | bytes, bytes]]:
    """Return what the memory of a project holds."""
    (path,) = (project.folder / "memo").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as memory:
        return {*memory.execute("SELECT * FROM part"), *memory.execute("SELECT * FROM entry")}


@pytest.mark.parametrize(
    "command", ["list drafts --drafts", "list held --base-url https://a.example/", "check --future"]
)
def test_who_only_looks_takes_nothing_from_the_memory(project: SiteTest, command: str) -> None:
    """A build may be at work beside it, whose pages are made of what it has remembered."""
    flags = ("--content", "content", "--output", "_site", "--cache", "memo")
    run(*flags, "--no-search", cwd=project.folder)
    before = remembered(project)

    run(*command.split(), *flags, cwd=project.folder)

    assert before
    assert before <= remembered(project)


def test_an_entry_that_is_gone_is_made_of_the_same_file_or_not_at_all(project: SiteTest) -> None:
    """Bytes of another text under the name of this one would stay for good."""
    config = project.config()
    with Memory(project.folder / "memo.sqlite") as memory, closing_views():
        executor, path = SerialExecutor(), project.folder / "content/river.md"
        content, _ = read_content(config, Look(), static={}, memory=memory, executor=executor, progress=lambda *_: None)
        (face,) = content.faces(Fate.PUBLISHED)
        kept = content.entries(face)
        memory.keep_only(set())

        assert content.entries(face) == kept
        path.write_text(sound_article(1).replace("본문", "딴글"), "utf-8")
        with pytest.raises(ToolError, match="TOOL005"):
            content.entries(face)


def test_a_clock_that_is_set_back_is_believed(project: SiteTest) -> None:
    """What was said of an article on a later day is not true of an earlier one."""
    project.write(
        "content/mended.md",
        sound_article(1).replace("---\n", "---\ncorrections: [{date: 2027-01-03, text: 고침}]\n", 1),
    )
    flags = ("--content", "content", "--output", "_site", "--cache", "cache", "--no-search")

    later = run(*flags, "--now", "2027-03-01", cwd=project.folder)
    earlier = run(*flags, "--now", "2026-11-22", cwd=project.folder)

    assert "DATE004" not in later.err
    assert "DATE004" in earlier.err


def test_a_theme_without_its_search_is_told_and_not_a_fault_of_ours(project: SiteTest) -> None:
    """A file of the theme that went, if only for a moment, must not end a preview."""
    for folder in ("templates", "static"):
        shutil.copytree(ROOT / folder, project.folder / folder)
    code = project.folder / "code"
    shutil.copytree(ROOT / "sitegen", code / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", code)
    for folder in ("templates", "static"):
        shutil.move(project.folder / folder, code / folder)
    (code / "static/js/search/pagefind.js").unlink()
    flags = ("--content", "content", "--output", "_site", "--cache", "cache")

    done = subprocess.run(
        [sys.executable, str(code / "build.py"), *flags],
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "static: error FILE006 a file of the theme is not there: js/search/pagefind.js" in done.stderr.replace(
        ":1:1", ""
    )
