"""Whatever happened, all storages answer the other questions alike, too."""

from dataclasses import replace
from datetime import date
from datetime import timedelta
from hypothesis import given
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.testing.visits import START
from tests.nightly import examples
from tests.storage.histories import EXPECTED
from tests.storage.histories import FOLDERS
from tests.storage.histories import histories
from tests.storage.histories import RULES
from tests.storage.histories import SITES
from tests.storage.histories import UIDS
from tests.storage.histories import USERS


#: What texts are known by: digests, a label, the one of which nothing is known.
CURRENT = ((), ("a",), ("2", "b"), ("",), ("never shown",))
TODAY = START.date()
PERIODS = (
    (date.min, date.max),
    (TODAY, TODAY),
    (TODAY + timedelta(days=1), date.max),
    (date.max, date.min),
)
PROGRESS = ProgressQuery(
    tuple(
        Expectation(uids, current, number % 3)
        for number, (uids, current) in enumerate(
            (uids, current)
            for uids in (UIDS, UIDS[:1], UIDS[1:], ("unknown",))
            for current in CURRENT
        )
    ),
    (EXPECTED, EXPECTED[:2], (), EXPECTED[3:]),
)
#: The same with each of what can be asked for.
ASKED = {
    (asked, rule): replace(
        PROGRESS,
        items=tuple(replace(item, asks_for=asked) for item in PROGRESS.items),
        rule=rule,
    )
    for asked in (*READING_LEVELS, ACKNOWLEDGED)
    for rule in RULES
}


@examples(5, nightly=300)
@given(history=histories)
def test_all_storages_give_the_same_answers(backends, history):
    with backends.emptied():
        for number, (site, (step, *arguments)) in enumerate(history):
            backends.now = START + timedelta(minutes=number, seconds=30)
            for storage in backends.of(site):
                getattr(storage, step)(*arguments)
        for site in SITES:
            reference, *others = map(everything, backends.of(site))
            for answers in others:
                assert answers == reference


def everything(storage) -> dict:
    """All that a storage answers besides its lists."""
    found = {
        "texts": storage.texts(UIDS),
        "texts the other way round": storage.texts(UIDS[::-1]),
        "documents": storage.document_uids(),
        "read documents": storage.read_documents(UIDS[::-1]),
        "progress": storage.progress(PROGRESS),
        **{("asked", key): storage.progress(query) for key, query in ASKED.items()},
        **{("lacking", key): storage.lacking(query) for key, query in ASKED.items()},
        **{("levels", rule): storage.levels(PROGRESS, rule) for rule in RULES},
        "behind": storage.behind(PROGRESS, size=None),
        "behind, a page": storage.behind(PROGRESS, "o", 1, 2),
    }
    for current in CURRENT:
        found["depths", current] = storage.depths(UIDS, current)
        found["first", current] = storage.first_readings(UIDS, current)
        found["people", current] = storage.first_readings(UIDS, current, as_one=True)
        others = EXPECTED[:2]
        found["others", current] = (
            storage.first_readings(UIDS, current, left_out=others),
            storage.depths(UIDS, current, left_out=others),
        )
    for generation in (None, 1, 2):
        query = AcknowledgementQuery(None, Reader("bob"), generation)
        found["acknowledged", generation] = storage.acknowledgements(query)
    for since, until in PERIODS:
        found[since, until] = storage.activity(UIDS, since, until)
    for user in USERS:
        for folder in FOLDERS:
            for generation in (1, 2):
                found[user, folder, generation] = history_of(
                    storage, Reader(user, folder), generation
                )
    for sort in ("name", "last", "level"):
        query = ReadingQuery(UIDS, sort=sort, reverse=True, size=None)
        rows = tuple(storage.each_reading(query))
        assert rows == storage.readings(query).rows
    return found


def history_of(storage, reader: Reader, generation: int) -> ReaderHistory | None:
    """Return what is known of a reader, without the keys that ``logAccess`` makes up."""
    rule = RULES[generation % 2]
    found = storage.history(HistoryQuery(UIDS, reader, generation, 0, None, rule))
    if found is None:
        return None
    accesses = tuple(replace(access, key="") for access in found.accesses)
    return replace(found, accesses=accesses)
