"""Vouching for readers: somebody else says that they have read something."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.doors.page_ticket import full_name
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.acknowledgements.model import standing
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.progress import who
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.visible import visible_version
from typing import Any


class Vouching:
    """About one document and those who are expected to read it. All that has to be asked
    is asked once; it raises ``StorageError`` and ``DigestUnknown``."""

    def __init__(self, content: Any) -> None:
        self.content = content

    @property
    def by(self) -> Reader:
        user, folder = current_user()
        return Reader(user, folder, full_name() if user else "")

    @cached_property
    def version(self) -> Version:
        """What it says now: this is what is vouched for."""
        return visible_version(self.content)

    @cached_property
    def _every(self) -> tuple[Acknowledgement, ...]:
        storage = storage_with(IAcknowledgements)
        documents = standing_of(self.content).documents
        return storage.acknowledgements(AcknowledgementQuery(documents))

    @cached_property
    def that_count(self) -> tuple[Acknowledgement, ...]:
        """What stands of texts that count as the current one, of accounts that there are: a
        later one of the same id is somebody else."""
        current = standing_of(self.content).current
        return tuple(
            each
            for each in standing(self._every)
            if each.text in current and not each.former
        )

    @cached_property
    def attested(self) -> tuple[Acknowledgement, ...]:
        """What others say of readers, and stands."""
        return tuple(each for each in self.that_count if each.kind == ATTESTED)

    @cached_property
    def open(self) -> tuple[Reader, ...]:
        """Those who are expected and have not acknowledged it, and for whom nobody vouches,
        by name."""
        done = {who(each.reader) for each in self.that_count}
        members = audience_of(self.content).members
        return tuple(each for each in members if who(each) not in done)

    def attestations(
        self, readers: Iterable[Reader], way: str, why: str, once: str
    ) -> tuple[Acknowledgement, ...]:
        """Return what the current user says of readers. ``once`` is the same when the same
        form is sent again: that is the same, unless it was withdrawn meanwhile."""
        content, now = self.content, utc_now()
        before = Counter(who(each.reader) for each in self._every if each.is_withdrawn)
        document = Document(
            document_uid(content), "/".join(content.getPhysicalPath()), content.Title()
        )
        return tuple(
            Acknowledgement(
                key=_key("attested", once, *who(each), str(before[who(each)])),
                kind=ATTESTED,
                document=document,
                version=self.version,
                reader=each,
                at=now,
                by=self.by,
                way=way,
                why=why,
            )
            for each in readers
        )


def _key(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
