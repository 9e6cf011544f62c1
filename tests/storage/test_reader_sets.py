"""What is derived of readings is always what they amount to, whoever asks when."""

from collections import Counter
from dataclasses import replace
from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.sets.bits import bits_of
from slc.clicktracker.storage.sets.bits import counts
from slc.clicktracker.storage.sets.bits import numbers_in
from slc.clicktracker.storage.sets.document_days import activity_of
from slc.clicktracker.storage.sets.document_days import DocumentDays
from slc.clicktracker.storage.sets.document_sets import DocumentSets
from slc.clicktracker.storage.sets.document_sets import Text
from slc.clicktracker.storage.sets.document_sets import TextSets
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit
from sqlalchemy import event
from tests.nightly import examples
from tests.storage.histories import histories
from tests.storage.histories import RULES
from tests.storage.histories import SITES
from tests.storage.histories import UIDS

import pytest
import shutil


numbers = st.frozensets(st.integers(0, 300))


@given(numbers)
def test_a_set_gives_back_its_numbers(some):
    assert list(numbers_in(bits_of(some))) == sorted(some)


@given(st.lists(st.tuples(numbers, st.integers(0, 9)), max_size=20))
def test_numbers_are_counted_in_many_sets_as_often_as_each_counts(sets):
    expected = Counter(
        number for some, times in sets for number in some for _time in range(times)
    )
    found = counts(((bits_of(some), times) for some, times in sets), 301)
    assert found == [expected[number] for number in range(301)]


def test_where_other_texts_are_the_current_ones_readers_have_got_elsewhere():
    first = Text("1", 1, 0, TextSets(opened=0b11))
    second = Text("2", 2, 0, TextSets(opened=0b01, engaged=0b01, finished=0b01))
    sets = DocumentSets([first, second])
    for current, finished in (("1", 0), ("2", 0b01), ("1", 0)):
        assert sets.newest_levels([current]).finished == finished
        assert sets.newest_levels([current], "attested").finished == 0


def derived(storage):
    """Return what is derived, in a form that can be compared."""
    with storage.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.identity, s.sets, s.orders, i.uid FROM clicktracker_sets s"
            " JOIN clicktracker_document d ON d.id = s.document"
            " JOIN clicktracker_site i ON i.id = d.site"
        ).all()
        readers = dict(
            connection.exec_driver_sql("SELECT place, reader FROM clicktracker_place")
            .tuples()
            .all()
        )
    return {
        (row.uid, row.identity): [
            (
                text.name,
                text.newest,
                text.visits,
                [{readers[place] for place in numbers_in(some)} for some in text.sets],
            )
            for text in DocumentSets.unpacked(bytes(row.sets)).texts
        ]
        + [
            (readers[place], values)
            for place, values in sorted(
                DocumentValues.unpacked(bytes(row.orders)).by_place.items()
            )
        ]
        for row in rows
    }


@examples(3, nightly=500)
@given(history=histories, asked=st.sets(st.integers(0, 9)))
def test_it_is_the_same_when_it_is_made_anew(backends, history, asked):
    with backends.emptied():
        for number, (site, (step, *arguments)) in enumerate(history):
            backends.now = START + timedelta(minutes=number, seconds=30)
            for storage in backends.of(site)[1:]:
                getattr(storage, step)(*arguments)
                if number in asked:
                    storage.catch_up()
        for site in SITES:
            for storage in backends.of(site)[1:]:
                storage.catch_up()
                kept = derived(storage)
                storage.rebuild()
                assert {uid: its for uid, its in kept.items() if its} == {
                    uid: its for uid, its in derived(storage).items() if its
                }


@examples(3, nightly=300)
@given(history=histories, asked=st.sets(st.integers(0, 9)))
def test_whoever_asked_meanwhile_gets_the_same_answers(backends, history, asked):
    with backends.emptied():
        for number, (site, (step, *arguments)) in enumerate(history):
            backends.now = START + timedelta(minutes=number, seconds=30)
            for storage in backends.of(site):
                getattr(storage, step)(*arguments)
                if number in asked:
                    lists(storage)
        for site in SITES:
            reference, *others = map(everything, backends.of(site))
            for answers in others:
                assert answers == reference


def lists(storage):
    queries = [
        ReadingQuery(UIDS, current=current, standing=standing, rule=rule, sort=sort)
        for current, standing in (((), ""), (("a",), "current"), (("b",), "older"))
        for rule in RULES
        for sort in ("name", "level", "last", "engaged")
    ]
    return [
        (query, storage.readings(query), storage.coverage(UIDS, query.rule))
        for query in queries
    ]


def everything(storage):
    """Return pages in each order as well, of all and of some."""
    queries = [
        ReadingQuery(UIDS, sort=sort, reverse=reverse, start=start, size=2, **some)
        for sort in SORT_KEYS
        for reverse in (False, True)
        for start in (0, 1, 3)
        for some in ({}, {"search": "o"}, {"level": "opened"}, {"current": ("", "b")})
    ]
    return lists(storage), [(query, storage.readings(query)) for query in queries]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "readings.sqlite"


@pytest.fixture
def storage(file):
    made = SQLiteStorage(file, "site")
    yield made
    made.close()


def names(storage, **asked):
    page = storage.readings(ReadingQuery((DOC.uid,), **asked))
    return [row.reader.name or row.reader.user for row in page.rows]


ZOE = Reader("zoe", name="Zoë")


def test_what_another_process_has_recorded_is_seen(file, storage):
    other = SQLiteStorage(file, "site")
    assert names(storage) == []
    other.record([visit(1, BOB)])
    assert names(storage) == ["bob"]
    # The other one brings it up to date first.
    other.record([visit(2, ZOE)])
    assert names(other) == ["bob", "Zoë"]
    assert names(storage) == ["bob", "Zoë"]
    other.close()


def test_a_new_name_is_sorted_where_it_belongs(storage):
    storage.record([visit(1, BOB), visit(2, ZOE)])
    assert names(storage) == ["bob", "Zoë"]
    storage.record([visit(3, replace(ZOE, name="Anna"), at=9)])
    assert names(storage) == ["Anna", "bob"]


def test_a_backup_that_was_restored_is_seen(tmp_path, file, storage):
    storage.record([visit(1, BOB)])
    assert names(storage) == ["bob"]
    storage.close()
    shutil.copy(file, tmp_path / "backup.sqlite")
    storage.record([visit(2, ZOE)])
    assert names(storage) == ["bob", "Zoë"]
    storage.close()
    file.unlink()
    (tmp_path / "backup.sqlite").rename(file)
    assert names(storage) == ["bob"]


def test_levels_are_those_of_the_rule_that_is_asked_for(storage):
    storage.record([visit(1, BOB, stay=7, engaged=6000)])
    for seconds, level in ((5, "engaged"), (8, "opened"), (5, "engaged")):
        rule = EngagementRule(least_seconds=seconds)
        (row,) = storage.readings(ReadingQuery((DOC.uid,), rule=rule)).rows
        assert row.level == level
        assert storage.coverage((DOC.uid,), rule).engaged == (level == "engaged")


def test_what_somebody_had_read_is_gone_with_them(storage):
    storage.record([visit(1, BOB), visit(2, ZOE, url="/other")])
    storage.catch_up()
    storage.record([visit(3, ZOE, at=9, stay=5, url="/a", engaged=1)])
    storage.forget(BOB)
    storage.catch_up()
    kept = derived(storage)
    storage.rebuild()
    assert derived(storage) == kept
    (_text, (_reader, values)) = kept["site", DOC.uid]
    assert (values.count, values.url, values.engaged) == (2, "/a", {"": 1})


def test_who_asks_again_writes_nothing(storage):
    storage.record([visit(1, BOB)])
    assert names(storage) == ["bob"]
    written = []
    event.listen(
        storage.engine,
        "before_cursor_execute",
        lambda _c, _k, statement, *_rest: written.append(statement.split()[0]),
    )
    assert names(storage) == ["bob"]
    assert set(written) <= {"BEGIN", "SELECT", "WITH"}


def test_catching_up_stops_between_two_steps(storage):
    storage.record([visit(1, BOB)])
    storage.catch_up(go_on=lambda: False)
    assert derived(storage) == {}
    storage.catch_up()
    assert [site for site, _uid in derived(storage)] == ["site"]


days = st.dictionaries(st.integers(700_000, 700_400), st.integers(1, 9), max_size=6)


@given(
    st.dictionaries(st.sampled_from(UIDS), days),
    st.integers(699_990, 700_410),
    st.integers(699_990, 700_410),
)
def test_what_was_opened_between_two_days_is_counted(documents, since, until):
    found = activity_of(
        {uid: DocumentDays.of(its.items()) for uid, its in documents.items()},
        date.fromordinal(since),
        date.fromordinal(until),
    )
    by_day, by_document = Counter(), Counter()
    for uid, its in documents.items():
        for day, accesses in its.items():
            if since <= day <= until:
                by_day[date.fromordinal(day)] += accesses
                by_document[uid] += accesses
    assert dict(found.by_day) == by_day
    assert list(found.by_day) == sorted(found.by_day)
    assert list(found.by_document) == sorted(
        by_document.items(), key=lambda each: (-each[1], each[0])
    )
