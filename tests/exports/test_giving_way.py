"""Who makes a file lets pages be made first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timezone
from slc.clicktracker import _
from slc.clicktracker.exports import giving_way
from slc.clicktracker.exports.comma_separated import CommaSeparated
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.words import Words
from slc.clicktracker.exports.workbook import ExcelWorkbook
from slc.clicktracker.reports.columns import Column
from zope.event import notify
from ZPublisher import pubevents

import pytest


#: Rows for a few parts.
ROWS = 1000


@pytest.fixture
def pauses(monkeypatch):
    """How often somebody has made a pause, each as long as it was to be."""
    made = []
    monkeypatch.setattr(giving_way.time, "sleep", made.append)
    return made


@pytest.fixture
def other():
    """Another thread of the server."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda do, *args: pool.submit(do, *args).result()


def make_file(format_of_file=CommaSeparated):
    column = Column("text", _("Text"), 20, lambda row: row)
    rows = (str(number) for number in range(ROWS))
    table = ExportTable((column,), rows, (), Words(str, timezone.utc))
    return b"".join(format_of_file().parts(table))


def begin(request):
    notify(pubevents.PubStart(request))


def end(request):
    notify(pubevents.PubSuccess(request))


def fail(request):
    notify(pubevents.PubFailure(request, (None, None, None), False))


def test_a_file_is_made_in_pauses_while_a_page_is(http_request, pauses, other):
    make_file()
    assert not pauses
    for ended in (end, fail):
        for format_of_file in (CommaSeparated, ExcelWorkbook):
            other(begin, http_request)
            make_file(format_of_file)
            # After a millisecond of work, which is less than a pause.
            assert len(pauses) >= ROWS // 50
            other(ended, http_request)
            pauses.clear()
            make_file(format_of_file)
            assert not pauses


def test_files_make_no_pauses_for_each_other(http_request, pauses, other):
    """Those that can't be sent while they are made are made in their requests."""
    begin(http_request)
    make_file()
    assert not pauses
    other(begin, http_request)
    other(make_file)
    assert not pauses
    make_file()
    assert not pauses
