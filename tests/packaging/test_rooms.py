"""No room imports from one above it: ``pyproject.toml`` says which is which."""

from pathlib import Path

import os
import pytest
import shutil
import subprocess
import sys


ROOT = Path(__file__).parents[2]
PACKAGE = "src/slc/clicktracker"

LINT_IMPORTS = """
import sys
from importlinter.cli import lint_imports_command
sys.exit(lint_imports_command())
"""


@pytest.fixture
def checked(tmp_path):
    """Return a function: what is said of the rooms in a copy of the package."""
    shutil.copytree(ROOT / PACKAGE, tmp_path / PACKAGE)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    # Where buildout runs the tests, no script stands beside Python.
    command = [sys.executable, "-c", LINT_IMPORTS, "--no-cache"]
    path = os.pathsep.join([str(tmp_path / "src"), os.environ.get("PYTHONPATH", "")])
    environ = {**os.environ, "PYTHONPATH": path}

    def check():
        done = subprocess.run(
            command, cwd=tmp_path, env=environ, capture_output=True, text=True
        )
        return done.returncode, done.stdout

    return check


def test_the_rooms_keep_their_floors(checked):
    code, said = checked()
    assert code == 0, said
    assert "2 kept, 0 broken" in said


@pytest.mark.parametrize(
    "module, imported, said",
    [
        ("reports/tabs.py", "slc.clicktracker.browser.chart", "reports.tabs ->"),
        ("versions/sections.py", "slc.clicktracker.audience.rules", "sections ->"),
        ("storage/keys.py", "plone.api", "not allowed to import plone"),
    ],
)
def test_an_import_from_above_is_told(checked, tmp_path, module, imported, said):
    with (tmp_path / PACKAGE / module).open("a") as source:
        source.write(f"import {imported}\n")
    code, output = checked()
    assert code == 1
    assert said in output.replace("\n", " ")


def test_a_new_room_has_to_be_given_a_floor(checked, tmp_path):
    (tmp_path / PACKAGE / "cellar").mkdir()
    (tmp_path / PACKAGE / "cellar" / "__init__.py").touch()
    code, output = checked()
    assert code == 1
    assert "cellar" in output
