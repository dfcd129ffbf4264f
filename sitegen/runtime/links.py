"""Where a link leads."""

from pathlib import Path


def leads_astray(link: Path, root: Path) -> bool:
    """Return whether a link leaves `root`, or points back at a folder it lies in (an endless walk) or at itself."""
    try:
        target = link.resolve(strict=True)
    except FileNotFoundError:  # what leads nowhere is told when it is read
        target = link.resolve()
    except (OSError, RuntimeError):  # a ring of links; what is raised depends on Python's version
        return True
    return not target.is_relative_to(root) or link.absolute().parent.resolve().is_relative_to(target)
