"""Some statements, whole, as the databases are sent them: in ``tests/storage/statements/``.

``python -m tests.storage.write_statements`` writes them anew.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.questions import Questions
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.relational.visits.questions import VisitQuestions
from slc.clicktracker.storage.relational.visits.statistics import VisitStatistics
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.storage.visits.statistics import PAGES
from slc.clicktracker.storage.visits.statistics import SITES
from slc.clicktracker.testing.visits import START


STATEMENTS = Path(__file__).parent / "statements"

#: Neither is opened.
STORAGES = {
    "postgresql": PostgreSQLStorage("dbname=tracking"),
    "sqlite": SQLiteStorage("readings.sqlite"),
}

DOCUMENT, CURRENT = ("uid-1",), ("digest",)
BOB = Reader("bob")
MONTH = Days(date(2026, 1, 1), date(2026, 1, 31))


class OfVisitors(VisitQuestions):
    """Questions about visitors. Which pages are seen often is not asked first."""

    seen_often = ("/often",)

    def _is_seen_often(self, query: VisitQuery) -> bool:
        return query.url in self.seen_often


def of_visitors(
    ask: Callable[[VisitQuestions], object],
) -> Callable[[Questions], object]:
    """Return a question about visitors."""
    return lambda asked: ask(OfVisitors(*vars(asked).values()))


def of_statistics(
    ask: Callable[[VisitStatistics], object],
) -> Callable[[Questions], object]:
    """Return a question about many visits."""
    return lambda asked: ask(VisitStatistics(*vars(asked).values()))


def prepared(name: str, **parts: str) -> Callable[[Questions], object]:
    """Return what sends a statement as it is."""
    return lambda asked: asked.connection.execute(asked.queries.get(name, **parts), {})


QUESTIONS: dict[str, Callable[[Questions], object]] = {
    "readings": prepared("readings_by_key"),
    "depths": lambda asked: asked.depths(DOCUMENT, CURRENT),
    "first_readings": lambda asked: asked.first_readings(DOCUMENT, CURRENT),
    "changed_documents": prepared(
        "text_states", changed="{changed_documents}", but_old="AND d.uid <> ''"
    ),
    "changed_readings": prepared(
        "text_states", changed="{changed_readings}", but_old="AND d.uid <> ''"
    ),
    "changed_urls": prepared("urls_of_readings", changed="{changed_readings}"),
    "past_texts": prepared("texts_of_readers", readers="{all_readers}"),
    "past_accesses": prepared("accesses_of_readings", readers="{all_readers}"),
    "served": lambda asked: asked.served(DOCUMENT, {1: ("", "bob")}),
    "visit_figures": of_statistics(lambda asked: asked.figures([MONTH])),
    "visit_shares_of_pages": of_statistics(lambda asked: asked.shares(PAGES, MONTH)),
    "visit_shares_of_sites": of_statistics(lambda asked: asked.shares(SITES, MONTH)),
    "visits": of_visitors(lambda asked: asked.visits(VisitQuery(search="bob"))),
    "visits_lately": of_visitors(
        lambda asked: asked.visits(VisitQuery(since=START, uid="uid-1", url="/doc"))
    ),
    "visits_of_a_page": of_visitors(
        lambda asked: asked.visits(VisitQuery(uid="uid-1"))
    ),
    "visits_of_a_page_seen_often": of_visitors(
        lambda asked: asked.visits(VisitQuery(url="/often"))
    ),
    "page_views_of_a_reader": of_visitors(
        lambda asked: asked.page_views(VisitQuery(readers=(BOB,)))
    ),
    "presence": of_visitors(lambda asked: asked.presence(START, "uid-1")),
}


class Sent(Exception):
    """Carries the statement that a database would be sent."""


class Connection:
    """Sends nothing."""

    def execute(self, statement, parameters):
        raise Sent(statement.text)

    def exec_driver_sql(self, sql: str) -> None:
        """What is asked before a question says how to answer it, and asks nothing."""


def rendered() -> dict[Path, str]:
    """Return the statements by the files that they are kept in."""
    return {
        STATEMENTS / database / f"{name}.sql": _sent(storage, ask) + "\n"
        for database, storage in STORAGES.items()
        for name, ask in QUESTIONS.items()
    }


def _sent(storage: RelationalStorage, ask: Callable[[Questions], object]) -> str:
    try:
        ask(Questions(Connection(), storage.queries, storage.dialect, "site"))
    except Sent as sent:
        # But for spaces at the end of a line, where a word stands for nothing.
        return "\n".join(line.rstrip() for line in str(sent).splitlines())
    raise AssertionError("nothing was sent")


if __name__ == "__main__":
    for path, statement in rendered().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(statement, "utf-8")
