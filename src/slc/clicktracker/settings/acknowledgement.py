"""``IAcknowledgementSettings``: whether readers are asked to acknowledge what they read."""

from slc.clicktracker import _
from slc.clicktracker.visitors.fields import choice
from zope import schema
from zope.interface import Interface


class IAcknowledgementSettings(Interface):
    """Whether readers are asked to acknowledge, by which words and how."""

    acknowledgement = choice(
        title=_("Acknowledgement by readers"),
        description=_(
            "Below the text, a member of the audience finds a sentence and a button. "
            "Who has acknowledged a version has read it, whatever else is known."
        ),
        options={
            "asked": _("For items that ask for it, and everything below them."),
            "all": _("For everything that is tracked, except items that don't ask."),
            "off": _("Nowhere. What was acknowledged earlier still counts."),
        },
    )

    sentence = schema.Text(
        title=_("Sentence that readers acknowledge"),
        description=_(
            "Leave empty for “I have read this document and taken note of its content.” in "
            "the reader's language. An item can have a sentence of its own."
        ),
        default="",
        required=False,
        max_length=1000,
    )

    ask_password = schema.Bool(
        title=_("Ask for the password again"),
        description=_(
            "Readers type their password with each acknowledgement. This works for "
            "members whose password Plone can check, not for single sign-on."
        ),
        default=False,
        required=False,
    )

    send_receipts = schema.Bool(
        title=_("Send receipts by email"),
        description=_(
            "Readers get what they have acknowledged as an email, too. They always find "
            "it on a page of the item."
        ),
        default=True,
        required=False,
    )
