"""Which kind of storage an address is for, and what is known of that kind."""

from pathlib import Path
from slc.clicktracker.storage import backends
from slc.clicktracker.storage.backends import Backend
from slc.clicktracker.storage.backends import backend_of
from slc.clicktracker.storage.backends import storage_for
from slc.clicktracker.storage.errors import InvalidAddress
from slc.clicktracker.testing.memory import MemoryStorage

import pytest


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (Path("/var/readings.sqlite"), "SQLite"),
        ("dbname=tracking host=db.example.org", "PostgreSQL"),
        ("service=tracking", "PostgreSQL"),
        ("postgresql://plone@db.example.org/tracking", "PostgreSQL"),
        ("postgres://plone@db.example.org/tracking", "PostgreSQL"),
    ],
)
def test_each_address_is_one_backends(address, name):
    storage = storage_for(address, "site")
    assert backend_of(storage).name == name
    assert storage.site == "site"
    storage.close()


@pytest.mark.parametrize("address", ["clickhouse://db", "/var/readings.sqlite", " "])
def test_an_address_that_nobody_understands_is_refused(address):
    with pytest.raises(InvalidAddress):
        storage_for(address, "site")


def test_an_address_from_a_browser_may_name_no_file_of_the_server():
    dsn = "host=db.example.org passfile=/etc/passwords"
    storage_for(dsn, "site").close()
    with pytest.raises(InvalidAddress, match="passfile"):
        storage_for(dsn, "site", typed=True)


def test_only_a_file_is_for_one_host():
    alone = [each.name for each in backends.BACKENDS if each.is_for_one_host]
    assert alone == ["SQLite"]


def test_a_storage_of_somebody_else_is_of_no_backend():
    assert backend_of(MemoryStorage()) is None


def test_one_line_makes_another_backend(monkeypatch):
    memory = Backend(
        name="Memory",
        understands=lambda address: str(address).startswith("memory:"),
        storage=MemoryStorage,
        make=lambda address, site, typed: MemoryStorage(site),
    )
    monkeypatch.setattr(backends, "BACKENDS", (memory, *backends.BACKENDS))
    storage = storage_for("memory:", "site")
    assert isinstance(storage, MemoryStorage)
    assert backend_of(storage) is memory
