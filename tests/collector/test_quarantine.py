"""The quarantine keeps what no storage can, for all processes of a folder."""

from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.collector.quarantine import QuarantineUnavailable

import pytest


def test_it_is_empty_and_makes_no_file_before_it_is_needed(tmp_path):
    quarantine = Quarantine(tmp_path)
    assert quarantine.count("site") == 0
    assert quarantine.first("site", 10) == []
    assert list(tmp_path.iterdir()) == []


def test_a_record_is_kept_once_with_its_reason_for_every_process(tmp_path):
    for _ in range(2):
        Quarantine(tmp_path).put("site", b"record", "out of range")
    quarantine = Quarantine(tmp_path)
    (one,) = quarantine.first("site", 10)
    assert (one.record, one.reason) == (b"record", "out of range")
    assert quarantine.count("site") == 1
    assert quarantine.count("other") == 0


def test_only_what_was_replayed_is_removed(tmp_path):
    quarantine = Quarantine(tmp_path)
    for record in (b"one", b"two", b"three"):
        quarantine.put("site", record, "reason")
    quarantine.remove(quarantine.first("site", 2))
    assert [one.record for one in quarantine.first("site", 10)] == [b"three"]


def test_a_file_that_can_not_be_used_is_told(tmp_path):
    (tmp_path / "quarantine.sqlite").write_bytes(b"no database at all" * 200)
    for ask in (
        lambda quarantine: quarantine.count("site"),
        lambda quarantine: quarantine.put("site", b"record", "reason"),
    ):
        with pytest.raises(QuarantineUnavailable):
            ask(Quarantine(tmp_path))


def test_nobody_else_on_the_host_can_read_it(tmp_path):
    Quarantine(tmp_path).put("site", b"record", "reason")
    assert (tmp_path / "quarantine.sqlite").stat().st_mode & 0o077 == 0
