"""Giving the readings of an old address to a document or a site."""

from datetime import datetime
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import identity
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from sqlalchemy import Row

import json


class Adoption(SiteTransaction):
    """Moves readings in one transaction, which has locked the sites.

    Readings that are there already are added to, so that no count is lost. A
    reader of the site "" becomes the reader of this site who had the same
    id at the time of the last of the readings.
    """

    def adopt(self, old: Document, document: Document, now: datetime) -> int:
        """Give what is known of ``old``, here and in the site "", to ``document``.

        Returns how many readings were given.
        """
        sources = self._run(
            "known_by_path", site=self.site, identity=identity(old)
        ).all()
        if not sources:
            return 0
        site = self._site()
        target = self._document(site, document, now)
        given = 0
        for source in sources:
            given += self._merge(source.id, target, site)
        self._run("remove_unused_readers")
        return given

    def claim(self, sources: dict[int, Document], now: datetime) -> None:
        """Move old addresses of the site "", by their number, to this site."""
        site = self._site()
        for source, document in sources.items():
            self._merge(source, self._document(site, document, now), site)
        self._run("remove_unused_readers")

    def _merge(self, source: int, target: int, site: int) -> int:
        """Empty a document into another one; return how many readings it had."""
        readers = self._run("moving_readers", source=source).all()
        numbers = {
            "source": source,
            "target": target,
            "readers": json.dumps(
                [[row.id, self._reader(row, site)] for row in readers]
            ),
        }
        self._run("merge_versions", source=source, target=target)
        self._run("merge_rows", **numbers)
        self._run("subtract_engaged", **numbers)
        if self._run("count_repeated", **numbers).scalar():
            for name in ("readings", "urls", "totals", "days", "accesses"):
                self._run(f"repeated_{name}", **numbers)
        for name in ("readings", "urls", "accesses", "days"):
            self._run(f"merge_{name}", **numbers)
        self._run("add_engaged", **numbers)
        for name in ("urls", "days", "readings", "document"):
            self._run(f"remove_{name}", source=source)
        self._run("document_changes", document=target)
        return sum(row.readings for row in readers)

    def _reader(self, row: Row, site: int) -> int:
        """Return the id of the reader in this site."""
        reader = Reader(row.member, row.folder, row.name)
        if row.site == site:
            found = row.id
        else:
            found = self._reader_here(reader, row.last, site)
            if reader.name:
                self._run(
                    "set_name",
                    reader=found,
                    name=reader.name,
                    name_key=name_key(reader),
                    at=row.name_at,
                )
        # SQL alone can't fold other letters than a–z (see logclick).
        self._run("set_id_key", reader=found, id_key=id_key(reader))
        return found

    def _reader_here(self, reader: Reader, at: object, site: int) -> int:
        who = {"site": site, "folder": reader.folder, "member": reader.user, "at": at}
        found = self._run("reader_at", **who).scalar()
        if found is None:
            self._run("add_reader", **who, id_key=id_key(reader))
            found = self._run("reader_at", **who).scalar_one()
        return found

    def _document(self, site: int, document: Document, now: datetime) -> int:
        known_as = identity(document)
        self._run(
            "add_document",
            site=site,
            uid=document.uid,
            identity=known_as,
            path=document.path,
            title=document.title,
            now=self.dialect.moment(now),
        )
        return self._run("document", site=site, identity=known_as).scalar_one()

    def _site(self) -> int:
        self._run("add_site", site=self.site)
        return self._run("site", site=self.site).scalar_one()

    def _run(self, query: str, **parameters: object):
        return self.connection.execute(self.queries.get(query), parameters)
