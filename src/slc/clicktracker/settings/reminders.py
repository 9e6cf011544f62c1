"""``IReminderSettings``: when a site reminds people of deadlines, and in which words."""

from slc.clicktracker import _
from zope import schema
from zope.i18nmessageid import Message
from zope.interface import Interface
from zope.schema import ValidationError

import re


#: Days that are as far from a deadline as a reminder can be, and reminders on each side of it.
FURTHEST = 365
MOST_DAYS = 10

#: What texts can have in them; it is replaced by what is true of a mail.
PLACEHOLDERS = ("name", "count", "site")

LONGEST_SUBJECT = 200
LONGEST_TEXT = 2000

_NUMBER = re.compile("[0-9]{1,4}")
_BETWEEN = re.compile(r"[,;\s]+")
_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")


class InvalidSetting(ValidationError):
    """A text that can't be used, with what is wrong in words."""

    def doc(self) -> Message:
        return self.args[0]


def days_in(text: str | None) -> tuple[int, ...]:
    """Return the days that a text names, ascending, each once. Raises
    ``InvalidSetting``."""
    words = [word for word in _BETWEEN.split(text or "") if word]
    for word in words:
        if not _NUMBER.fullmatch(word) or int(word) > FURTHEST:
            raise InvalidSetting(
                _(
                    "“${text}” is not a number of days. Enter numbers from 0 to "
                    "${most}, separated by commas.",
                    mapping={"text": word, "most": FURTHEST},
                )
            )
    days = tuple(sorted({int(word) for word in words}))
    if len(days) > MOST_DAYS:
        raise InvalidSetting(
            _("No more than ${most} numbers.", mapping={"most": MOST_DAYS})
        )
    return days


def are_days(text: str) -> bool:
    """A constraint of fields: raises ``InvalidSetting``."""
    days_in(text)
    return True


def are_days_after(text: str) -> bool:
    """The same for days after a deadline: the day itself is not over yet."""
    if 0 in days_in(text):
        raise InvalidSetting(_("The first day after a deadline is 1."))
    return True


def is_text(text: str) -> bool:
    """A constraint of texts: all placeholders are known. Raises ``InvalidSetting``."""
    for name in _PLACEHOLDER.findall(text or ""):
        if name not in PLACEHOLDERS:
            raise InvalidSetting(
                _(
                    "There is nothing to put in the place of ${placeholder}.",
                    mapping={"placeholder": f"${{{name}}}"},
                )
            )
    return True


def is_address(text: str) -> bool:
    """A constraint of an address with its scheme and host. Raises ``InvalidSetting``."""
    if text and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", text):
        raise InvalidSetting(_("Enter an address like https://intranet.example.org."))
    return True


class IReminderSettings(Interface):
    """Which reminders are sent by mail, when, and what they say."""

    remind_readers = schema.Bool(
        title=_("Remind people who are missing"),
        description=_(
            "People who are expected to read something, and are not known to have read "
            "it, get a mail about deadlines that remind. They can't unsubscribe. On each "
            "day, there is one mail for everything."
        ),
        default=True,
        required=False,
    )

    remind_owners = schema.Bool(
        title=_("Tell who is missing"),
        description=_(
            "On the same days, whoever has set the deadline gets a mail with those who "
            "are missing, as far as they may see the readers."
        ),
        default=True,
        required=False,
    )

    days_before = schema.TextLine(
        title=_("Days before a deadline"),
        description=_("Numbers, separated by commas. 0 is the last day itself."),
        constraint=are_days,
        default="7, 1",
        missing_value="",
        required=False,
    )

    days_after = schema.TextLine(
        title=_("Days after a deadline"),
        description=_("Numbers, separated by commas. 1 is the day after the last one."),
        constraint=are_days_after,
        default="1",
        missing_value="",
        required=False,
    )

    site_address = schema.TextLine(
        title=_("Address of the site in reminders"),
        description=_(
            "As https://intranet.example.org. Links in mails begin with it. The command "
            "clicktracker remind needs it, or its option --url."
        ),
        constraint=is_address,
        default="",
        missing_value="",
        required=False,
    )

    reader_subject = schema.TextLine(
        title=_("Subject for readers"),
        description=_(
            "Empty means a subject in the language of each reader. ${name} is replaced "
            "by the name of the reader, ${count} by the number of documents, and ${site} "
            "by the title of the site."
        ),
        constraint=is_text,
        max_length=LONGEST_SUBJECT,
        default="",
        missing_value="",
        required=False,
    )

    reader_text = schema.Text(
        title=_("First lines for readers"),
        description=_(
            "Empty means lines in the language of each reader. The documents and the "
            "reason for the mail always follow. The same can be replaced as in the "
            "subject."
        ),
        constraint=is_text,
        max_length=LONGEST_TEXT,
        default="",
        missing_value="",
        required=False,
    )

    owner_subject = schema.TextLine(
        title=_("Subject for whoever has set the deadline"),
        description=_("As above."),
        constraint=is_text,
        max_length=LONGEST_SUBJECT,
        default="",
        missing_value="",
        required=False,
    )

    owner_text = schema.Text(
        title=_("First lines for whoever has set the deadline"),
        description=_("As above."),
        constraint=is_text,
        max_length=LONGEST_TEXT,
        default="",
        missing_value="",
        required=False,
    )
