"""The Zope instance below ``instance/``: its files, its scripts, its end.

Usage: ``python -m demo.instance DIRECTORY [--reset]`` prepares the instance, or
removes its data. Preparing needs Zope; resetting needs nothing but Python.
"""

from contextlib import suppress
from pathlib import Path

import argparse
import fcntl
import shutil
import subprocess
import sys


HERE = Path(__file__).parent

#: Zope's own administrator; the server listens on this machine only.
ADMIN = "admin:admin"

#: What says that a folder was made here and may be written over and removed.
MARKER = "made-by-slc.clicktracker"


def prepare(instance: Path) -> None:
    """Make the instance, or bring its configuration up to date.

    ``etc`` is written from ``demo/skeleton`` each time; data stay as they are.
    """
    refuse_foreign(instance)
    instance.mkdir(parents=True, exist_ok=True)
    (instance / MARKER).touch()
    shutil.rmtree(instance / "etc", ignore_errors=True)
    for name in ("var/log", "var/cache", "var/blobstorage"):
        (instance / name).mkdir(parents=True, exist_ok=True)
    skeleton = str(HERE / "skeleton")
    _zope("mkwsgiinstance", "-d", str(instance), "-s", skeleton, "-u", ADMIN)


def run_script(instance: Path, script: str, *arguments: str) -> None:
    """Run a script of this folder with Zope's ``app`` as a global name."""
    conf = str(instance / "etc" / "zope.conf")
    _zope("zconsole", "run", conf, str(HERE / script), *arguments)


def _zope(utility: str, *arguments: str) -> None:
    """Run one of Zope's utilities from the project's folder; end if it fails."""
    command = [sys.executable, "-m", f"Zope2.utilities.{utility}", *arguments]
    code = subprocess.run(command, cwd=HERE.parent, check=False).returncode
    if code:
        sys.exit(f"{utility} failed (exit code {code}).")


def in_use(instance: Path) -> bool:
    """Does a server or a console have the database open?"""
    with suppress(FileNotFoundError), open(instance / "var" / "Data.fs.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def refuse_in_use(instance: Path) -> None:
    """End with a message when the database is open in another process."""
    if in_use(instance):
        sys.exit(f"{instance} is in use: stop the server or console that runs there.")


def refuse_foreign(instance: Path) -> None:
    """End with a message when the folder holds what was not made here."""
    if not instance.exists() or (instance / MARKER).exists():
        return
    if any(instance.iterdir()):
        sys.exit(
            f"{instance} was not made by this project (it has no file {MARKER}): "
            "choose another folder with INSTANCE=."
        )


def main() -> None:
    """Prepare the instance, or reset it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--reset", action="store_true")
    options = parser.parse_args()
    instance = options.directory.absolute()
    refuse_in_use(instance)
    if options.reset:
        refuse_foreign(instance)
        shutil.rmtree(instance, ignore_errors=True)
    else:
        prepare(instance)


if __name__ == "__main__":
    main()
