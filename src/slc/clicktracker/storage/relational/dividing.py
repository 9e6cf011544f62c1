"""Who has got an id after somebody else had it who is forgotten only now."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.relational.visits.settling import LATEST
from uuid import uuid4


class Dividing(SiteTransaction):
    """Works in a transaction that has the site for itself."""

    @contextmanager
    def set_aside(
        self, reader: Reader, until: datetime, was_seen: bool
    ) -> Iterator[None]:
        """Let nothing meanwhile find by its id what began after a time. ``was_seen``: there
        are page views of that, to be recorded again.

        A reading that goes on from before stays with whoever had the id then.
        """
        who = {"folder": reader.folder, "member": reader.user}
        moments = {
            "until": self.dialect.moment(until),
            "late": self.dialect.moment(LATEST),
        }
        row = self.run("divided", **who, until=moments["until"]).first()
        if row is None:
            yield
            return
        # No id has a line feed in it, and this is gone before the commit.
        aside = f"\n{uuid4().hex}"
        self.run("reader_changes", **who)
        self.run("set_aside", **who, aside=aside, generation=row.generation)
        added = {"divided": row.id, "aside": aside, "until": moments["until"]}
        newcomer = self.run("add_newcomer", **added).scalar_one()
        both = {"divided": row.id, "newcomer": newcomer}
        self.run("end_divided", divided=row.id, until=moments["until"])
        self.run("move_readings", **both, **moments)
        self.run("move_acknowledgements", **both, until=moments["until"])
        self.run("move_goals", **both, until=moments["until"])
        if not was_seen:
            self.run("remove_nobody", newcomer=newcomer)
        yield
        self.run("put_back", **who, aside=aside)
        self.run("reader_changes", **who)
