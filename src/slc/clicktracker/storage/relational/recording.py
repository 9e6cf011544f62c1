"""The steps in which a batch is recorded, with the same names in both databases.

In SQLite each is a statement of sqlite/record.sql. In PostgreSQL they are headings in the
function clicktracker_record of sql/db.sql; one statement may do several of them.
"""

from typing import NamedTuple


class Step(NamedTuple):
    """``only`` is the database that needs it, empty for both."""

    name: str
    only: str = ""


#: In this order.
STEPS = (
    # SQLite has one writer at a time.
    Step("lock_site", only="postgresql"),
    Step("add_site"),
    Step("add_documents"),
    Step("add_versions"),
    Step("add_readers"),
    Step("resolve"),
    Step("add_readings"),
    Step("lock_readings", only="postgresql"),
    Step("changes"),
    Step("notes"),
    Step("compare"),
    Step("leave_out"),
    # PostgreSQL finds out while it compares what a reading gains.
    Step("subtract_engaged", only="sqlite"),
    # SQLite does this while it adds them.
    Step("raise_accesses", only="postgresql"),
    Step("add_accesses"),
    Step("add_engaged", only="sqlite"),
    Step("sum_readings"),
    Step("sum_urls"),
    Step("paths"),
    Step("titles"),
    Step("names"),
    Step("days"),
    # PostgreSQL is sent a batch as a value.
    Step("empty_documents", only="sqlite"),
    Step("empty_readers", only="sqlite"),
    Step("empty_accesses", only="sqlite"),
    Step("empty_changes", only="sqlite"),
)
