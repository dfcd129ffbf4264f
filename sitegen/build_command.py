"""What the commands do with the pipeline: one build, or a list of what a build would leave out."""

from contextlib import ExitStack

from sitegen.checks.policy import ended_waivers
from sitegen.config import Config
from sitegen.content import Content, Progress, memory_of, read_content
from sitegen.errors import tool_error
from sitegen.folders import check_content_folder
from sitegen.model import BuildResult
from sitegen.options import Cluster
from sitegen.output.assets import static_files
from sitegen.output.writer import scratch_of
from sitegen.pipeline import build, guarded, with_about
from sitegen.prepare import Fate
from sitegen.problems import Problem, Severity, sort_problems
from sitegen.runtime.collector import rest_collector
from sitegen.runtime.executor import Executor, PoolExecutor, SerialExecutor
from sitegen.runtime.stamps import Look
from sitegen.site.assemble import Assembly, assemble
from sitegen.version import code_version

LISTED = {
    "all": (Fate.DRAFT, Fate.FUTURE, Fate.HELD_BACK),
    "drafts": (Fate.DRAFT,),
    "future": (Fate.FUTURE,),
    "held": (Fate.HELD_BACK,),
}


def executor_of(jobs: int, stack: ExitStack) -> Executor:
    """Return an executor of `jobs` workers that ends with `stack`."""
    return stack.enter_context(PoolExecutor(jobs)) if jobs > 1 else SerialExecutor()


def executor_at(machines: Cluster, config: Config, stack: ExitStack) -> Executor:
    """Return an executor of a cluster that ends with `stack`. Raises ToolError."""
    from sitegen.runtime.cluster import ClusterError, cluster  # noqa: PLC0415  an extra

    scratch = scratch_of(config.output_dir.resolve())
    scratch.parent.mkdir(parents=True, exist_ok=True)
    try:
        return stack.enter_context(cluster(machines.address, scratch, code_version, machines.store))
    except ClusterError as error:
        raise tool_error("TOOL004", f"dask://{machines.address}", *error.args) from error


def build_once(
    config: Config,
    *,
    jobs: int,
    progress: Progress,
    look: Look | None = None,
    cluster: Cluster | None = None,
    index_later: bool = False,
) -> BuildResult:
    """Build the site once; `look` and `index_later` as in `build`.

    `cluster`: of machines that do the work.
    """
    rest_collector()
    with ExitStack() as stack:
        executor = executor_at(cluster, config, stack) if cluster else executor_of(jobs, stack)
        return build(config, executor=executor, progress=progress, look=look, index_later=index_later)


def assembled(content: Content, config: Config) -> Assembly:
    """Return the site of a content folder as a build assembles it."""
    static_pages, _ = with_about(content, config)
    return assemble(content.faces(Fate.PUBLISHED), static_pages, config, static_files(config.static_dirs))


def gathered(config: Config, jobs: int) -> tuple[Content, Assembly, list[Problem]]:
    """Return what a build would publish, and all findings in the order of their place."""
    check_content_folder(config)
    with guarded(), ExitStack() as stack:
        memory = stack.enter_context(memory_of(config))
        executor = executor_of(jobs, stack)
        static = static_files(config.static_dirs)
        content, _ = read_content(  # kept by builds alone: one may be at work beside us
            config, Look(), static=static, memory=memory, executor=executor, progress=lambda *_: None
        )
    assembly = assembled(content, config)
    return content, assembly, sort_problems([*content.problems, *assembly.problems])


def waived(config: Config, *, jobs: int) -> tuple[list[tuple[Problem, str]], list[Problem]]:
    """Return what is published in spite of a finding (it, and the article's title), and waivers that have ended."""
    content, _, found = gathered(config, jobs)
    titles = {item.path: item.title for item in content.records}
    rows = [(problem, titles.get(problem.where.path, "")) for problem in found if problem.waived]
    return rows, list(ended_waivers(config))


def listed(config: Config, what: str, *, jobs: int) -> tuple[list[tuple[str, str, str]], list[Problem]]:
    """Return (fate, path, title) of the articles a build would leave out, and the problems that hold them back."""
    content, assembly, found = gathered(config, jobs)
    wanted = LISTED[what]
    has_held = Fate.HELD_BACK in wanted
    shown = {face.shown for face in (*assembly.site.faces, *assembly.site.tombstones)}
    contested = {face.shown for face in content.faces(Fate.PUBLISHED)} - shown if has_held else set()
    rows = [
        (Fate.HELD_BACK.value if item.path in contested else item.fate.value, item.path, item.title)
        for item in content.records
        if item.fate in wanted or item.path in contested
    ]
    return rows, [problem for problem in found if problem.severity is Severity.ERROR] if has_held else []
