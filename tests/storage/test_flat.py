"""However often people open a document: no question takes longer than when they did so once."""

from datetime import timedelta
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit
from sqlalchemy import event

import pytest


READERS = tuple(Reader(f"reader-{number:02}") for number in range(40))
DOCUMENTS = [Document(f"uid-{n}", f"/site/doc-{n}", f"Paper {n}") for n in range(5)]
UIDS = tuple(document.uid for document in DOCUMENTS)
RULE = EngagementRule()
DAY = START.date()

#: What one document, or each of them, is expected to be read by all.
EXPECTED = ProgressQuery(
    tuple(Expectation((uid,), ("d1",), 0) for uid in UIDS), (READERS,), RULE
)

QUESTIONS = {
    **{
        f"readings by {sort}": lambda storage, sort=sort: storage.readings(
            ReadingQuery(UIDS, sort=sort, rule=RULE)
        )
        for sort in SORT_KEYS
    },
    "a file": lambda storage: list(storage.each_reading(ReadingQuery(UIDS))),
    "absent": lambda storage: storage.absent(AbsenceQuery(UIDS[:1], READERS)),
    "coverage": lambda storage: storage.coverage(UIDS, RULE),
    "depths": lambda storage: storage.depths(UIDS[:1], ("d1",)),
    "first readings": lambda storage: storage.first_readings(UIDS[:1], ("d1",)),
    "activity": lambda storage: storage.activity(UIDS, DAY, DAY + timedelta(1)),
    "progress": lambda storage: storage.progress(EXPECTED),
    "lacking": lambda storage: storage.lacking(EXPECTED),
    "levels": lambda storage: storage.levels(EXPECTED, RULE),
    "behind": lambda storage: storage.behind(EXPECTED),
    "status": lambda storage: storage.status(),
    "read documents": lambda storage: storage.read_documents(UIDS),
    "texts": lambda storage: storage.texts(UIDS),
    "document uids": lambda storage: storage.document_uids(),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The same readings, of one access each and of thirty."""
    folder = tmp_path_factory.mktemp("flat")
    found = []
    for times in (1, 30):
        storage = SQLiteStorage(folder / f"{times}.sqlite", "site")
        pairs = [(reader, each) for reader in READERS for each in DOCUMENTS]
        storage.record(
            [
                visit(
                    number * 1000 + time,
                    *pair,
                    at=time,
                    stay=60,
                    version=LONG,
                    depth=50,
                )
                for number, pair in enumerate(pairs)
                for time in range(times)
            ]
        )
        storage.catch_up()
        storage.close()
        found.append(folder / f"{times}.sqlite")
    return found


@pytest.mark.parametrize("name", QUESTIONS)
def test_it_is_flat_in_the_number_of_accesses(files, name):
    few, many = (steps_of(file, QUESTIONS[name]) for file in files)
    assert 0 < few == many


def test_what_is_told_of_a_moment_takes_as_many_steps_as_there_are_accesses(files):
    """So it would be seen above."""
    moment = START + timedelta(days=1)
    few, many = (
        steps_of(file, lambda storage: storage.past_readings(UIDS, moment, RULE))
        for file in files
    )
    assert many > 4 * few


def steps_of(file, ask):
    """Return how many steps SQLite takes to answer a process that has just begun."""
    storage, steps = SQLiteStorage(file, "site"), [0]

    def count():
        steps[0] += 1

    event.listen(
        storage.engine,
        "connect",
        lambda connection, _record: connection.set_progress_handler(count, 1),
    )
    ask(storage)
    storage.close()
    return steps[0]
