"""What the flags of the command line mean: folders, the clock, settings, workers."""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from sitegen.config import Config, Invocation, load_config
from sitegen.errors import UsageError
from sitegen.problems import Problem, Severity, Where
from sitegen.read.fields import parse_moment
from sitegen.runtime.note import SCRIPT, site_root
from sitegen.settings import normal_base_url
from sitegen.theme_files import builtin_folders

ENVIRONMENT: Final[Mapping[str, str]] = os.environ
JOBS_WORTH: Final = 150  # fewer articles than this cost less here than in processes that must start first


def project_root() -> Path:
    """Return the folder relative paths start from."""
    return Path(site_root())


def program() -> str:
    """Return how this program is called here, as a reader would type it."""
    return f"python {SCRIPT}" if Path(sys.argv[0]).name == SCRIPT else "sitegen"


def named(given: Path | None, default: str) -> Path:
    """Return a folder as it is named, wherever that leads."""
    return given if given is not None else project_root() / default


def folder(given: Path | None, default: str) -> Path:
    """Return a folder as messages should print it: relative to the current folder where it lies below."""
    path = named(given, default)
    try:
        return path.resolve().relative_to(Path.cwd()) if given is None else path
    except ValueError:
        return path


def output_of(given: Path | None) -> Path:
    """Return the output folder, under a name of its own: builds keep others beside it. Raises UsageError."""
    path = folder(given, "_site")
    path = path if path.name not in ("", "..") else path.resolve()
    if not path.name:
        raise misused(
            "--output",
            f"파일 시스템의 뿌리입니다: {path}",
            f"is the root of the file system: {path}",
            "--output _site",
        )
    return path


def clock(given: str | None, zone: tzinfo) -> datetime:
    """Return the time a build takes for now, in the site's zone: --now, else SOURCE_DATE_EPOCH, else the clock."""
    epoch = ENVIRONMENT.get("SOURCE_DATE_EPOCH")
    try:
        if given:
            return in_calendar(parse_moment(given, zone))
        if epoch:
            return in_calendar(datetime.fromtimestamp(int(epoch), UTC)).astimezone(zone)
    except (ValueError, OverflowError, OSError) as error:
        shapes = ("2024-08-08", "2024-08-08T14:30:00+09:00") if given else ("1723091400",)  # seconds since 1970
        raise misused(
            "--now" if given else "SOURCE_DATE_EPOCH",
            f"때를 읽을 수 없습니다: {given or epoch}",
            f"not a time: {given or epoch}",
            f"{' 또는 '.join(shapes)}처럼 적어 주세요",
            f"write it like {' or '.join(shapes)}",
        ) from error
    return datetime.now(zone)


def in_calendar(moment: datetime) -> datetime:
    """Return a time that is one in every zone. Raises ValueError for the first and the last day there is."""
    if not date.min < moment.date() < date.max:
        raise ValueError(moment)
    return moment


def misused(what: str, ko: str, en: str, hint_ko: str, hint_en: str = "") -> UsageError:
    """Return the error for a flag or variable that cannot be used; one hint is for both languages."""
    details = (("message_ko", ko), ("message_en", en), ("hint_ko", hint_ko), ("hint_en", hint_en or hint_ko))
    return UsageError(Problem(code="USE005", severity=Severity.ERROR, where=Where(path=what), details=details))


def check_language(asked: str) -> None:
    """Refuse a language of the command line that there is not. Raises UsageError."""
    if asked and not asked.lower().startswith(("ko", "kr", "한", "en")):
        raise misused(
            "SITEGEN_LANG",
            f"그런 말은 없습니다: {asked}",
            f"there is no such language: {asked}",
            "ko나 en을 적거나, 비워서 로캘을 따르게 해 주세요",
            "write ko or en, or leave it empty to follow the locale",
        )


def config_of(options: argparse.Namespace) -> Config:
    """Return the settings of the site the command line means."""
    own_templates, own_static = folder(options.templates, "templates"), folder(options.static, "static")
    for flag, given in (("--templates", options.templates), ("--static", options.static)):
        if given is not None and not given.is_dir():
            raise misused(
                flag,
                f"폴더가 없습니다: {given}",
                f"there is no such folder: {given}",
                "있는 폴더를 적어 주세요",
                "name a folder that exists",
            )
    check_own_folders(options, own_templates, own_static)
    check_cache(options, own_templates, own_static)
    builtin_templates, builtin_static = builtin_folders()
    base_url = getattr(options, "base_url", None)
    for flag, given in (("--base-url", base_url), ("SITEGEN_BASE_URL", ENVIRONMENT.get("SITEGEN_BASE_URL") or None)):
        if given is not None:
            check_base_url(flag, given)
            base_url = given
            break
    return load_config(
        Invocation(
            content_dir=folder(options.content, "content"),
            output_dir=output_of(options.output),
            template_dirs=distinct_folders(own_templates, builtin_templates),
            static_dirs=distinct_folders(own_static, builtin_static),
            now=partial(clock, getattr(options, "now", None)),
            base_url=base_url,
            drafts=getattr(options, "drafts", False),
            future=getattr(options, "future", False),
            search=not getattr(options, "no_search", True),  # other commands make no index
            cache_dir=None if options.no_cache else folder(options.cache, ".cache"),
        )
    )


def check_own_folders(options: argparse.Namespace, *own: Path) -> None:
    """Refuse an output folder that is one of the site's own, even one that is still to come. Raises UsageError."""
    for one in own:
        if options.output is not None and options.output.resolve() == one.resolve():
            raise misused(
                "--output",
                f"사이트의 {one.name} 폴더입니다",
                f"is the site's folder of {one.name} files",
                "--output _site",
            )


def check_cache(options: argparse.Namespace, *own: Path) -> None:
    """Refuse a cache in a folder that is read, or that a build replaces. Raises UsageError."""
    if options.no_cache or options.cache is None:
        return
    cache = options.cache.resolve()
    for one in (folder(options.content, "content"), folder(options.output, "_site"), *own):
        if cache.is_relative_to(one.resolve()):
            raise misused(
                "--cache",
                f"{one} 폴더 안에 둘 수 없습니다",
                f"cannot lie in the folder {one}",
                "--cache .cache",
            )


def check_base_url(flag: str, given: str) -> None:
    """Refuse an address that a site cannot stand at. Raises UsageError."""
    try:
        normal_base_url(given)
    except ValueError as error:
        hint = "https://name.github.io/repo/"
        said = (
            f"쓸 수 없는 값입니다: {given}",
            f"cannot be {given}",
            f"{hint}처럼 적어 주세요",
            f"write it like {hint}",
        )
        raise misused(flag, *said) from error


def distinct_folders(*folders: Path) -> tuple[Path, ...]:
    """Return the folders that exist, each once, in order."""
    found: dict[Path, Path] = {}
    for path in folders:
        if path.is_dir():
            found.setdefault(path.resolve(), path)
    return tuple(found.values())


class Cluster(NamedTuple):
    """The machines that do the work: HOST:PORT of their scheduler, and the address through which they get our files."""

    address: str
    store: str = ""


def cluster_of(options: argparse.Namespace) -> Cluster | None:
    """Return the cluster that --workers names, if any. Raises UsageError."""
    given: str = options.workers or ""
    hint = "dask://scheduler.example:8786"
    if given and not re.fullmatch(r"dask://[^\s/:]+:\d+", given):
        said = (f"쓸 수 없는 값입니다: {given}", f"cannot be {given}", f"{hint}처럼 적어 주세요", f"write {hint}")
        raise misused("--workers", *said)
    if options.store and not given:
        raise misused("--store", "--workers와 함께 씁니다", "goes with --workers", f"--workers {hint}")
    return Cluster(given.removeprefix("dask://"), options.store) if given else None


def jobs_of(options: argparse.Namespace, config: Config) -> int:
    """Return the number of workers: --jobs, else the cores where there is enough to do."""
    from sitegen.read.discover import some_files  # noqa: PLC0415
    from sitegen.runtime.executor import usable_cores  # noqa: PLC0415

    jobs = getattr(options, "jobs", 0)
    if jobs < 0:
        raise misused(
            "--jobs", "0보다 작을 수 없습니다", "cannot be less than 0", "--jobs 2처럼 적어 주세요", "write --jobs 2"
        )
    if jobs:
        return int(jobs)
    if not config.content_dir.is_dir():
        return 1
    some = islice(some_files(str(config.content_dir)), JOBS_WORTH)
    return usable_cores() if sum(1 for _ in some) == JOBS_WORTH else 1
