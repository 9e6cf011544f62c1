"""The mail with the summary of a subscription, as it goes out to the member now."""

from datetime import datetime
from plone import api
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.language import Language
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.link_keys import link_keys
from slc.clicktracker.mails.link_token import LinkToken
from slc.clicktracker.mails.links import Links
from slc.clicktracker.mails.mail import Mail
from slc.clicktracker.mails.people import Addressee
from slc.clicktracker.mails.places import may_have_summary
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.silence import NO_ADDRESS
from slc.clicktracker.mails.silence import NOT_ALLOWED
from slc.clicktracker.mails.silence import STORAGE
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.mails.summary import storage_can_tell
from slc.clicktracker.mails.summary import Summary
from slc.clicktracker.mails.summary import summary_of
from slc.clicktracker.mails.summary_letter import SummaryLetter
from slc.clicktracker.sites.openings import MAIL
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import Opening
from slc.clicktracker.sites.openings import SUMMARY
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from typing import Any


#: What the links do that end a subscription without a log-in.
STOP = "stop"


def opened_by_mail(
    summary: Summary, user: str, now: datetime, reason: str = ""
) -> Opening:
    """Return that a member of the site has got the names in a summary by mail, for a
    reason if they were asked for one."""
    place = summary.place
    path = "/".join(place.getPhysicalPath())
    listed = NamedList(SUMMARY, document_uid(place), path, as_file=MAIL)
    return Opening(Reader(user), listed, now, summary.names, reason)


class Silent(Exception):
    """There is no mail at present; the text is the name of the reason."""


class SummaryMail:
    """Makes the mail of one subscription. All that it says is what the ``addressee`` may
    know at that moment: no matter who asks for it."""

    def __init__(
        self, subscription: Subscription, addressee: Addressee, place: Any, base: str
    ) -> None:
        self._subscription, self._addressee = subscription, addressee
        self._place = place
        self._links = Links(base, api.portal.get().getPhysicalPath())

    def check(self) -> None:
        """Raise ``Silent`` where there can't be a mail now, or ``StorageError``."""
        if not self._addressee.address:
            raise Silent(NO_ADDRESS)
        with api.env.adopt_user(user=self._addressee.user):
            if not may_have_summary(self._place):
                raise Silent(NOT_ALLOWED)
        if not storage_can_tell():
            raise Silent(STORAGE)

    def summary(self, now: datetime, reads_files: bool = False) -> Summary:
        """Return what there is to say. Raises the same; ``reads_files`` is as for
        ``summary_of``."""
        self.check()
        told = delivery_of(self._subscription.id).told
        since = told or self._subscription.rhythm.before(now)
        with api.env.adopt_user(user=self._addressee.user):
            return summary_of(self._place, since, now, reads_files)

    def letter(self, summary: Summary) -> Letter:
        """Return what the mail says."""
        addressee = self._addressee
        language = Language(addressee.language)
        with api.env.adopt_user(user=addressee.user):
            words = SummaryLetter(
                summary, self._subscription.rhythm, language, self._links
            )
            return words.letter(self._stop_url)

    def mail(self, summary: Summary, post: Post, message_id: str) -> Mail:
        """Return the mail that says so."""
        letter, to = self.letter(summary), self._addressee.address
        return Mail(letter, post.sender, to, message_id, self._stop_url)

    @property
    def _stop_url(self) -> str:
        subscription = self._subscription
        secret = next(iter(link_keys()), "")
        token = LinkToken.made(secret, STOP, subscription.id, subscription.user)
        return self._links.at((), f"@@clicktracker-stop-mails/{token}")
