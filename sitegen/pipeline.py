"""The build on one screen: content folder → published site. READ FIRST.

discover → prepare (workers) → assemble → plan → render (workers) → index_search → publish.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from sitegen import __version__
from sitegen.checks.policy import ended_waivers, idle_waivers
from sitegen.config import Config
from sitegen.deploy.github_pages import pages_files
from sitegen.errors import ToolError, UsageError
from sitegen.model import BuildResult, Entry, WriteResult
from sitegen.output.assets import collect_assets, picture_paths
from sitegen.output.writer import Stage, check_output, staged, write_file
from sitegen.prepare import Fate, Prepared, prepare
from sitegen.problems import Problem, Severity, Where, sort_problems
from sitegen.read.discover import discover
from sitegen.render.record import record_file
from sitegen.render.theme import Theme, ThemeSettings, theme_version
from sitegen.runtime.cache import Cache
from sitegen.runtime.executor import Executor, Shared, WorkerDied
from sitegen.search.pagefind import index_search
from sitegen.site.about import about_entry
from sitegen.site.assemble import Assembly, assemble
from sitegen.site.pages import Plan
from sitegen.site.urls import output_path
from sitegen.views import ArticlePage, SiteView

Progress = Callable[[str, int, int], None]  # stage name, done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All content files with their fates, and what was wrong with any."""

    prepared: tuple[Prepared, ...]
    problems: tuple[Problem, ...]

    def entries(self, fate: Fate) -> list[Entry]:
        """Return the entries with that fate."""
        return [item.entry for item in self.prepared if item.fate is fate and item.entry is not None]


def build(config: Config, *, executor: Executor, progress: Progress) -> BuildResult:
    """Build the site and put it in place of the old one. Raises SitegenError; the old site then stays."""
    check_folders(config)
    with guarded(), staged(config.output_dir) as stage:
        theme = lay_out_assets(config, stage)
        content = read_content(config, executor=executor, progress=progress, meanwhile=theme_of(theme).load)
        assembly = assemble(content.entries(Fate.PUBLISHED), static_pages_of(content, config), config)
        pages = render_pages(assembly, config, theme, stage, executor=executor, progress=progress)
        indexed = index_pages(assembly, stage, config, progress)
        result = stage.publish()
    return summed_up(content, assembly, config, pages, indexed, result)


def check_folders(config: Config) -> None:
    """Refuse folders that cannot be what they are said to be."""
    check_content_folder(config)
    inputs = [("content", config.content_dir)]
    inputs += [("templates", folder) for folder in config.template_dirs]
    inputs += [("static", folder) for folder in config.static_dirs]
    check_output(config.output_dir, tuple(inputs))


def check_content_folder(config: Config) -> None:
    """Refuse a content folder that is not there."""
    if not config.content_dir.is_dir():
        where = Where(path=str(config.content_dir))
        raise UsageError(Problem(code="USE001", severity=Severity.ERROR, where=where))


class guarded:  # noqa: N801  reads as a statement
    """Turns a worker's death into the error a user can act on."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, WorkerDied):
            where = Where(path="sitegen")
            details = (("message", str(error)),)
            raise ToolError(Problem(code="TOOL003", severity=Severity.ERROR, where=where, details=details)) from error


def read_content(
    config: Config, *, executor: Executor, progress: Progress, meanwhile: Callable[[], None] = lambda: None
) -> Content:
    """Return every content file, read, cleaned, settled and checked; `meanwhile`: what to do while workers read."""
    paths, problems = discover(config.content_dir)
    config = replace(config, cleaning=replace(config.cleaning, pictures=picture_paths(config.static_dirs)))
    prepared = []
    results = executor.map(partial(prepare, config=config), paths, len(paths))
    meanwhile()
    for item in results:
        prepared.append(item)
        problems += item.problems
        progress("read", len(prepared), len(paths))
    remember(prepared, config)
    return Content(prepared=tuple(prepared), problems=tuple(problems))


def remember(prepared: list[Prepared], config: Config) -> None:
    """Keep the bodies that were cleaned just now, and forget those nobody asked for."""
    if config.cache_path is None:
        return
    new = [(item.memo_key, item.memo_value) for item in prepared if item.memo_value is not None]
    used = {item.memo_key for item in prepared if item.memo_key}
    with Cache(config.cache_path) as memo:
        memo.put_all(new, used)


def static_pages_of(content: Content, config: Config) -> list[Entry]:
    """Return the static pages; a site without its own `about` gets a plain one."""
    pages = content.entries(Fate.PAGE)
    if not any(entry.url == "/about/" for entry in pages):
        pages.append(about_entry(config))
    return pages


def lay_out_assets(config: Config, stage: Stage) -> ThemeSettings:
    """Write the static files; return what renders the pages around them."""
    files, assets = collect_assets(config.static_dirs, config.look)
    for file in [*files, *pages_files(config)]:
        stage.write(file)
    return ThemeSettings(
        template_dirs=tuple(map(str, config.template_dirs)),
        static_dirs=tuple(map(str, config.static_dirs)),
        assets=assets,
        version=theme_version(config.template_dirs, config.static_dirs),
        base_path=config.base_path,
        site=SiteView(
            title=config.title,
            description=config.description,
            language=config.language,
            author=config.author,
            base_url=config.base_url,
            nav=config.nav,
            lists=config.archives,
            has_search=config.search,
            image_hosts=config.cleaning.image_hosts,
            generator=f"sitegen {__version__}",
        ),
    )


def render_pages(
    assembly: Assembly,
    config: Config,
    theme: ThemeSettings,
    stage: Stage,
    *,
    executor: Executor,
    progress: Progress,
) -> int:
    """Render every page into the stage; return their number."""
    pages = Plan(assembly, config)
    plan = executor.share(pages)
    work = partial(render_page, plan=plan, settings=theme, folder=stage.folder)
    try:
        for done, _ in enumerate(executor.map(work, range(len(pages)), len(pages)), 1):
            progress("write", done, len(pages))
    finally:
        plan.forget()
    return len(pages)


def render_page(position: int, plan: Shared[Plan], settings: ThemeSettings, folder: Path) -> None:
    """Render one page of the plan and write it: the work of a worker."""
    page = plan.get()[position]
    write_file(folder, theme_of(settings).render(page))
    if isinstance(page, ArticlePage):
        write_file(folder, record_file(page, settings.site))


@lru_cache(maxsize=1)
def theme_of(settings: ThemeSettings) -> Theme:
    """Return this process's theme for these settings."""
    return Theme(settings)


def index_pages(assembly: Assembly, stage: Stage, config: Config, progress: Progress) -> int:
    """Index the staged articles for search; return how many."""
    if not config.search:
        return 0
    paths = sorted(output_path(entry.url) for entry in assembly.site.entries)
    return index_search(stage.folder, paths, lambda done: progress("index", done, len(paths)))


def summed_up(
    content: Content, assembly: Assembly, config: Config, pages: int, indexed: int, result: WriteResult
) -> BuildResult:
    """Return what the build did."""
    found = [*content.problems, *assembly.problems]
    found += [*ended_waivers(config), *idle_waivers(config, found)]
    fates = Counter(item.fate for item in content.prepared)
    site = assembly.site
    contested = fates[Fate.PUBLISHED] - len(site.entries) - len(site.tombstones)
    return BuildResult(
        articles=len(site.entries),
        held_back=fates[Fate.HELD_BACK] + contested,
        left_out=fates[Fate.DRAFT] + fates[Fate.FUTURE],
        pages=pages,
        indexed=indexed,
        problems=tuple(sort_problems(found)),
        write=result,
    )
