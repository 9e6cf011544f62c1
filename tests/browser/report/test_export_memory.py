"""However many rows a file has, it takes no more memory."""

from demo.instance import prepare
from pathlib import Path
from tests.nightly import MANY_ROWS

import json
import pytest
import shutil


SCRIPT = Path(__file__).with_name("measure_export.py")

#: Bytes, for any number of rows. The fewest, all at once, would take 40 megabytes.
MOST_GROWTH = 24 << 20


@pytest.fixture(scope="module")
def measured(made_site, zopes, tmp_path_factory):
    """What the exports of a SQLite file took, in a process of its own."""
    folder = tmp_path_factory.mktemp("measured")
    instance = folder / "instance"
    shutil.copytree(made_site, instance)
    prepare(instance)
    file = str(folder / "readings.sqlite")
    done = zopes.run_script(
        instance / "etc" / "zope.conf",
        SCRIPT,
        file,
        str(MANY_ROWS),
        CLICKTRACKER_SQLITE=file,
    )
    return json.loads(done.splitlines()[-1])


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_many_rows_take_no_more_memory(measured, kind):
    assert measured[kind]["size"] > MANY_ROWS * 20
    assert measured[kind]["growth"] < MOST_GROWTH
