"""A site that has been tracked for a year: made-up readings, as many as are wanted.

The same seed makes the same site, in PostgreSQL and in SQLite. Some documents are read
by nearly everybody and most by few, some members read a lot and most little; half of
the documents have changed in between. Readings are made by the database, as millions are
wanted in minutes; single accesses are left out, as no question that is measured looks at
them. What 0.4 would have recorded of the same is put into its tables, beside ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from random import Random
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.keys import url_key
from slc.clicktracker.storage.marks import MARKS_BY_NAME
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.queries import Queries
from slc.clicktracker.storage.relational.storage import RelationalStorage
from typing import Any
from typing import NamedTuple


SEED = 4
SITE = "site"

#: A folder with so many documents, and so many readings of them.
FOLDER = "/Plone/board"
FOLDER_DOCUMENTS = 200
FOLDER_READINGS = 60_000

#: The document after them has so many readings.
MINUTES_READINGS = 1_000

_START = datetime(2025, 1, 1, tzinfo=timezone.utc)
_FIRST_SECOND = microseconds(_START) // 1_000_000
_YEAR = 365 * 86_400
_MILLION = 1_000_000

_NAMES = ("Alice Anders", "Bob Berg", "Çelik Demir", "Zoë Young", "Jürgen Meier")
_SUBJECTS = ("Minutes", "Travel expenses", "Safety instruction", "Übersicht", "Report")

#: Columns that are made out of a pair, in seconds since 1970.
_MOMENTS = {
    "moment_first": "p.opened",
    "moment_last": "p.opened + p.stay + CASE WHEN p.times > 1 THEN p.again ELSE 0 END",
    "moment_newest": "p.opened + CASE WHEN p.times > 1 THEN p.again ELSE 0 END",
}

#: How the databases write such a time.
_WRITTEN = {"sqlite": "({}) * 1000000", "postgresql": "to_timestamp({})"}

#: The oldest ticket of what was never opened.
_NEVER = {"sqlite": "9223372036854775807", "postgresql": "timestamptz 'infinity'"}

#: Filling a table is faster without its indexes, and without a log.
_BEFORE = {
    "sqlite": ("PRAGMA cache_size = -500000", "DROP INDEX clicktracker_reading_reader"),
    "postgresql": (
        "ALTER TABLE clicktracker_reading SET UNLOGGED",
        "ALTER TABLE clicktracker_reading_url SET UNLOGGED",
        "ALTER TABLE clicktracker_reading DROP CONSTRAINT clicktracker_reading_key",
        "DROP INDEX clicktracker_reading_reader",
        "SET LOCAL work_mem = '256MB'",
        "SET LOCAL maintenance_work_mem = '512MB'",
    ),
}
_INDEX = "CREATE INDEX clicktracker_reading_reader ON clicktracker_reading (reader, document)"
_AFTER = {
    "sqlite": (_INDEX,),
    "postgresql": (
        "ALTER TABLE clicktracker_reading ADD CONSTRAINT clicktracker_reading_key "
        "UNIQUE (document, reader, version) INCLUDE (oldest, downloaded_first)",
        _INDEX,
    ),
}


@dataclass(frozen=True)
class Size:
    """How many documents and members, and how many readings, nearly."""

    documents: int
    members: int
    readings: int


class MadeDocument(NamedTuple):
    """``current`` is the digest of its present text, ``popularity`` how likely a member
    who reads everything has read each of its versions, of which there are ``versions``."""

    uid: str
    path: str
    title: str
    current: str
    versions: int
    popularity: float


@dataclass(frozen=True)
class MadeSite:
    """What is in the database; ``readings`` counts the rows of the table."""

    documents: tuple[MadeDocument, ...]
    members: tuple[Reader, ...]
    readings: int

    @property
    def folder(self) -> tuple[MadeDocument, ...]:
        return self.documents[:FOLDER_DOCUMENTS]

    @property
    def minutes(self) -> MadeDocument:
        return self.documents[FOLDER_DOCUMENTS]


def generate(storage: RelationalStorage, size: Size) -> MadeSite:
    """Fill the database of a storage that is set up and empty."""
    random = Random(SEED)  # noqa: S311 (only made up)
    activity = [_activity(number / size.members) for number in range(size.members)]
    random.shuffle(activity)
    documents = tuple(_documents(random, size, sum(activity)))
    members = tuple(
        Reader(f"member-{n:05}", name=f"{_NAMES[n % len(_NAMES)]} {n:05}")
        for n in range(size.members)
    )
    kind = storage.engine.dialect.name
    made = {word: _WRITTEN[kind].format(sql) for word, sql in _MOMENTS.items()}
    marks = {name: str(int(mark)) for name, mark in MARKS_BY_NAME.items()}
    parts = {"day": storage.dialect.day, "never": _NEVER[kind], **made, **marks}
    queries = Queries(__package__, "generated.sql", parts=parts)
    writer = storage.engine.execution_options(clicktracker_writes=True)
    with writer.begin() as connection:
        for statement in _BEFORE[kind]:
            connection.exec_driver_sql(statement)
        for name in ("versions", "members", "document_0_4", "click_0_4"):
            connection.execute(queries.get(name))
        rows = _rows(storage, documents, members, activity)
        for name, parameters in rows.items():
            connection.execute(queries.get(name), parameters)
        for name in ("readings", "urls", "days", "documents_0_4", "clicks_0_4"):
            seed = {"seed": SEED} if name == "readings" else {}
            connection.execute(queries.get(name), seed)
        for statement in _AFTER[kind]:
            connection.exec_driver_sql(statement)
    storage.close()
    return MadeSite(documents, members, _finished(storage, kind))


def _finished(storage: RelationalStorage, kind: str) -> int:
    """Count the readings; let PostgreSQL do what autovacuum will have done."""
    with storage.engine.connect() as connection:
        if kind == "postgresql":
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("VACUUM ANALYZE")
        return connection.exec_driver_sql(
            "SELECT count(*) FROM clicktracker_reading"
        ).scalar_one()


def _activity(place: float) -> float:
    """Return how much of everything somebody reads: some nearly all, most little."""
    return 0.05 + 0.95 * (1 - place) ** 3


def _documents(random: Random, size: Size, activity: float) -> Iterator[MadeDocument]:
    """Return the documents, each with a chance to be read that gives the sums."""
    others = size.documents - FOLDER_DOCUMENTS - 1
    wanted = [
        *_shared(FOLDER_READINGS, FOLDER_DOCUMENTS),
        MINUTES_READINGS,
        *_shared(size.readings - FOLDER_READINGS - MINUTES_READINGS, others),
    ]
    for number, readings in enumerate(wanted):
        in_folder = number < FOLDER_DOCUMENTS
        place = FOLDER if in_folder else f"/Plone/intranet/department-{number % 17}"
        versions = 1 + number % 2
        yield MadeDocument(
            uid=f"{random.getrandbits(128):032x}",
            path=f"{place}/document-{number:05}",
            title=f"{_SUBJECTS[number % len(_SUBJECTS)]} {number:05}",
            current=f"{random.getrandbits(128):032x}",
            versions=versions,
            popularity=min(readings / versions / activity, 1.0),
        )


def _shared(readings: int, among: int) -> list[float]:
    """Return how many readings each has: the first ones many, most of them few."""
    weights = [1 / (place + among / 20) ** 0.4 for place in range(among)]
    return [readings * weight / sum(weights) for weight in weights]


def _rows(
    storage: RelationalStorage,
    documents: tuple[MadeDocument, ...],
    members: tuple[Reader, ...],
    activity: list[float],
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all small tables; each is numbered from 1 in its table."""
    at = storage.dialect.moment(_START)
    found: dict[str, list[dict[str, Any]]] = {
        "site": [{"site": SITE}],
        "document": [
            {"uid": made.uid, "path": made.path, "title": made.title, "at": at}
            for made in documents
        ],
        "reader": [
            {
                "member": reader.user,
                "name": reader.name,
                "at": at,
                "name_key": name_key(reader),
                "id_key": id_key(reader),
            }
            for reader in members
        ],
        "made_member": [
            {"reader": number, "activity": int(share * _MILLION)}
            for number, share in enumerate(activity, 1)
        ],
        "version": [],
        "made_version": [],
    }
    for document, made in enumerate(documents, 1):
        url = made.path.removeprefix("/Plone")
        # They came one after the other, in the first nine tenths of the year.
        since = document * 7919 % len(documents) * (_YEAR * 9 // 10) // len(documents)
        seconds = (_YEAR - since) // made.versions
        for number in range(made.versions):
            is_last = number == made.versions - 1
            found["version"].append(
                {
                    "document": document,
                    "label": str(number + 1),
                    "digest": made.current if is_last else made.current[::-1],
                    "words": 200 + document * 37 % 3000,
                    "since": at,
                }
            )
            found["made_version"].append(
                {
                    "version": len(found["version"]),
                    "document": document,
                    "since": _FIRST_SECOND + since + number * seconds,
                    "seconds": seconds,
                    "popularity": int(made.popularity * _MILLION),
                    "url": url,
                    "url_key": url_key(url),
                }
            )
    return found
