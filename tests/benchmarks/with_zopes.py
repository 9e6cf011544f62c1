"""``python -m benchmarks`` whose servers, scripts and measurements of Zope are forked, and
hurried: where nothing is measured, they take most of the time of a run.

Called with the address of the nursery (``tests.zopes``), and what the benchmark is told.
"""

from benchmarks import instances
from benchmarks import rendering
from benchmarks.__main__ import main
from pathlib import Path
from tests.zopes import connected
from tests.zopes import Zopes
from types import SimpleNamespace

import os
import subprocess
import sys


address = Path(sys.argv.pop(1))
zopes = Zopes(address, connected(address))
start_python = instances.start


def hurried(command: list[str]) -> list[str]:
    """Return the arguments of Python for a command ``python -m MODULE WORDS``."""
    _python, option, module, *words = command
    return [option, "tests.benchmarks.hurried", module, *words]


def start(command: list[str], folder: Path, **environ: str):
    if "ZEO.runzeo" in command:
        return start_python(command, folder, **environ)
    environ = instances.clean_environment() | environ
    with (folder / "output").open("a") as output:
        files = {"stdout": output, "stderr": output}
        return zopes.start(*hurried(command), env=environ, **files)


def run_script(instance: Path, script: str, *words: str) -> None:
    zopes.run_script(instance / "etc" / "zope.conf", Path(script), *words)


def run(command: list[str], **_) -> subprocess.CompletedProcess[str]:
    done = zopes.run(*hurried(command), env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    return done


instances.start = start
instances.run_script = run_script
rendering.subprocess = SimpleNamespace(run=run, PIPE=subprocess.PIPE)

if __name__ == "__main__":
    main()
