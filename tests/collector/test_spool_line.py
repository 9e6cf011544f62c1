"""An access survives the way through the spool unchanged."""

from datetime import datetime
from datetime import timezone
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.collector.spool_line import oldest
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.collector.spool_line import UnreadableRecord
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.plain import PlainChance
from slc.clicktracker.storage.goals.plain import PlainExposure
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.outbox.plain import plain_hit
from slc.clicktracker.storage.plain import plain
from slc.clicktracker.testing.outbox import hit
from tests.collector.accesses import NOON
from tests.collector.accesses import plain_access

import pytest


MOMENTS = st.datetimes(
    datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.just(timezone.utc)
)
#: Of another version, or damaged: a total that is a text.
HALF = packed(plain_access(engaged=5)).replace(b",5,", b',"5",')

NUMBERS = st.integers(0, 2**62)

CHANCE = PlainChance(
    *("Read \ud800", "finished", 7_000_000, 5_000_000, "uid", "1", "d1"),
    *("bob", "/acl_users", 600, 5, (plain_hit(hit(1, goal="3")),)),
)
EXPOSURE = PlainExposure("headline", "short", "bob", "", 6_000_000)


@given(
    st.builds(
        Access,
        key=st.text(),
        issued=MOMENTS,
        opened=MOMENTS,
        seen=MOMENTS,
        document=st.builds(Document, st.text(), st.text(), st.text()),
        reader=st.builds(Reader, st.text(), st.text(), st.text()),
        url=st.text(),
        version=st.builds(Version, st.text(), st.text(), NUMBERS),
        origin=st.text(),
        engaged=NUMBERS,
        depth=NUMBERS,
        marks=st.builds(Marks, st.integers(0, sum(Marks))),
    )
)
def test_every_access_comes_back_as_it_was(sent):
    assert unpacked([packed(plain(sent))]) == ([sent], [], [], [], [], [])


NAMELESS = packed(CHANCE._replace(user=""))

UNKNOWN_LEVEL = packed(CHANCE._replace(level="memorised"))


@pytest.mark.parametrize(
    "record",
    [
        *(b"", b"{}", b"[]", b"null", b"\xff", b"[" * 99999, b'["a", 1]', HALF),
        *(b'["goal"]', b'["split",1]', b'[["goal"]]', NAMELESS, UNKNOWN_LEVEL),
        packed(CHANCE._replace(pace=0)),
        packed(EXPOSURE._replace(variant="")),
    ],
)
def test_what_is_no_record_is_told(record):
    with pytest.raises(UnreadableRecord):
        unpacked([packed(plain_access()), record])


def test_the_oldest_is_found_beside_what_can_not_be_read():
    records = [packed(plain_access(5)), None, b"garbage", packed(plain_access(0))]
    assert oldest(records) == NOON
    assert oldest([None, b"garbage"]) is None


def test_a_hit_comes_back_as_it_was_beside_others():
    sent = hit(1, title="\ud800 \0", identity="Bob", session="5e")
    found = unpacked([packed(plain_access()), packed(plain_hit(sent))])
    assert (len(found.accesses), found.views, found.hits) == (1, [], [sent])
    assert oldest([packed(plain_hit(sent))]) == sent.at


def test_what_is_about_goals_and_splits_comes_back_as_it_was_beside_others():
    found = unpacked([packed(EXPOSURE), packed(plain_access()), packed(CHANCE)])
    assert found.chances == [
        GoalChance(
            goal="Read \ufffd",
            level="finished",
            at=from_microseconds(7_000_000),
            issued=from_microseconds(5_000_000),
            uid="uid",
            version=Version("1", "d1"),
            reader=Reader("bob", "/acl_users"),
            rule=EngagementRule(600, 5),
            hits=(hit(1, goal="3"),),
        )
    ]
    at = from_microseconds(6_000_000)
    assert found.exposures == [Exposure("headline", "short", Reader("bob"), at)]
    assert (len(found.accesses), found.views, found.events) == (1, [], [])
    assert oldest([packed(CHANCE), packed(EXPOSURE)]) == at
