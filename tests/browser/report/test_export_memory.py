"""However many rows a file has, it takes no more memory."""

from pathlib import Path
from tests.nightly import MANY_ROWS

import json
import pytest
import subprocess
import sys


ROOT = Path(__file__).parents[3]

#: Bytes, for any number of rows. The fewest, all at once, would take 40 megabytes.
MOST_GROWTH = 24 << 20


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """What the exports of a SQLite file took, in a process of its own."""
    file = tmp_path_factory.mktemp("measured") / "readings.sqlite"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.browser.report.measure_export",
            file,
            str(MANY_ROWS),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_many_rows_take_no_more_memory(measured, kind):
    assert measured[kind]["size"] > MANY_ROWS * 20
    assert measured[kind]["growth"] < MOST_GROWTH
