"""How the command line speaks: problems and progress to standard error, results to standard output; Korean or English."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen import __version__
from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.importers.report import Report, counted
from sitegen.messages import hint_of, message_of, render
from sitegen.model import BuildResult
from sitegen.problems import Problem, Severity, sort_problems

MANY = 3  # the same warning on more files than this is one line with a count
REFRESH_SECONDS = 0.1
SHOWN_CHARS = 100  # of a captured line
PLAIN_STEP = 0.25  # without a terminal, say each quarter of a long stage
LONG_STAGE = 1000  # items above which a stage is worth a word without a terminal

WORDS: dict[str, dict[str, str]] = {
    "ko": {
        "help_description": "공공기관 보도자료를 출처와 이용조건을 밝혀 다시 싣는 정적 사이트를 만듭니다.",
        "help_epilog": (
            "예:\n"
            "  python build.py                     content/를 읽어 _site/를 만듭니다\n"
            "  python build.py serve               만들고 http://127.0.0.1:8000/ 에서 미리 봅니다\n"
            "  python build.py new '새 글 제목'    초안을 하나 만듭니다\n"
            "  python build.py list held           실리지 못한 글과 까닭을 보여 줍니다\n\n"
            "끝나는 값: 0 이상 없음, 1 실리지 못한 글이 있음, 2 쓰는 법이나 설정이 틀림, 3 도구나 프로그램의 잘못\n"
            "말: SITEGEN_LANG=ko|en (없으면 로캘)"
        ),
        "help_build": "사이트를 만듭니다 (명령을 적지 않으면 이것)",
        "help_serve": "만들고, 지켜보고, 고칠 때마다 브라우저를 새로 고칩니다",
        "help_new": "새 초안을 만듭니다",
        "help_import": "모아 둔 자료(보도자료 화면, API 답, 게시판)를 글 파일로 만듭니다",
        "flag_captures": "자료 파일, 폴더 또는 별표를 쓴 경로",
        "flag_to": "글을 둘 콘텐츠 폴더 (content/)",
        "flag_profile": "자료를 읽는 방식 (없으면 가장 확실한 것)",
        "flag_dry_run": "아무것도 쓰지 않고 무엇이 될지만 보입니다",
        "flag_check": "가져온 파일이 원본에서 다시 만든 것과 같은지 견줍니다",
        "import_checked": "가져온 파일 {n}개, 다른 것 {different}개, 원본 없는 것 {unknown}개",
        "flag_update": "읽는 방식이 새로워진 파일을 다시 씁니다",
        "flag_force": "사람이 고친 파일도 덮어씁니다",
        "flag_no_captures": "원본을 captures/에 남기지 않습니다",
        "stage_import": "가져오기",
        "import_line": "{path} → {file} ({action}, {profile} {confidence}: {counts})",
        "import_summary": "자료 {captures}개 → {counts} ({folder})",
        "import_dry": "쓰지 않았습니다 (--dry-run)",
        "import_refused": "가져오지 못함",
        "action_added": "새 글",
        "action_updated": "고침",
        "action_unchanged": "그대로",
        "action_older": "옛 판",
        "action_outdated": "달리 읽힘",
        "action_edited": "손댄 파일",
        "action_twin": "겹침",
        "part_head": "머리",
        "part_body": "본문",
        "part_statement": "전재 문구",
        "part_dropped": "버림",
        "part_unplaced": "모름",
        "help_list": "빠진 글(초안, 때가 안 된 글, 실리지 못한 글)을 보여 줍니다",
        "help_clean": "만든 것(출력 폴더와 캐시)을 지웁니다",
        "group_folders": "폴더",
        "group_build": "빌드",
        "group_speech": "말",
        "flag_content": "글이 있는 폴더",
        "flag_output": "사이트를 쓸 폴더",
        "flag_templates": "템플릿 폴더; 없는 파일은 기본 테마에서 가져옵니다",
        "flag_static": "그대로 복사할 폴더",
        "flag_cache": "캐시 폴더",
        "flag_no_cache": "캐시를 쓰지 않습니다",
        "flag_base_url": "사이트의 주소; 예: https://name.github.io/repo/",
        "flag_now": "지금으로 칠 때; 예: 2024-08-08 (없으면 SOURCE_DATE_EPOCH, 시계)",
        "flag_drafts": "초안도 싣습니다",
        "flag_future": "때가 안 된 글도 싣습니다",
        "flag_no_search": "검색 색인을 만들지 않습니다",
        "flag_jobs": "일할 프로세스 수 (없으면 알아서)",
        "flag_strict": "경고가 있어도 1로 끝냅니다 (실리는 글은 같습니다)",
        "flag_json": "결과를 JSON 하나로 내보냅니다",
        "flag_quiet": "문제만 말합니다",
        "flag_verbose": "모든 문제를 하나하나 말합니다",
        "flag_port": "미리 보기의 포트 (8000)",
        "flag_open": "브라우저를 엽니다",
        "flag_title": "새 글의 제목",
        "flag_what": "보일 것: all, drafts, future, held",
        "flag_schema": "site.toml의 JSON 스키마를 내보냅니다 (편집기용)",
        "interrupted": "멈췄습니다. 있던 사이트는 그대로입니다.",
        "stage_read": "읽기",
        "stage_write": "쓰기",
        "stage_index": "색인",
        "summary": "글 {articles}건, 화면 {pages}쪽, 검색 {indexed}건 → {output} ({seconds}초)",
        "held_back": "실리지 못한 글 {n}건",
        "left_out": "뺀 글(초안·예정) {n}건",
        "problems": "{severity} {n}건: {codes}",
        "error": "오류",
        "warning": "경고",
        "note": "알림",
        "many": "{count}개 파일, 처음은 {where}",
        "more": "하나하나 보려면 -v",
        "new_done": "초안을 만들었습니다: {path}",
        "clean_done": "지웠습니다: {folders}",
        "clean_nothing": "지울 것이 없습니다",
        "list_nothing": "빠진 글이 없습니다",
        "fate_draft": "초안",
        "fate_future": "예정",
        "fate_held": "보류",
        "serving": "미리 보기: {url}  (멈추려면 Ctrl+C)",
        "rebuilt": "{time} 다시 만들었습니다: {changes} ({seconds}초)",
        "stopped": "미리 보기를 멈췄습니다",
        "hint": "도움말",
    },
    "en": {
        "help_description": "Builds a static site that republishes public press releases with their source and terms.",
        "help_epilog": (
            "examples:\n"
            "  python build.py                     read content/, write _site/\n"
            "  python build.py serve               build and preview at http://127.0.0.1:8000/\n"
            "  python build.py new 'A new title'   write a draft\n"
            "  python build.py list held           show what was held back and why\n\n"
            "exit status: 0 fine, 1 an article was held back, 2 usage or settings, 3 a tool or a bug\n"
            "language: SITEGEN_LANG=ko|en (else the locale)"
        ),
        "help_build": "build the site (the command when none is given)",
        "help_serve": "build, watch, and reload the browser at every change",
        "help_new": "write a new draft",
        "help_import": "make content files of captures: release pages, API answers, boards",
        "flag_captures": "captured files, folders or paths with stars",
        "flag_to": "content folder to write to (content/)",
        "flag_profile": "how to read them (default: the surest way)",
        "flag_dry_run": "write nothing, show what would become of them",
        "flag_check": "compare every imported file with what its capture gives",
        "import_checked": "{n} imported file(s), {different} different, {unknown} without their capture",
        "flag_update": "write files again whose profile has become better",
        "flag_force": "overwrite files that somebody has edited",
        "flag_no_captures": "keep no originals under captures/",
        "stage_import": "importing",
        "import_line": "{path} → {file} ({action}, {profile} {confidence}: {counts})",
        "import_summary": "{captures} capture(s) → {counts} ({folder})",
        "import_dry": "nothing was written (--dry-run)",
        "import_refused": "refused",
        "action_added": "added",
        "action_updated": "updated",
        "action_unchanged": "unchanged",
        "action_older": "older",
        "action_outdated": "outdated",
        "action_edited": "edited",
        "action_twin": "twin",
        "part_head": "head",
        "part_body": "body",
        "part_statement": "statement",
        "part_dropped": "dropped",
        "part_unplaced": "unplaced",
        "help_list": "show what is left out: drafts, future articles, articles held back",
        "help_clean": "remove what builds have made: the output folder and the cache",
        "group_folders": "folders",
        "group_build": "build",
        "group_speech": "speech",
        "flag_content": "folder of the articles",
        "flag_output": "folder to write the site to",
        "flag_templates": "folder of templates; missing files come from the default theme",
        "flag_static": "folder that is copied as it is",
        "flag_cache": "folder of the cache",
        "flag_no_cache": "do not use the cache",
        "flag_base_url": "address of the site, e.g. https://name.github.io/repo/",
        "flag_now": "the time to take for now, e.g. 2024-08-08 (else SOURCE_DATE_EPOCH, the clock)",
        "flag_drafts": "publish drafts too",
        "flag_future": "publish articles whose time has not come",
        "flag_no_search": "do not build the search index",
        "flag_jobs": "number of worker processes (default: as fits)",
        "flag_strict": "end with 1 on warnings too (the same articles are published)",
        "flag_json": "print the result as one JSON object",
        "flag_quiet": "say problems only",
        "flag_verbose": "say every problem one by one",
        "flag_port": "port of the preview (8000)",
        "flag_open": "open the browser",
        "flag_title": "title of the new article",
        "flag_what": "what to show: all, drafts, future, held",
        "flag_schema": "print the JSON Schema of site.toml (for editors)",
        "interrupted": "stopped; the site that was there is untouched",
        "stage_read": "reading",
        "stage_write": "writing",
        "stage_index": "indexing",
        "summary": "{articles} articles, {pages} pages, {indexed} searchable → {output} ({seconds} s)",
        "held_back": "{n} held back",
        "left_out": "{n} left out (drafts, future)",
        "problems": "{n} {severity}(s): {codes}",
        "error": "error",
        "warning": "warning",
        "note": "note",
        "many": "{count} files, first {where}",
        "more": "-v lists them all",
        "new_done": "wrote a draft: {path}",
        "clean_done": "removed {folders}",
        "clean_nothing": "nothing to remove",
        "list_nothing": "nothing is left out",
        "fate_draft": "draft",
        "fate_future": "future",
        "fate_held": "held back",
        "serving": "preview at {url}  (Ctrl+C to stop)",
        "rebuilt": "{time} rebuilt: {changes} ({seconds} s)",
        "stopped": "preview stopped",
        "hint": "hint",
    },
}

Progress = Callable[[str, int, int], None]


def say(language: str, key: str, **values: str) -> str:
    """Return the words under `key`."""
    words = WORDS[language][key]
    return words.format(**values) if values else words


def language_of_environment(environment: Mapping[str, str]) -> str:
    """Return `ko` or `en`: SITEGEN_LANG, else the locale."""
    for name in ("SITEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Says what a command found and did."""

    language: str
    quiet: bool = False
    verbose: bool = False
    as_json: bool = False

    def note(self, line: str) -> None:
        """Print a line to standard error."""
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def result(self, value: dict[str, object], line: str) -> None:
        """Print a result to standard output: the line, or with --json the value."""
        sys.stdout.write((json.dumps(value, ensure_ascii=False) if self.as_json else line) + "\n")
        sys.stdout.flush()

    def stop(self, error: SitegenError) -> None:
        """Print why a command stopped."""
        if self.as_json:
            self.result({"version": __version__, "problems": [self.problem_value(error.problem)]}, "")
            return
        for line in render(error.problem, self.language):
            self.note(line)

    def problem_value(self, problem: Problem) -> dict[str, object]:
        """Return a problem as --json gives it."""
        return {
            "code": problem.code,
            "severity": problem.severity.value,
            "path": problem.where.path,
            "line": problem.where.line,
            "column": problem.where.column,
            "message": message_of(problem, self.language),
            "hint": hint_of(problem, self.language),
        }

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Give the function that shows progress: a bar on a terminal, a line now and then elsewhere."""
        if self.quiet or self.as_json:
            yield lambda *_: None
        elif sys.stderr.isatty():
            with self.bar() as progress:
                yield progress
        else:
            yield PlainProgress(self).show

    @contextmanager
    def bar(self) -> Iterator[Progress]:
        """Give a progress bar on the terminal."""
        from rich.console import Console  # noqa: PLC0415  only where there is a terminal
        from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn  # noqa: PLC0415
        from rich.progress import Progress as Bars  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        # drawn here and not by a thread, beside which no worker could be forked
        with Bars(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bars:
            tasks: dict[str, TaskID] = {}
            drawn = 0.0

            def show(stage: str, done: int, total: int) -> None:
                nonlocal drawn
                if stage not in tasks:
                    tasks[stage] = bars.add_task(say(self.language, f"stage_{stage}"), total=total)
                is_due = done == total or time.monotonic() - drawn > REFRESH_SECONDS
                bars.update(tasks[stage], completed=done, refresh=is_due)
                drawn = time.monotonic() if is_due else drawn

            yield show

    def report(self, result: BuildResult, config: Config, *, seconds: float) -> None:
        """Print the problems and the summary of a build."""
        counts = {
            "articles": result.articles,
            "held_back": result.held_back,
            "left_out": result.left_out,
            "pages": result.pages,
            "indexed": result.indexed,
            "files": result.write.written,
            "deleted": result.write.deleted,
        }
        if self.as_json:
            value: dict[str, object] = {
                "version": __version__,
                "output": str(config.output_dir),
                "seconds": round(seconds, 2),
                "counts": counts,
                "problems": [self.problem_value(problem) for problem in result.problems],
            }
            self.result(value, "")
            return
        self.problems(result.problems)
        if not self.quiet:
            self.result({}, "\n".join(self.summary(result, config, seconds)))

    def summary(self, result: BuildResult, config: Config, seconds: float) -> Iterator[str]:
        """Yield the lines that sum a build up."""
        shown = {"articles": f"{result.articles:,}", "pages": f"{result.pages:,}", "indexed": f"{result.indexed:,}"}
        yield say(self.language, "summary", **shown, output=f"{config.output_dir}/", seconds=f"{seconds:.1f}")
        if result.held_back:
            yield say(self.language, "held_back", n=f"{result.held_back:,}")
        if result.left_out:
            yield say(self.language, "left_out", n=f"{result.left_out:,}")
        for severity in Severity:
            codes = Counter(problem.code for problem in result.problems if problem.severity is severity)
            if codes:
                listed = ", ".join(f"{code} {count:,}" for code, count in codes.most_common())
                name = say(self.language, severity.value)
                yield say(self.language, "problems", severity=name, n=f"{sum(codes.values()):,}", codes=listed)

    def imported(self, reports: Sequence[Report], folder: Path, *, dry_run: bool) -> None:
        """Print what became of captures: a line each, its own lines where there is one or with -v, and a summary."""
        problems = sort_problems([problem for report in reports for problem in report.problems])
        if self.as_json:
            value: dict[str, object] = {
                "version": __version__,
                "captures": [self.report_value(report) for report in reports],
                "problems": [self.problem_value(problem) for problem in problems],
            }
            self.result(value, "")
            return
        for report in reports:
            for line in self.report_lines(report, in_full=self.verbose or len(reports) == 1):
                self.note(line)
        self.problems(problems)
        actions = Counter(f"action_{item.outcome.action}" for report in reports for item in report.items)
        refused = sum(bool(report.problems) and not report.items for report in reports)
        counts = [f"{say(self.language, name)} {count:,}" for name, count in actions.most_common()]
        counts += [f"{say(self.language, 'import_refused')} {refused:,}"] if refused else []
        if not self.quiet:
            dry = [say(self.language, "import_dry")] if dry_run else []
            summed = say(
                self.language,
                "import_summary",
                captures=f"{len(reports):,}",
                counts=", ".join(counts) or "0",
                folder=f"{folder}/",
            )
            self.result({}, "\n".join([summed, *dry]))

    def report_lines(self, report: Report, *, in_full: bool) -> Iterator[str]:
        """Yield the lines about one capture."""
        for item in report.items:
            counts = [f"{say(self.language, f'part_{part}')} {n}" for part, n in counted(item.draft).items() if n]
            yield say(
                self.language,
                "import_line",
                path=str(report.path),
                file=str(item.outcome.path),
                action=say(self.language, f"action_{item.outcome.action}"),
                profile=report.profile,
                confidence=f"{report.confidence:.2f}",
                counts=", ".join(counts),
            )
            for line in item.draft.lines if in_full else ():
                part = say(self.language, f"part_{line.part}")
                rule = f" {line.rule}" if line.rule else ""
                yield f"  {line.number:>4} {part}{rule}: {line.text[:SHOWN_CHARS]}"

    def report_value(self, report: Report) -> dict[str, object]:
        """Return what became of one capture for programs."""
        items = [
            {
                "file": str(item.outcome.path),
                "action": item.outcome.action.value,
                "title": item.draft.title,
                "counts": counted(item.draft),
                "lines": [line._asdict() for line in item.draft.lines],
            }
            for item in report.items
        ]
        return {"path": str(report.path), "profile": report.profile, "confidence": report.confidence, "items": items}

    def problems(self, problems: Sequence[Problem]) -> None:
        """Print problems in the order of their place; many of one warning as one line, unless verbose."""
        shown = [problem for problem in problems if self.verbose or problem.severity is not Severity.NOTE]
        counts = Counter(problem.code for problem in shown if problem.severity is not Severity.ERROR)
        folded: set[str] = set()
        for problem in shown:
            is_many = problem.severity is not Severity.ERROR and counts[problem.code] > MANY
            if self.verbose or not is_many:
                for line in render(problem, self.language):
                    self.note(line)
            elif problem.code not in folded:
                folded.add(problem.code)
                self.note(self.folded(problem, counts[problem.code]))
        if folded:
            self.note(f"  {say(self.language, 'hint')}: {say(self.language, 'more')}")

    def folded(self, problem: Problem, count: int) -> str:
        """Return the one line for a warning that many files share."""
        where = say(self.language, "many", count=f"{count:,}", where=str(problem.where))
        return f"{problem.severity} {problem.code} {message_of(problem, self.language)} ({where})"

    def listing(self, rows: Sequence[tuple[str, str, str]], problems: Sequence[Problem]) -> None:
        """Print what a build would leave out."""
        if self.as_json:
            articles = [{"fate": fate, "path": path, "title": title} for fate, path, title in rows]
            self.result({"articles": articles, "problems": [self.problem_value(problem) for problem in problems]}, "")
            return
        for problem in problems:
            for line in render(problem, self.language):
                self.note(line)
        lines = [f"{say(self.language, f'fate_{fate}')}\t{path}\t{title}" for fate, path, title in rows]
        self.result({}, "\n".join(lines) if lines else say(self.language, "list_nothing"))


class PlainProgress:
    """Progress as plain lines: the quarters of a long stage."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.next_share: dict[str, float] = {}

    def show(self, stage: str, done: int, total: int) -> None:
        """Say a stage's next quarter when it is reached."""
        due = self.next_share.setdefault(stage, PLAIN_STEP)
        if total < LONG_STAGE or done < due * total:
            return
        self.next_share[stage] = due + PLAIN_STEP
        self.terminal.note(f"{say(self.terminal.language, f'stage_{stage}')} {done:,}/{total:,}")
