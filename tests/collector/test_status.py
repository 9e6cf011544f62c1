"""How processes are: sums, words, and what one knows of another."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.collector.spools import Spools
from slc.clicktracker.collector.status import age
from slc.clicktracker.collector.status import CollectorStatus
from slc.clicktracker.collector.status import ProcessStatus
from slc.clicktracker.collector.status import published
from slc.clicktracker.collector.status import SiteStatus

import pytest


NOON = datetime(2026, 11, 19, 12, tzinfo=timezone.utc)
FULL = SiteStatus(3, 1, {"too-many": 2}, 2, NOON, "it hangs", 7)


def process(writer="alive", at=None, **sites):
    at = at or datetime.now(timezone.utc)
    return ProcessStatus("host:1", NOON, at, writer, sites)


def test_a_process_comes_back_from_its_text():
    one = process(a=FULL, b=SiteStatus())
    assert ProcessStatus.from_json(one.to_json()) == one


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "null", '{"at": 1}', '{"sites": {}}', "[" * 100_000),
        process(at=NOON).to_json()[1:],
        process(at=NOON).to_json().replace("+00:00", ""),
    ],
    ids=range(9),
)
def test_what_is_not_a_status_is_refused_and_left_out(text):
    with pytest.raises(ValueError):
        ProcessStatus.from_json(text)
    good = process()
    assert published([(text, True), (good.to_json(), True)]) == [good]


def test_the_total_is_the_sum_and_the_oldest_of_all():
    later = SiteStatus(1, 1, {"too-many": 1, "not-post": 1}, 1, NOON + timedelta(1))
    status = CollectorStatus("a", (process(a=later), process(a=FULL), process()), 0)
    refused = {"too-many": 3, "not-post": 1}
    assert status.total == SiteStatus(4, 2, refused, 3, NOON, "it hangs", 7)
    assert status.oldest_age(NOON + timedelta(seconds=7)) == 7


@pytest.mark.parametrize(
    "writers, expected",
    [
        (["alive"], "alive"),
        (["alive", "ended"], "ended"),
        (["ended", "dead", "alive"], "dead"),
    ],
)
def test_the_writer_is_the_worst_one(writers, expected):
    status = CollectorStatus("a", tuple(map(process, writers)), 0)
    assert status.writer == expected


@pytest.mark.parametrize(
    "silent, owned, expected",
    [(5, True, "alive"), (40, True, "dead"), (5, False, "ended"), (40, False, "ended")],
)
def test_a_process_that_says_nothing_any_more(silent, owned, expected):
    at = datetime.now(timezone.utc) - timedelta(seconds=silent)
    (found,) = published([(process(at=at, a=FULL).to_json(), owned)])
    assert found.writer == expected
    assert found.of("a") == FULL


@pytest.mark.parametrize("seconds, stalled", [(59, False), (61, True)])
def test_what_waits_for_a_minute_is_stalled(seconds, stalled):
    assert FULL.is_stalled(NOON + timedelta(seconds=seconds)) is stalled
    assert not SiteStatus().is_stalled(NOON)


def test_an_age_is_never_negative():
    assert age(NOON, NOON - timedelta(seconds=5)) == 0
    assert age(None, NOON) == 0
    assert age(NOON, NOON + timedelta(minutes=2)) == 120


def test_a_file_that_is_no_text_is_left_out(tmp_path):
    """Half of a block of the disk, after a crash: it is nobody's status."""
    good = process(at=datetime.now(timezone.utc), a=FULL)
    (tmp_path / "spool-a.json").write_bytes(b"\xff\xfe\x00{}\x80")
    (tmp_path / "spool-b.json").write_text(good.to_json(), "utf-8")
    (tmp_path / "spool-c.json").write_bytes(b'{"process": "\xff"}')
    found = published(Spools(tmp_path).others())
    assert [one.process for one in found] == [good.process]
