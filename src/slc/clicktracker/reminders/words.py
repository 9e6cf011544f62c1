"""When a site reminds people, in the words of screens."""

from plone import api
from slc.clicktracker import _
from slc.clicktracker.reminders.wishes import Wishes


def reminders_in_words(wishes: Wishes) -> str:
    """Return who gets mails on which days, in the language of the viewer; "" where nobody
    does."""
    steps = wishes.schedule.steps
    if not steps or not (wishes.to_readers or wishes.to_owners):
        return ""
    days = {
        "before": ", ".join(str(-step) for step in steps if step <= 0),
        "after": ", ".join(str(step) for step in steps if step > 0),
    }
    if days["before"] and days["after"]:
        when = _("Days before: ${before}. Days after: ${after}.", mapping=days)
    elif days["before"]:
        when = _("Days before: ${before}.", mapping=days)
    else:
        when = _("Days after: ${after}.", mapping=days)
    if wishes.to_readers and wishes.to_owners:
        whom = _(
            "People who are missing get a mail. Whoever has set the deadline gets one with "
            "their names."
        )
    elif wishes.to_readers:
        whom = _("People who are missing get a mail.")
    else:
        whom = _("Whoever has set the deadline gets a mail with those who are missing.")
    return " ".join(map(api.portal.translate, (whom, when)))
