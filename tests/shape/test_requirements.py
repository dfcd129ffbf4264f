"""The lists of packages that workflows install hold what the project needs: a publishing job installs nothing else."""

import re
import tomllib

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def names_of(lines):
    """Return the names of packages, as an index spells them; those for another system are left out."""
    wanted = (line for line in lines if "sys_platform == 'win32'" not in line)
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in wanted)
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in found if name}


@pytest.mark.parametrize(
    ("file", "needed"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-test.txt", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]),
    ],
)
def test_a_list_of_packages_holds_every_dependency(file, needed):
    """A package that was added to the project alone is missing where the site is published."""
    listed = names_of((ROOT / ".ci" / file).read_text("utf-8").splitlines())

    assert names_of(needed) - listed == set()
