"""How the command line speaks: errors with their places, many of one kind as a few, nothing twice."""

import json

import pytest

from sitegen.cli import main
from sitegen.errors import ConfigError, ContentError, SitegenError, TemplateError, ToolError, UsageError
from sitegen.model import BuildResult, WriteResult
from sitegen.phrases import language_of_environment, say
from sitegen.problems import Problem, Severity, Where
from sitegen.terminal import Terminal


def problem(code="DATE001", severity=Severity.WARNING, path="a.md", **details):
    """Return a problem."""
    return Problem(code=code, severity=severity, where=Where(path=path, line=2), details=tuple(details.items()))


def result(problems, **counts):
    """Return what a build did."""
    plain = {"articles": 1200, "held_back": 0, "left_out": 0, "pages": 1500, "indexed": 1200}
    return BuildResult(**{**plain, **counts}, problems=tuple(problems), write=WriteResult(written=9, deleted=1))


def many(count, **fields):
    """Return that many problems, each in a file of its own."""
    return [problem(path=f"{number}.md", **fields) for number in range(count)]


def test_a_few_warnings_are_told_one_by_one(capsys):
    """Three are read; each has its place and its hint."""
    problems = many(3)

    Terminal(language="en").problems(problems)

    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "DATE001" in line] == [
        f"{number}.md:2:1: warning DATE001 no date" for number in range(3)
    ]
    assert sum(line.startswith("  hint: ") for line in lines) == 3


def test_many_of_one_warning_are_one_line_with_their_number(capsys):
    """Five thousand lines hide the one that matters."""
    problems = [*many(5000), problem("LIC001", path="z.md")]

    Terminal(language="en").problems(problems)

    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "0.md:2:1: warning DATE001 no date (and 4,999 more; -v lists them all)"
    assert "z.md:2:1: warning LIC001 the licence is not established" in lines
    assert lines[1].startswith("  hint: write date:")
    assert len(lines) == 4


def test_an_error_that_every_article_shares_is_told_twenty_times(capsys):
    """A folder without its rule is mended once; five thousand lines hide the errors of other kinds."""
    problems = [*many(5809, severity=Severity.ERROR), problem("LIC001", Severity.ERROR, path="z.md")]

    Terminal(language="en").problems(problems)

    lines = capsys.readouterr().err.splitlines()
    assert lines[:20] == [f"{number}.md:2:1: error DATE001 no date" for number in range(20)]
    assert lines[20] == "error DATE001: 5,789 more like these; -v or --json lists them all"
    assert lines[21].startswith("  hint: write date:")
    assert lines[22] == "z.md:2:1: error LIC001 the licence is not established"
    assert len(lines) == 24


def test_errors_that_quote_other_lines_are_of_one_kind(capsys):
    """A blog that signs each post in other words is one cause, with `[policy] SRC009 = "error"`, too."""
    signed = [problem("SRC009", Severity.ERROR, path=f"{n}.md", match=f"출처: 나루 블로그 {n}") for n in range(500)]

    Terminal(language="en").problems(signed)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 22
    assert lines[19].startswith(
        "19.md:2:1: error SRC009 a line that was removed as promotion names a source: 출처: 나루"
    )
    assert lines[20] == "error SRC009: 480 more like these; -v or --json lists them all"


def test_errors_in_other_words_are_told_however_many(capsys):
    """Each has something else to mend; and so have as many as one reads."""
    differing = [problem("LIC002", Severity.ERROR, id=f"KOGL-{number}", known="") for number in range(50)]

    Terminal(language="en").problems([*differing, *many(20, severity=Severity.ERROR)])

    lines = capsys.readouterr().err.splitlines()
    assert sum("error LIC002" in line for line in lines) == 50
    assert sum("error DATE001" in line for line in lines) == 20
    assert sum(line.startswith("  hint: write date:") for line in lines) == 20


def test_errors_and_warnings_of_one_code_are_two_kinds(capsys):
    """What holds an article back is not among what does not."""
    problems = [*many(30), *many(30, severity=Severity.ERROR)]

    Terminal(language="en").problems(problems)

    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "0.md:2:1: warning DATE001 no date (and 29 more; -v lists them all)"
    assert "error DATE001: 10 more like these; -v or --json lists them all" in lines


def test_verbose_tells_everything_and_otherwise_notes_stay_silent(capsys):
    """A note has nothing to mend."""
    problems = [*many(5), *many(2, code="DATE002", severity=Severity.NOTE, when="가", now="나")]

    Terminal(language="ko", verbose=True).problems(problems)
    loud = capsys.readouterr().err
    Terminal(language="ko").problems(problems)
    usual = capsys.readouterr().err

    assert (loud.count("DATE001"), loud.count("DATE002")) == (5, 2)
    assert (usual.count("DATE001"), usual.count("DATE002")) == (1, 0)


def test_a_build_is_summed_up_on_standard_output(capsys, config_of, tmp_path):
    """Problems go to one stream and the result to the other, so that scripts can read it."""
    built = result(many(4), held_back=2, left_out=1)

    Terminal(language="ko").report(built, config_of(), seconds=1.25)

    out = capsys.readouterr().out
    assert f"글 1,200건, 화면 1,500쪽, 검색 1,200건 → {tmp_path / '_site'}/ (1.2초)" in out
    assert "실리지 못한 글 2건" in out
    assert "경고 4건: DATE001 4" in out


def test_quiet_says_problems_only(capsys, config_of):
    """A scheduled job mails what is printed."""
    built = result(many(1))

    Terminal(language="en", quiet=True).report(built, config_of(), seconds=1)

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "DATE001" in captured.err


def test_json_is_one_object_with_every_problem(capsys, config_of):
    """Programs count; nothing is folded for them."""
    built = result(many(20))

    Terminal(language="en", as_json=True).report(built, config_of(), seconds=1)

    captured = capsys.readouterr()
    value = json.loads(captured.out)
    assert captured.err == ""
    assert value["counts"]["articles"] == 1200
    assert len(value["problems"]) == 20
    assert value["problems"][0] == {
        "code": "DATE001",
        "severity": "warning",
        "path": "0.md",
        "line": 2,
        "column": 0,
        "message": "no date",
        "hint": "write date: 2024-08-08 in the front matter, or begin the file name with the date",
    }


def test_what_stops_a_command_is_told_like_any_problem(capsys):
    """One form for everything that needs a person."""
    error = UsageError(Problem(code="USE001", severity=Severity.ERROR, where=Where(path="content")))

    Terminal(language="en").stop(error)

    assert capsys.readouterr().err.startswith("content: error USE001 there is no such content folder\n  hint: ")


def test_an_empty_list_says_so(capsys):
    """Silence could be a failure."""
    rows = []

    Terminal(language="en").listing(rows, [], "list_nothing")

    assert capsys.readouterr().out == "nothing is left out\n"


def test_a_list_is_one_line_an_article(capsys):
    """Tabs let people sort and cut."""
    rows = [("draft", "a.md", "글"), ("held", "b.md", "")]

    Terminal(language="ko").listing(rows, [], "list_nothing")

    assert capsys.readouterr().out == "초안\ta.md\t글\n보류\tb.md\t\n"


def test_a_name_acts_on_no_terminal(capsys):
    """The name of a file that somebody sent must not clear the screen, nor be a line of its own in a log."""
    rows = [("draft", "a\n::error::b.md", "\x1b[2J글")]

    Terminal(language="en").listing(rows, [], "list_nothing")

    assert capsys.readouterr().out == "draft\ta\\n::error::b.md\t\\x1b[2J글\n"
    assert say("en", "takedown_done", path="\x1b[31ma.md") == r"now a notice: \x1b[31ma.md"


def test_without_a_terminal_a_long_stage_says_its_quarters(capsys):
    """A log of a deploy must show that it is alive, in four lines and not four thousand."""
    terminal = Terminal(language="en")

    with terminal.progress() as progress:
        for done in range(1, 4001):
            progress("read", done, 4000)
        progress("index", 1, 1)

    lines = capsys.readouterr().err.splitlines()
    assert lines == ["reading 1,000/4,000", "reading 2,000/4,000", "reading 3,000/4,000", "reading 4,000/4,000"]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "SITEGEN_LANG": "en"}, "en"),
        ({"SITEGEN_LANG": "KO"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "", "LC_MESSAGES": "ko"}, "ko"),
    ],
)
def test_the_language_is_the_user_s(environment, language):
    """A Korean writer must not have to set anything."""
    given = environment

    found = language_of_environment(given)

    assert found == language


@pytest.mark.parametrize(
    ("kind", "status"), [(UsageError, 2), (ConfigError, 2), (TemplateError, 2), (ContentError, 1), (ToolError, 3)]
)
def test_every_way_to_stop_has_its_exit_status(kind, status):
    """Scripts decide by the number: mend the content, the settings or the machine."""
    error = kind(problem())

    code = error.exit_status

    assert code == status
    assert isinstance(error, SitegenError)
    assert str(error).startswith("a.md:2:1: warning DATE001 no date")


def broken(_options, _terminal):
    """Be a command with a fault of ours in it."""
    raise KeyError("lost")


def test_a_fault_of_ours_ends_with_3_and_one_line(capsys, monkeypatch):
    """A workflow publishes on 1: a crash must never look like a held-back article."""
    monkeypatch.setenv("SITEGEN_LANG", "en")

    status = main(["build"], {"build": broken})

    told = capsys.readouterr().err.splitlines()
    assert status == 3
    assert told[0] == "sitegen: bug BUG001 a fault of sitegen: KeyError: 'lost'"
    assert "-v" in told[1]
    assert len(told) == 2


def test_a_fault_of_ours_is_told_whole_when_asked(capsys, monkeypatch):
    """Whoever reports it needs the place; a workflow that asks for more words is told the same status."""
    monkeypatch.setenv("SITEGEN_LANG", "en")

    status = main(["build", "-v"], {"build": broken})

    told = capsys.readouterr().err
    assert status == 3
    assert "Traceback (most recent call last):" in told
    assert f'File "{__file__}", line' in told
    assert "sitegen: bug BUG001 a fault of sitegen: KeyError: 'lost'" in told
