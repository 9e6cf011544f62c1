"""The receipt of an acknowledgement, as a mail to the reader."""

from collections.abc import Callable
from email.utils import make_msgid
from plone import api
from slc.clicktracker import _
from slc.clicktracker import logger
from slc.clicktracker.acknowledgements.asked import acknowledgement_setting
from slc.clicktracker.mails.language import Language
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.letter import Line
from slc.clicktracker.mails.letter import Section
from slc.clicktracker.mails.mail import Mail
from slc.clicktracker.mails.people import addressee_of
from slc.clicktracker.mails.post import NotSent
from slc.clicktracker.mails.post import PATIENCE_OF_A_READER
from slc.clicktracker.mails.post import Post
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from typing import Any
from zope.i18nmessageid import Message


def receipt_sender(
    content: Any,
) -> Callable[[tuple[Acknowledgement, ...]], None]:
    """Return what sends receipts about content to the current user, once they are recorded.

    A mail that can't be sent changes nothing of what was recorded: the log says so.
    """
    addressee = addressee_of(api.user.get_current().getId() or "")
    post = Post.of_site(PATIENCE_OF_A_READER)
    wanted = acknowledgement_setting("send_receipts")
    if not (wanted and post and addressee and addressee.address):
        return lambda new: None
    address, language = addressee.address, Language(addressee.language)
    url, title = f"{content.absolute_url()}/@@reading-receipt", content.Title()
    domain = post.domain

    def send(new: tuple[Acknowledgement, ...]) -> None:
        for each in new:
            letter = receipt_letter(each, title, url, language)
            try:
                post.send(Mail(letter, post.sender, address, make_msgid(domain=domain)))
            except NotSent as error:
                logger.warning("The receipt for %s was not sent: %s", address, error)

    return send


def _version_of(said: Acknowledgement, language: Language) -> Message:
    versions = NamedVersions(dated=False, moment=language.moment)
    return versions.of_saved(said.document.uid, said.text, said.version.label)


def receipt_letter(
    said: Acknowledgement, title: str, url: str, language: Language
) -> Letter:
    """Return what the mail says: all that is kept of it, but the digest as a short one."""
    say = language.say
    facts = [
        say(_("Document: ${title}"), title=title),
        say(_("Recorded: ${time}"), time=language.moment(said.at)),
        *([say(_version_of(said, language))] * bool(said.version.label)),
        say(_("Fingerprint of the text: ${digest}"), digest=said.version.digest or "–"),
    ]
    return Letter(
        language.code,
        say(_("Receipt: ${title}"), title=title),
        (
            say(_("You have acknowledged: “${title}”"), title=title),
            say(_("Your words: “${sentence}”"), sentence=said.sentence),
        ),
        (Section(say(_("What was recorded")), tuple(map(Line, facts))),),
        (Line(say(_("The receipt in the site:")), url),),
    )
