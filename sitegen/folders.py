"""The folders a command is given: refused where they cannot be what they are said to be."""

from sitegen.config import Config
from sitegen.errors import UsageError
from sitegen.output.writer import check_output
from sitegen.problems import Problem, Severity, Where


def check_folders(config: Config) -> None:
    """Refuse folders that cannot be what they are said to be."""
    check_content_folder(config)
    check_output_folder(config)


def check_output_folder(config: Config) -> None:
    """Refuse an output folder that a build must leave alone."""
    inputs = [("content", config.content_dir)]
    inputs += [("templates", folder) for folder in config.template_dirs]
    inputs += [("static", folder) for folder in config.static_dirs]
    check_output(config.output_dir, tuple(inputs))


def check_content_folder(config: Config) -> None:
    """Refuse a content folder that is not there."""
    if not config.content_dir.is_dir():
        where = Where(path=str(config.content_dir))
        raise UsageError(Problem(code="USE001", severity=Severity.ERROR, where=where))
