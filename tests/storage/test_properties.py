"""What holds for whatever happens: sums, places, and the same answers everywhere."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.acknowledgements.model import KINDS
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.marks import together
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import LISTED_LEVELS
from slc.clicktracker.storage.model import NOTES
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit
from tests.nightly import examples
from tests.storage.histories import accesses
from tests.storage.histories import EXPECTED
from tests.storage.histories import histories
from tests.storage.histories import RULES
from tests.storage.histories import SITES
from tests.storage.histories import UIDS


#: What current texts are known by: a digest, a label, one never shown, several.
CURRENT = (("a",), ("never shown",), ("", "2", "b"))
PERIOD = (START + timedelta(minutes=2), START + timedelta(minutes=4))

thorough = examples(4, nightly=500)


@thorough
@given(history=histories)
def test_all_storages_give_the_same_answers(backends, history):
    with backends.emptied():
        for number, (site, (step, *arguments)) in enumerate(history):
            backends.now = START + timedelta(minutes=number, seconds=30)
            answers = [getattr(s, step)(*arguments) for s in backends.of(site)]
            assert all(answer == answers[0] for answer in answers), step
        for site in SITES:
            reference, *others = map(everything, backends.of(site))
            for answers in others:
                assert answers == reference
            for storage in backends.of(site)[1:]:
                assert days(storage) == days_of_accesses(storage)


def days(storage) -> dict:
    """Return the accesses by document and day, as they are kept."""
    with storage.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT document, day, accesses FROM clicktracker_day"
        ).all()
    return {tuple(row[:2]): row[2] for row in rows}


def days_of_accesses(storage) -> dict:
    """Return the same as it follows from each single access."""
    with storage.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT g.document, {storage.dialect.day}, count(*) "
            "FROM clicktracker_access a JOIN clicktracker_reading g "
            "ON g.id = a.reading GROUP BY 1, 2"
        ).all()
    return {tuple(row[:2]): row[2] for row in rows}


def everything(storage) -> dict:
    """All that a storage answers."""
    status = storage.status()
    found = {
        "status": replace(status, kind="", place="", schema=0),
        "old": storage.old_addresses(""),
        "old below": storage.old_addresses("/site/old/"),
    }
    for reverse in (False, True):
        for order in ("member", "url", "count", "lastaccess"):
            found["log", order, reverse] = storage.getLog("/site", order, reverse)
        for sort in SORT_KEYS:
            found[sort, reverse] = readings(storage, *UIDS, sort=sort, reverse=reverse)
    for rule in RULES:
        found[rule] = readings(storage, *UIDS, rule=rule)
        found["coverage", rule] = storage.coverage(UIDS, rule)
        found["coverage of one", rule] = storage.coverage(UIDS[:1], rule)
        found["people", rule] = storage.coverage(UIDS, rule, as_one=True)
        found["others", rule] = storage.coverage(UIDS, rule, left_out=EXPECTED[:2])
    for search in ("STRASSE", "ä", "o"):
        found[search] = readings(storage, *UIDS, search=search)
    for uids in (UIDS, UIDS[:1]):
        found["absent", uids] = storage.absent(AbsenceQuery(uids, EXPECTED))
    for search in ("STRASSE", "ä", "o"):
        query = AbsenceQuery(UIDS, EXPECTED, search, start=1, size=1)
        found["absent", search] = storage.absent(query)
    found["page"] = storage.readings(ReadingQuery(UIDS, "", "count", True, 2, 3))
    return {**found, **by_version(storage), **by_filter(storage)}


def by_version(storage) -> dict:
    """What a storage answers about who has read which text."""
    found = {}
    for current in CURRENT:
        for standing in ("current", "older"):
            found["standing", current, standing] = readings(
                storage, *UIDS, current=current, standing=standing
            )
        found["evidence", current] = readings(
            storage, *UIDS, sort="level", reverse=True, rule=RULES[1], current=current
        )
        found["coverage", current] = storage.coverage(UIDS, RULES[1], current)
        query = ReadingQuery(UIDS, current=current, standing="older", size=1)
        found["people", current] = storage.readings(query)
        found["others", current] = storage.readings(
            replace(query, left_out=EXPECTED[:2])
        )
    return found


def by_filter(storage) -> dict:
    """What a storage answers where only some levels, or some time, is asked for."""
    since, until = PERIOD
    older = {"current": CURRENT[-1], "standing": "older"}
    found = {
        ("period", sort): readings(storage, *UIDS, since=since, until=until, sort=sort)
        for sort in ("name", "level")
    }
    for level in LISTED_LEVELS:
        found[level] = readings(storage, *UIDS, level=level, rule=RULES[1])
    for kind in KINDS:
        found[kind] = readings(storage, *UIDS, declared=kind, sort="last")
        found[kind, "older"] = readings(storage, *UIDS, declared=kind, **older)
    found["acknowledgements"] = storage.acknowledgements(AcknowledgementQuery(UIDS))
    found["all"] = readings(storage, *UIDS, level="opened", until=until, **older)
    return found


@thorough
@given(
    sent=st.lists(accesses(), max_size=30),
    cuts=st.lists(st.lists(st.integers(0, 29), max_size=30), max_size=6),
)
def test_the_sum_of_the_accesses_is_the_reading(backends, sent, cuts):
    batches = [[sent[i] for i in cut if i < len(sent)] for cut in cuts] + [sent]
    once: dict[tuple, list[Access]] = {}
    downloaded: dict[tuple, int] = {}
    for access in sent:
        who = (access.document.uid, access.reader.user, access.reader.folder)
        if access.document.uid and access.origin not in NOTES:
            once.setdefault((who, access.key), []).append(access)
        elif access.document.uid and access.origin == DOWNLOADED and who[1]:
            downloaded[who] = 0
    count = Counter(downloaded)
    marks = dict.fromkeys(downloaded, NO_MARKS)
    for (who, _key), same in once.items():
        count[who] += 1
        marks[who] = together((marks.get(who, NO_MARKS), *(a.marks for a in same)))
    with backends.emptied():
        for storage in backends.of("one"):
            for batch in batches:
                storage.record(batch)
            rows = readings(storage, *UIDS)
            whose = [(r.document.uid, r.reader.user, r.reader.folder) for r in rows]
            assert {w: r.count for w, r in zip(whose, rows, strict=True)} == count
            assert {w: r.marks for w, r in zip(whose, rows, strict=True)} == marks


@thorough
@given(sent=st.lists(accesses(), max_size=20), data=st.data())
def test_the_order_of_arrival_makes_no_difference(backends, sent, data):
    """Neither to the answers, nor to what is known of versions."""
    shuffled = data.draw(st.permutations(sent))
    cut = data.draw(st.integers(0, len(sent)))
    backends.now = START
    with backends.emptied():
        for one, two in zip(backends.of("one"), backends.of("two"), strict=True):
            one.record(sent)
            two.record(shuffled[:cut])
            two.record(shuffled[cut:] + shuffled[:cut])
            assert everything(one) == everything(two)
        reference, *others = (versions(s) for s in backends.of("one"))
        assert all(found == reference for found in others)
        for storage in backends.of("two"):
            assert versions(storage) == reference


def versions(storage) -> dict:
    """Return the words of versions, and since when they are known."""
    if isinstance(storage, MemoryStorage):
        return {
            version[1:]: (known.words, known.since)
            for version, known in storage.tables.versions.items()
            if version.site == storage.site
        }
    with storage.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.identity, v.label, v.digest, v.words, v.since "
            "FROM clicktracker_version v "
            "JOIN clicktracker_document d ON d.id = v.document "
            "JOIN clicktracker_site s ON s.id = d.site "
            f"WHERE s.uid = '{storage.site}'"
        ).all()
    moment = storage.dialect.datetime
    return {tuple(row[:3]): (row.words, moment(row.since)) for row in rows}


views_of_few_tickets = st.lists(
    st.builds(
        visit,
        st.integers(0, 59),
        at=st.integers(0, 1),
        stay=st.integers(0, 9),
        engaged=st.integers(0, 9_000),
        depth=st.integers(0, 100),
        url=st.sampled_from(("/a", "/b")),
        origin=st.sampled_from(("page", "cache")),
        marks=st.sampled_from((NO_MARKS, Marks.ENDED)),
    ),
    min_size=10,
    max_size=70,
)


@thorough
@given(batches=st.lists(views_of_few_tickets, min_size=1, max_size=3))
def test_all_storages_leave_out_the_same_views(backends, batches):
    # Which URL and origin an access has is on its ticket, and never changes.
    first = {(a.key, a.issued): a for batch in reversed(batches) for a in batch}
    with backends.emptied():
        for batch in batches:
            sent = [
                replace(
                    access,
                    url=first[access.key, access.issued].url,
                    origin=first[access.key, access.issued].origin,
                )
                for access in batch
            ]
            for storage in backends.of("one"):
                storage.record(sent)
        reference, *others = (
            (readings(storage, DOC.uid), storage.getLog("/"), storage.status().accesses)
            for storage in backends.of("one")
        )
        assert all(answer == reference for answer in others)
        assert reference[0][0].count <= 2 * VIEWS_PER_TICKET


ids = st.text(
    st.sampled_from("ab_%\\'\"üß日👍😀 .-0/\0\ud800\udfff;:{}"), min_size=1, max_size=4
)
paths = st.lists(ids, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
long_paths = st.tuples(paths, st.integers(490, 510), ids).map(
    lambda parts: parts[0] + "/" + "ü" * parts[1] + parts[2]
)


@thorough
@given(
    recorded=st.lists(st.one_of(paths, long_paths), max_size=12),
    asked=st.lists(st.one_of(paths, st.just(""), st.just("/")), max_size=4),
)
def test_a_prefix_is_a_place_in_a_tree(backends, recorded, asked):
    batch = [
        Access(
            key=f"{number:032x}",
            issued=START,
            opened=START,
            seen=START,
            document=Document("", path),
            reader=Reader("bob"),
            url=f"/{number}",
        )
        for number, path in enumerate(recorded)
    ]
    # A place is asked for most of all where something is, or nearly.
    asked = (
        asked
        + recorded
        + [p.rpartition("/")[0] for p in recorded]
        + [p[:-1] for p in recorded]
    )
    with backends.emptied():
        for storage in backends.of("one"):
            storage.record(batch)
            for prefix in asked:
                place = storable(prefix, 2048).rstrip("/")
                expected = {
                    access.url
                    for access in batch
                    if not place
                    or access.document.path == place
                    or access.document.path.startswith(place + "/")
                }
                assert {row.url for row in storage.getLog(prefix)} == expected
