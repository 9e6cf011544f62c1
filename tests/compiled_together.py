"""The processes of the tests share the work of compiling them.

In a fresh clone each process would rewrite the assertions of all test modules, at the same time
as the others. So each begins with some of them, and finds the others compiled.
"""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
import sys


def shared_out(folders: list[Path], number: int, count: int) -> list[Path]:
    """Return which test modules the process of that number begins with."""
    modules = (path for folder in folders for path in folder.rglob("test_*.py"))
    return sorted(modules)[number::count]


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    process = getattr(session.config, "workerinput", None)
    if process is None or sys.dont_write_bytecode:
        return
    root = session.config.rootpath
    folders = [root / argument for argument in session.config.args]
    number = int(process["workerid"].removeprefix("gw"))
    for path in shared_out(folders, number, process["workercount"]):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        # Pytest finds what is imported, and says what can't be.
        with suppress(Exception):
            import_module(name)
