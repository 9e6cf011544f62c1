"""The kinds of storages that come with the package, and which of them an address is for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage


#: A DSN, or the file for readings of a site that has none.
Address = str | Path


@dataclass(frozen=True)
class Backend:
    """A kind of storage. ``name`` is what it is called on screens.

    ``understands`` tells whether an address is of this kind. ``storage`` is the class,
    ``make`` returns one for an address, the UID of a site, and whether the address was
    typed into a browser; it connects to nothing, and raises ``errors.InvalidAddress``.
    ``is_for_one_host``: several servers can't share what it keeps.
    """

    name: str
    understands: Callable[[Address], bool]
    storage: type[IStorageMaintenance]
    make: Callable[[Address, str, bool], IStorageMaintenance]
    is_for_one_host: bool = False


#: The first that understands an address has it. PostgreSQL is the last: an address of
#: libpq needs no scheme, and what nobody understands is explained by it.
BACKENDS = (
    Backend(
        name="SQLite",
        understands=lambda address: isinstance(address, Path),
        storage=SQLiteStorage,
        make=lambda file, site, typed: SQLiteStorage(file, site),
        is_for_one_host=True,
    ),
    Backend(
        name="PostgreSQL",
        understands=lambda address: True,
        storage=PostgreSQLStorage,
        make=lambda dsn, site, typed: PostgreSQLStorage(dsn, site, typed=typed),
    ),
)


def storage_for(
    address: Address, site: str, typed: bool = False
) -> IStorageMaintenance:
    """Return a new storage for an address and the UID of a site. Nothing is connected.

    ``typed``: the address comes from a browser, and not from who runs the server.
    Raises ``errors.InvalidAddress``.
    """
    backend = next(each for each in BACKENDS if each.understands(address))
    return backend.make(address, site, typed)


def backend_of(storage: object) -> Backend | None:
    """Return what kind a storage is of, None for one that is somebody else's."""
    kinds = (each for each in BACKENDS if isinstance(storage, each.storage))
    return next(kinds, None)


def shared_backends() -> list[Backend]:
    """Return the kinds that several servers can share."""
    return [each for each in BACKENDS if not each.is_for_one_host]
