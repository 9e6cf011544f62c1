"""What holds for whatever happens: sums, places, and the same answers everywhere."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit
from tests.nightly import examples


UIDS = ("uid-1", "uid-2")
OLD_PATHS = ("/site/old", "/site/old/below", "/site/olden")
SITES = ("", "one", "two")
USERS = ("bob", "Bob", "Straße", "")
FOLDERS = ("", "/acl_users")

thorough = examples(60, nightly=2_000)


@st.composite
def accesses(draw) -> Access:
    """An access as the product makes it: the key stands for one page view of
    one reader, document and version, and fixes what is on its ticket."""
    uid, path = draw(
        st.one_of(
            st.tuples(st.sampled_from(UIDS), st.sampled_from(("/site/a", "/site/b"))),
            st.tuples(st.just(""), st.sampled_from(OLD_PATHS)),
        )
    )
    title = draw(st.sampled_from(("", "Minutes", "Änderung")))
    user, folder = draw(st.sampled_from(USERS)), draw(st.sampled_from(FOLDERS))
    version, view = draw(st.sampled_from(("", "2"))), draw(st.integers(0, 5))
    ticket = repr((uid or path, user, folder, version, view))
    opened = START + timedelta(minutes=view, seconds=draw(st.integers(0, 3)))
    return Access(
        key=sha256(ticket.encode()).hexdigest()[:32],
        issued=START + timedelta(minutes=view),
        opened=opened,
        seen=opened + timedelta(seconds=draw(st.integers(0, 120))),
        document=Document(uid, path, title),
        reader=Reader(user, folder, draw(st.sampled_from(("", "Zoë", "älf", "ÄLF")))),
        url=("/a", "/b", "/Ä")[view % 3],
        version=version,
        origin=("page", "cache", "fetched")[view % 3],
        engaged=draw(st.integers(0, 9)) * 1000,
        depth=draw(st.integers(0, 100)),
    )


people = st.builds(Reader, st.sampled_from(USERS), st.sampled_from(FOLDERS))
documents = st.builds(
    Document,
    st.sampled_from(UIDS),
    st.sampled_from(("/site/a", "/site/old/now")),
    st.sampled_from(("", "Adopted")),
)
steps = st.one_of(
    st.tuples(st.just("record"), st.lists(accesses(), max_size=12)),
    st.tuples(
        st.just("logAccess"),
        st.sampled_from(USERS),
        st.sampled_from(("/site/a", *OLD_PATHS)),
        st.just("/log"),
    ),
    st.tuples(st.just("retire"), people),
    st.tuples(st.just("forget"), people),
    st.tuples(st.just("adopt"), st.sampled_from(OLD_PATHS), documents),
    st.tuples(st.just("claim"), st.sampled_from(("", "/site/old", "/site/olden"))),
)
histories = st.lists(st.tuples(st.sampled_from(SITES), steps), max_size=10)


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
    for search in ("STRASSE", "ä", "o"):
        found[search] = readings(storage, *UIDS, search=search)
    found["page"] = storage.readings(ReadingQuery(UIDS, "", "count", True, 2, 3))
    return found


@thorough
@given(
    sent=st.lists(accesses(), max_size=30),
    cuts=st.lists(st.lists(st.integers(0, 29), max_size=30), max_size=6),
)
def test_the_sum_of_the_accesses_is_the_reading(backends, sent, cuts):
    batches = [[sent[i] for i in cut if i < len(sent)] for cut in cuts] + [sent]
    once: dict[tuple, list[Access]] = {}
    for access in sent:
        if access.document.uid:
            who = (access.document.uid, access.reader.user, access.reader.folder)
            once.setdefault((who, access.key), []).append(access)
    count, engaged = Counter(), Counter()
    for (who, _key), same in once.items():
        count[who] += 1
        engaged[who] += max(access.engaged for access in same)
    with backends.emptied():
        for storage in backends.of("one"):
            for batch in batches:
                storage.record(batch)
            rows = readings(storage, *UIDS)
            whose = [(r.document.uid, r.reader.user, r.reader.folder) for r in rows]
            assert {w: r.count for w, r in zip(whose, rows, strict=True)} == count
            assert {w: r.engaged for w, r in zip(whose, rows, strict=True)} == {
                w: engaged[w] for w in count
            }


views_of_few_tickets = st.lists(
    st.builds(
        visit,
        st.integers(0, 59),
        at=st.integers(0, 1),
        stay=st.integers(0, 9),
        engaged=st.integers(0, 9),
        depth=st.integers(0, 100),
        url=st.sampled_from(("/a", "/b")),
        origin=st.sampled_from(("page", "cache")),
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
