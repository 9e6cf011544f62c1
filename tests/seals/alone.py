"""The file that checks seals, in a Python that has nothing but ``cryptography``."""

from pathlib import Path
from slc.clicktracker.seals import verify

import cffi
import cryptography
import shutil
import subprocess
import sys


ALONE = """
import runpy, sys
sys.path.append({packages!r})
for name in ("plone", "slc", "Zope2", "rfc3161_client"):
    try:
        __import__(name)
    except ImportError:
        continue
    sys.exit(name + " is there")
sys.argv = {arguments!r}
runpy.run_path({script!r}, run_name="__main__")
"""


def verify_alone(folder, *arguments):
    """Return what the file prints, and its exit status, with a copy of it in a folder."""
    packages, script = folder / "packages", folder / "verify.py"
    if not packages.exists():
        packages.mkdir()
        site = Path(cffi.__file__).parents[1]
        for found in (Path(cryptography.__file__).parent, *site.glob("*cffi*")):
            (packages / found.name).symlink_to(found)
        shutil.copy(verify.__file__, script)
    code = ALONE.format(
        packages=str(packages),
        arguments=["verify.py", *map(str, arguments)],
        script=str(script),
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
    )
    assert done.stderr == ""
    return done.stdout, done.returncode
