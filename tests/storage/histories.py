"""Random histories of what happens to storages, and what is asked after them."""

from datetime import timedelta
from hashlib import sha256
from hypothesis import strategies as st
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import KINDS
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.visits import START


UIDS = ("uid-1", "uid-2")
OLD_PATHS = ("/site/old", "/site/old/below", "/site/olden")
SITES = ("", "one", "two")
USERS = ("bob", "Bob", "Straße", "")
FOLDERS = ("", "/acl_users")
VERSIONS = (("", ""), ("2", ""), ("2", "a"), ("10", "a"), ("3", "b"))
EXPECTED = (
    Reader("bob", "", "Zoë"),
    Reader("Bob", "", "älf"),
    Reader("Straße", "/acl_users", "ÄLF"),
    Reader("carol", "", "Zoë"),
    Reader("bob", "/acl_users"),
    Reader("bob", "", "Twice"),
)
RULES = (EngagementRule(), EngagementRule(words_per_minute=7, least_seconds=0))


@st.composite
def accesses(draw) -> Access:
    """An access as the product makes it: the key stands for one page view of
    one reader, document and version, and fixes what is on its ticket, or the note
    that the page was served or the file delivered. Only the words of a version differ now and then."""
    uid, path = draw(
        st.one_of(
            st.tuples(st.sampled_from(UIDS), st.sampled_from(("/site/a", "/site/b"))),
            st.tuples(st.just(""), st.sampled_from(OLD_PATHS)),
        )
    )
    title = draw(st.sampled_from(("", "Minutes", "Änderung")))
    user, folder = draw(st.sampled_from(USERS)), draw(st.sampled_from(FOLDERS))
    label, digest = draw(st.sampled_from(VERSIONS))
    view, again = draw(st.integers(0, 5)), draw(st.booleans())
    ticket = repr((uid or path, user, folder, label, digest, view, again))
    # There may be two views of a ticket. The last tickets are of the day that begins twelve hours later.
    issued = START + timedelta(minutes=view, hours=12 * (view > 3))
    opened = issued + timedelta(seconds=draw(st.integers(0, 3)))
    return Access(
        key=sha256(ticket.encode()).hexdigest()[:32],
        issued=issued,
        opened=opened,
        seen=opened + timedelta(seconds=draw(st.integers(0, 120))),
        document=Document(uid, path, title),
        reader=Reader(user, folder, draw(st.sampled_from(("", "Zoë", "älf", "ÄLF")))),
        url=("/a", "/b", "/Ä")[view % 3],
        version=Version(label, digest, draw(st.sampled_from((0, 1, 100, 1000)))),
        origin=draw(st.sampled_from((SERVED, DOWNLOADED)))
        if draw(st.booleans()) and draw(st.booleans())
        else ("page", "cache", "fetched")[view % 3],
        engaged=draw(st.integers(0, 99)) * 1000,
        depth=draw(st.integers(0, 100)),
        marks=draw(st.builds(Marks, st.integers(0, sum(Marks)))),
    )


@st.composite
def acknowledgements(draw) -> Acknowledgement:
    """What is said of a reader and a version, or is withdrawn; the key fixes all of it. It is
    about few, so that much of it is withdrawn that was said before."""
    uid, path = UIDS[0], draw(st.sampled_from(("/site/a", "/site/b")))
    user, folder = draw(st.sampled_from(("bob", "Straße"))), ""
    label, digest = draw(st.sampled_from(VERSIONS[2:]))
    kind, is_withdrawn = draw(st.sampled_from(KINDS)), draw(st.booleans())
    minute = draw(st.integers(0, 5))
    said = repr((uid, path, user, folder, label, digest, kind, is_withdrawn, minute))
    return Acknowledgement(
        key=sha256(said.encode()).hexdigest()[:32],
        kind=kind,
        document=Document(uid, path, ("", "Minutes", "Änderung")[minute % 3]),
        version=Version(label, digest, (0, 100, 1000)[minute % 3]),
        reader=Reader(user, folder, ("", "Zoë", "älf")[minute % 3]),
        at=START + timedelta(minutes=minute, seconds=45),
        by=Reader(USERS[minute % 3]),
        sentence=("", "Gelesen", "Read")[minute % 3],
        language=("de", "en")[minute % 2],
        is_withdrawn=is_withdrawn,
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
    st.tuples(st.just("acknowledge"), st.lists(acknowledgements(), max_size=5)),
    st.tuples(st.just("retire"), people),
    st.tuples(st.just("forget"), people),
    st.tuples(st.just("adopt"), st.sampled_from(OLD_PATHS), documents),
    st.tuples(st.just("claim"), st.sampled_from(("", "/site/old", "/site/olden"))),
)
histories = st.lists(st.tuples(st.sampled_from(SITES), steps), max_size=10)
