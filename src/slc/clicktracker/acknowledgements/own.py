"""What the current user may acknowledge, has acknowledged, and takes back."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from slc.clicktracker.acknowledgements.asked import Sentence
from slc.clicktracker.acknowledgements.asked import sentence_of
from slc.clicktracker.acknowledgements.recording import acknowledge
from slc.clicktracker.acknowledgements.recording import can_acknowledge
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.doors.page_ticket import full_name
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.acknowledgements.model import standing
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tracking.tracked import tracked_at
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.standing import documents_standing_for
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.visible import visible_version
from typing import Any


class Own:
    """About the current user and one document. All that has to be asked is asked once."""

    def __init__(self, content: Any) -> None:
        self.content = content

    @cached_property
    def reader(self) -> Reader | None:
        """The current user, None for nobody."""
        user, folder = current_user()
        return Reader(user, folder, full_name()) if user else None

    @cached_property
    def sentence(self) -> Sentence | None:
        """What the user is asked to acknowledge, None where nobody asks."""
        if self.reader is None:
            return None
        # Most pages ask nobody: who is expected is only found where somebody is asked.
        sentence = sentence_of(self.content)
        if sentence is None or not can_acknowledge():
            return None
        return sentence if self.is_expected else None

    @cached_property
    def is_expected(self) -> bool:
        """Is the user in the audience?"""
        who = current_user()
        members = self._audience.members
        return any((each.user, each.folder) == who for each in members)

    @property
    def _audience(self) -> Audience:
        # Each page asks: of what is in the catalog, most is remembered.
        path = "/".join(self.content.getPhysicalPath())
        for tracked in tracked_at([path], "View"):
            return Audiences().of_item(tracked.item)
        return audience_of(self.content)

    @cached_property
    def every(self) -> tuple[Acknowledgement, ...]:
        """All that is known of the user and what stands for the document, also what was
        withdrawn. Raises ``StorageError``."""
        storage = storage_with(IAcknowledgements)
        if storage is None or self.reader is None:
            return ()
        documents = documents_standing_for(self.content)
        return storage.acknowledgements(AcknowledgementQuery(documents, self.reader))

    @property
    def standing(self) -> tuple[Acknowledgement, ...]:
        """What of that stands now."""
        return standing(self.every)

    @property
    def said_and_stands(self) -> tuple[Acknowledgement, ...]:
        """What the user has said, and stands now: what others attest is theirs."""
        return tuple(each for each in self.standing if each.kind == ACKNOWLEDGED)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        """The texts that count as the current one, with what the page shows now."""
        # The page itself may read its own file at once.
        visible_version(self.content)
        return standing_of(self.content).current

    @property
    def that_counts(self) -> Acknowledgement | None:
        """What the user has acknowledged, or is attested, of a text that counts now: the
        latest. Raises ``StorageError``."""
        try:
            current = self._texts
        except DigestUnknown:
            return None
        found = [each for each in self.standing if each.text in current]
        return max(found, key=lambda each: each.at, default=None)

    def counts(self, ticket: Ticket) -> bool:
        """Does the version on a ticket count as the current one?"""
        try:
            return (ticket.digest or ticket.version) in self._texts
        except DigestUnknown:
            return False

    def said(
        self, ticket: Ticket, sentence: Sentence, asked_again: bool
    ) -> Acknowledgement:
        """Return what the user says with a ticket. Clicked twice, it is the same; clicked
        again after it was taken back, it is not. Raises ``StorageError``."""
        before = sum(each.is_withdrawn for each in self.every)
        once = f"acknowledged\n{ticket.nonce}\n{before}"
        return Acknowledgement(
            key=sha256(once.encode()).hexdigest(),
            kind=ACKNOWLEDGED,
            document=Document(ticket.document, ticket.path, ticket.title),
            version=Version(ticket.version, ticket.digest, ticket.words),
            reader=self.reader,
            at=utc_now(),
            by=self.reader,
            sentence=sentence.text,
            language=sentence.language,
            asked_again=asked_again,
        )


def take_back(own: Own, key: str, why: str) -> bool:
    """Take back, with the transaction, what the user has said with a key. Return False
    where that doesn't stand, or nothing can be recorded. Raises ``StorageError``."""
    said = tuple(each for each in own.said_and_stands if each.key == key)
    if not (said and can_acknowledge()):
        return False
    acknowledge(withdrawn(said, own.reader, why))
    return True


def withdrawn(
    every: Sequence[Acknowledgement], by: Reader, why: str
) -> tuple[Acknowledgement, ...]:
    """Return what takes some acknowledgements back, by somebody, now."""
    now = utc_now()
    return tuple(
        Acknowledgement(
            key=f"withdrawn {each.key}"[:64],
            kind=each.kind,
            document=each.document,
            version=each.version,
            reader=each.reader,
            at=now,
            by=by,
            why=why,
            is_withdrawn=True,
        )
        for each in every
    )
