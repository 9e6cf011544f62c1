"""``IRetentionSettings``: how long it is kept who has read what, and who was forgotten."""

from slc.clicktracker import _
from slc.clicktracker.visitors.fields import choice
from zope import schema
from zope.interface import Interface


#: What becomes of what is known of members whose accounts are deleted.
KEEP, PSEUDONYMISE, ERASE = "keep", "pseudonymise", "erase"

#: A hundred years.
_LONGEST = 1200


def _months(title: str, description: str) -> schema.Int:
    return schema.Int(
        title=title, description=description, default=0, min=0, max=_LONGEST
    )


class IRetentionSettings(Interface):
    """Months, by the calendar; 0 is for good."""

    keep_accesses = _months(
        _("Months to keep single page views of documents"),
        _(
            "When a page was opened, one row each time. Readings with all their sums stay "
            "when these rows are removed. 0 keeps them for good."
        ),
    )

    keep_opened = _months(
        _("Months to keep readings that prove little"),
        _(
            "Who was served or opened a document, and got no further, counted from the "
            "last time. 0 keeps them for good."
        ),
    )

    keep_engaged = _months(
        _("Months to keep readings that prove more"),
        _(
            "Who was engaged with a document, finished, downloaded or acknowledged it, "
            "counted from the last time. This is the evidence for minutes and audits, "
            "which may be asked for after many years. So 0, for good, is the default."
        ),
    )

    keep_days = _months(
        _("Months to keep the numbers of page views by day"),
        _("They name nobody, and charts need them. 0 keeps them for good."),
    )

    keep_declarations = _months(
        _("Months to keep what was declared"),
        _(
            "Exceptions, minor changes, deadlines and the like, counted from when they "
            "ended. What holds is always kept. 0 keeps them for good."
        ),
    )

    deleted_members = choice(
        title=_("When the account of a member is deleted"),
        description=_("Administrators can also forget a person at any other time."),
        options={
            KEEP: _("Keep what they have read, with their name, as evidence."),
            PSEUDONYMISE: _(
                "Replace their name and user id by a random one. What was read is kept, "
                "but nobody knows by whom."
            ),
            ERASE: _("Remove what they have read."),
        },
    )
