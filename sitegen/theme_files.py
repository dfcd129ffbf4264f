"""Where the default theme lies: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path


def builtin_folders() -> tuple[Path, Path]:
    """Return the default templates and static folders."""
    package = Path(__file__).resolve().parent
    for home in (package / "theme", package.parent):
        if (home / "templates" / "base.html").is_file():
            return home / "templates", home / "static"
    return package / "theme" / "templates", package / "theme" / "static"


def is_installed(folder: Path) -> bool:
    """Return whether a folder came with the package; beside a checkout's `build.py`, a theme is its owner's."""
    return folder.resolve().is_relative_to(Path(__file__).resolve().parent)
