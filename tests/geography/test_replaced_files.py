"""A database that is replaced while it is in use: noticed, and never the end of a process."""

from concurrent.futures import ThreadPoolExecutor
from demo.places import PLACES
from demo.places import write_places
from slc.clicktracker.geography import opened
from slc.clicktracker.geography import reading
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.errors import Why
from slc.clicktracker.geography.opened import location_file
from tests.geography.databases import settle

import os
import pytest
import shutil
import signal
import subprocess
import sys


ADDRESS = "192.0.2.7"
OTHER = dict.fromkeys(PLACES, PLACES["2001:db8:1::/48"])


@pytest.fixture(params=["auto", "mapped", "memory"])
def how(request):
    return request.param


@pytest.fixture
def path(tmp_path):
    """A database that nobody writes to."""
    return settle(write_places(tmp_path / "places.mmdb"))


@pytest.fixture
def other(tmp_path):
    return settle(write_places(tmp_path / "other.mmdb", OTHER))


def city_at(path, how, address=ADDRESS):
    return city_in(location_file(str(path), how), address)


def city_in(found, address=ADDRESS):
    return dict(found.location(address).city_names)["en"]


def make_as_large(path, other):
    """Have both files the same size; what follows the metadata is not looked at."""
    size = max(path.stat().st_size, other.stat().st_size)
    for file in (path, other):
        file.write_bytes(file.read_bytes().ljust(size, b"\0"))
        settle(file)


def write_over(path, data):
    """Write over a file in place, as ``cp`` and downloads do."""
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(data)


def test_it_is_read_once(path, how, monkeypatch):
    times = []
    real = opened.read
    monkeypatch.setattr(opened, "read", lambda *some: times.append(1) or real(*some))
    for _ in range(3):
        assert city_at(path, how) == "Hamburg"
    assert times == [1]


def test_one_that_somebody_may_write_to_is_read_once_more(tmp_path, how, monkeypatch):
    """Two writes within one tick of the clock leave the same times."""
    path = write_places(tmp_path / "fresh.mmdb")
    times = []
    real = opened.read
    monkeypatch.setattr(opened, "read", lambda *some: times.append(1) or real(*some))
    for _ in range(2):
        assert city_at(path, how) == "Hamburg"
    assert times == [1]
    later = opened.time.time_ns() + opened.SETTLED
    monkeypatch.setattr(opened.time, "time_ns", lambda: later)
    for _ in range(2):
        assert city_at(path, how) == "Hamburg"
    assert times == [1, 1]


def test_another_file_is_put_in_its_place(path, other, how):
    before = location_file(str(path), how)
    os.replace(other, path)
    assert city_at(path, how) == "Cape Town"
    # Whoever has just asked for the old one goes on with it.
    assert city_in(before) == "Hamburg"


def test_a_file_of_the_same_size_and_age_is_another_one(path, other, how):
    make_as_large(path, other)
    assert city_at(path, how) == "Hamburg"
    times = path.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    os.replace(other, path)
    assert city_at(path, how) == "Cape Town"


def test_it_is_written_over_with_the_times_of_another_one(path, other, how):
    """As ``cp -p`` and ``rsync --inplace`` leave it."""
    make_as_large(path, other)
    assert city_at(path, how) == "Hamburg"
    times = path.stat()
    shutil.copyfile(other, path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert city_at(path, how) == "Cape Town"


def test_while_it_is_written_the_one_before_is_used(path, other, how):
    assert city_at(path, how) == "Hamburg"
    data = other.read_bytes()
    for end in (0, 100, len(data) // 2, len(data)):
        write_over(path, data[:end])
        assert city_at(path, how) == "Hamburg"
    settle(path)
    assert city_at(path, how) == "Cape Town"


def test_one_that_stays_cut_is_said_to_be_broken(path, other, how):
    assert city_at(path, how) == "Hamburg"
    write_over(path, other.read_bytes()[:1000])
    settle(path)
    with pytest.raises(UnusableFile) as raised:
        location_file(str(path), how)
    assert raised.value.why is Why.NOT_THIS_FORMAT
    os.replace(other, path)
    assert city_at(path, how) == "Cape Town"


def test_one_that_is_removed_is_missed_until_it_is_back(path, other, how):
    assert city_at(path, how) == "Hamburg"
    path.unlink()
    with pytest.raises(UnusableFile) as raised:
        location_file(str(path), how)
    assert raised.value.why is Why.MISSING
    os.replace(other, path)
    assert city_at(path, how) == "Cape Town"


def test_one_that_was_read_half_written_is_read_anew(tmp_path, other, how):
    path = tmp_path / "fresh.mmdb"
    path.write_bytes(other.read_bytes()[:1000])
    with pytest.raises(UnusableFile):
        location_file(str(path), how)
    path.write_bytes(other.read_bytes())
    assert city_at(path, how) == "Cape Town"


def test_one_that_is_written_to_while_it_is_read_is_not_used(path, how, monkeypatch):
    """It may be half of the old one and half of the new one."""
    real = reading._reader

    def slow(source, how):
        found = real(source, how)
        with path.open("r+b") as file:
            file.write(b"\0" * 100)
        return found

    monkeypatch.setattr(reading, "_reader", slow)
    with pytest.raises(UnusableFile) as raised:
        location_file(str(path), how)
    assert raised.value.why is Why.BROKEN


CUT = """
import sys
from slc.clicktracker.geography.opened import location_file

path, how = sys.argv[1:]
found = location_file(path, how)
with open(path, "r+b") as file:
    file.truncate(0)
for last in range(256):
    for address in (f"192.0.2.{last}", f"2001:db8:{last:x}::"):
        found.location(address)
assert dict(found.location("192.0.2.7").city_names)["en"] == "Hamburg"
"""


def test_no_process_is_killed_when_it_is_cut_in_place(path, how):
    """What is mapped from the file itself would be gone (SIGBUS). In another process, so
    that this one can tell."""
    command = [sys.executable, "-c", CUT, str(path), how]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode != -signal.SIGBUS
    assert done.returncode == 0, done.stderr


def test_several_threads_ask_while_it_is_replaced(path, other, tmp_path, how):
    first, second = path.read_bytes(), other.read_bytes()

    def ask(_):
        return {city_at(path, how) for _ in range(60)}

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask, number) for number in range(5)]
        for number in range(40):
            new = tmp_path / "new.mmdb"
            new.write_bytes(second if number % 2 else first)
            os.replace(settle(new, 60 + number), path)
        answers = set().union(*(each.result() for each in asked))
    assert answers <= {"Hamburg", "Cape Town"}
    os.replace(settle(other), path)
    assert city_at(path, how) == "Cape Town"
