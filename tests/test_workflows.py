"""What the workflows' steps do, run as GitHub runs them: a shell, their script, a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from sitegen.new import IMPORT_WORKFLOW
from tests.conftest import ROOT, SiteTest
from tests.test_fetch import KEY, Service, answer_of, error_of, item_of, service  # noqa: F401  a fixture

PAGES = ROOT / ".github/workflows/pages.yml"
COPIED = ("build.py", "sitegen", "templates", "static", ".ci/annotations.py")
GH = '#!/bin/sh\necho "$@" >> gh.txt\n'  # GitHub's own command, which only notes what it is asked
Step = Callable[..., tuple[int, str, dict[str, str]]]

pytestmark = pytest.mark.skipif(
    not (sys.platform == "linux" and shutil.which("bash") and shutil.which("git")), reason="GitHub's machine is a Linux"
)


def script_of(workflow: Path, name: str) -> str:
    """Return the script of a step; fail where there is none of that name."""
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    (found,) = (step["run"] for job in jobs for step in job["steps"] if step.get("name") == name)
    return str(found)


@pytest.fixture
def step(site: SiteTest) -> Step:
    """Give the function that runs a step in a copy of the repository: its status, what it says, its outputs."""
    for name in COPIED:
        target = site.folder / name
        target.parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target)
    tools = site.folder / "tools"
    tools.mkdir()
    (tools / "python").symlink_to(sys.executable)
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    output = site.folder / "outputs.txt"

    def run_step(workflow: Path, name: str, **environment: str) -> tuple[int, str, dict[str, str]]:
        output.write_text("")
        own = {
            "PATH": f"{Path(sys.executable).parent}:{tools}:{os.environ['PATH']}",
            "SITEGEN_LANG": "en",
            "GITHUB_OUTPUT": str(output),
            "RUNNER_TEMP": str(tools),
        }
        done = subprocess.run(
            ["bash", "-e", "-c", script_of(workflow, name)],
            cwd=site.folder, env={**os.environ, **own, **environment},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, outputs_in(output.read_text("utf-8"))

    return run_step


def outputs_in(text: str) -> dict[str, str]:
    """Return the outputs of a step, of one line or several."""
    found = re.findall(r"(?ms)^(\w+)(?:=(.*?)|<<(\w+)\n(.*?)\n\3)$", text)
    return {name: line or lines for name, line, _, lines in found}


def repository_at(folder: Path) -> Path:
    """Make a repository of a folder, which pushes to a bare one on this disk in GitHub's place; return that."""
    remote = folder / "remote.git"
    for command in (
        ["init", "-q", "-b", "main"],
        ["init", "-q", "--bare", "-b", "main", str(remote)],
        ["config", f"url.{remote}.insteadOf", "https://x-access-token:token@github.com/name/repo.git"],
        ["config", "user.name", "n"],
        ["config", "user.email", "n@example.org"],
        ["commit", "-q", "--allow-empty", "-m", "Begin"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return remote


def test_what_came_before_an_import_broke_off_is_published(step: Step, service: Service, site: SiteTest) -> None:  # noqa: F811
    """A service that fails in the middle of a week must not cost the days before, night after night."""
    remote = repository_at(site.folder)
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026")]))]
    service.answers["20261104"] = [(200, error_of("22", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR"))]
    asked = {"SITEGEN_DATA_GO_KR_KEY": KEY, "SITEGEN_DATA_GO_KR_URL": service.url, "SINCE": "2026-11-01"}
    clock = {"SOURCE_DATE_EPOCH": "1794063600"}  # 2026-11-07 in Seoul
    github = {"GH_TOKEN": "token", "REPOSITORY": "name/repo", "BRANCH": "main"}

    imported = step(IMPORT_WORKFLOW, "Import", **asked, **clock)
    checked = step(IMPORT_WORKFLOW, "Check", **clock)
    committed = step(IMPORT_WORKFLOW, "Commit and publish", **github)
    ended = step(IMPORT_WORKFLOW, "Not all has come")

    assert (imported[0], imported[2]) == (0, {"status": "3"}), imported[1]
    assert checked[0] == 0, checked[1]
    assert committed[0] == 0, committed[1]
    assert ended[0] == 1
    listed = subprocess.check_output(
        ["git", "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "main"], cwd=remote, text=True
    )
    assert re.search(r"(?m)^content/articles/2026/11/.*\.md$", listed)
    assert (site.folder / "gh.txt").read_text() == "workflow run pages.yml --ref main\n"


def test_an_import_that_cannot_begin_ends_at_once(step: Step, service: Service, site: SiteTest) -> None:  # noqa: F811
    """A key that is refused, and words that are no day, wherever they come from: no shell reads them."""
    asked = {"SITEGEN_DATA_GO_KR_KEY": KEY, "SITEGEN_DATA_GO_KR_URL": service.url}

    refused = step(IMPORT_WORKFLOW, "Import", **{**asked, "SITEGEN_DATA_GO_KR_KEY": "other"}, SINCE="")
    no_day = step(IMPORT_WORKFLOW, "Import", **asked, SINCE='$(touch here); "$(touch here)')

    assert [(status, outputs) for status, _, outputs in (refused, no_day)] == [(1, {"status": "2"})] * 2
    assert "not a day: $(touch here)" in no_day[1]
    assert not (site.folder / "here").exists()


def test_a_week_is_asked_for_where_nobody_names_a_day(step: Step, service: Service) -> None:  # noqa: F811
    """Each night looks back as far as an embargo or a correction may reach."""
    asked = {"SITEGEN_DATA_GO_KR_KEY": KEY, "SITEGEN_DATA_GO_KR_URL": service.url}

    status, said, outputs = step(IMPORT_WORKFLOW, "Import", **asked, SINCE="")

    assert (status, outputs) == (0, {"status": "0"}), said
    assert len(service.asked) == 3


@pytest.mark.parametrize(("event", "status"), [("push", 1), ("workflow_dispatch", 1), ("schedule", 0)])
def test_a_run_names_the_articles_it_holds_back(step: Step, site: SiteTest, event: str, status: int) -> None:
    """Whoever pushed them sees them at their lines; a night's run, which nobody began, is not red every night."""
    for number in range(12):
        site.write(f"content/{number:02}, 강물: 100%.md", "---\ntitle: 글\ndate: 2026-03-02\n---\n본문\n")
    site.article("river")

    built = step(PAGES, "Build", SITEGEN_BASE_URL="https://name.github.io/repo")
    named = step(PAGES, "Name what is held back", SITEGEN_BASE_URL="https://name.github.io/repo")
    ended = step(PAGES, "The site is published, but for these", ERRORS=named[2]["lines"], GITHUB_EVENT_NAME=event)

    assert (built[0], built[2]) == (0, {"status": "1"}), built[1]
    assert named[0] == 0, named[1]
    assert ended[0] == status
    lines = ended[1].splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("::error file=content/00%2C 강물%3A 100%25.md,line=1,title=SRC001::")
    assert lines[-1] == "::error::3 more: see the step Build"
    assert (site.output / "2026/03/river/index.html").is_file()
