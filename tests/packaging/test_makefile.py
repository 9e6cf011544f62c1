"""The commands: documented, listed by ``make help``, clear when they can't."""

from contextlib import closing
from pathlib import Path

import os
import pytest
import socket
import subprocess
import sys


ROOT = Path(__file__).parents[2]

TARGETS = [
    "help",
    "install",
    "run",
    "test",
    "test-fast",
    "test-volto",
    "volto",
    "lint",
    "format",
    "start",
    "console",
    "reset",
    "clean",
    "constraints",
    "i18n",
    "screenshots",
    "static",
    "bench",
]


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make in the project's folder, without the settings of a make around us."""
    outer = {
        k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))
    }
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        env=outer | environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.mark.parametrize("arguments", [(), ("help",)], ids=["make", "make help"])
def test_help_lists_every_target(arguments):
    lines = make(*arguments).stdout.splitlines()
    assert sorted(line.split()[1] for line in lines) == sorted(TARGETS)
    assert all(len(line.split()) > 2 for line in lines)


@pytest.mark.parametrize("port", ["99999", "0", "http", ""])
def test_a_port_that_is_none_is_refused(port):
    done = make("run", f"PORT={port}", "VENV=no-such-folder")
    assert done.returncode
    assert "is not a port" in done.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_in_use_is_said_before_anything_is_installed(host):
    with closing(socket.create_server((host, 0))) as other:
        port = other.getsockname()[1]
        done = make("run", f"PORT={port}", "VENV=no-such-folder")
    assert done.returncode
    assert f"Port {port} is in use" in done.stderr
    assert not (ROOT / "no-such-folder").exists()


@pytest.mark.parametrize("python", ["no-such-python", "/bin/false"])
def test_a_python_that_does_not_fit_is_named(python):
    done = make("install", f"PYTHON={python}", "VENV=no-such-folder")
    assert done.returncode
    assert f"PYTHON={python} is not a Python 3.10 or newer" in done.stderr


@pytest.mark.parametrize("target", ["reset", "run"])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path, target):
    treasure = tmp_path / "var" / "Data.fs"
    treasure.parent.mkdir()
    treasure.write_text("years of work")
    command = [sys.executable, "-m", "demo.instance", str(tmp_path)]
    command += ["--reset"] if target == "reset" else []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode
    assert "was not made by this project" in done.stderr
    assert treasure.read_text() == "years of work"
