"""What is wrong with forwarding, in words that say what to do."""

from slc.clicktracker import _
from slc.clicktracker.forwarding import problems
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from zope.i18nmessageid import Message


_PROBLEMS = {
    problems.NO_HOST: _(
        "This server finds no host of that name. Correct the address of ${service}, or "
        "see whether the name server works."
    ),
    problems.FORBIDDEN_ADDRESS: _(
        "No service may be at that address. Correct the address of ${service}."
    ),
    problems.UNREACHABLE: _(
        "${service} can't be reached. It is tried again by itself; see whether it runs, and "
        "whether this server may connect to it."
    ),
    problems.CERTIFICATE: _(
        "${service} has no certificate that this server trusts. Have it renewed, or "
        "correct the address."
    ),
    problems.NO_ANSWER: _(
        "${service} gave no answer in time to what it was sent. It is tried again by "
        "itself, with one page view alone; see why it is slow."
    ),
    problems.FAILS: _(
        "${service} has an error of its own. It is tried again by itself, with one page "
        "view alone; see its log."
    ),
    problems.OTHER_ANSWER: _(
        "What answers there does not answer as ${service} does. Correct the address."
    ),
    problems.BUSY: _("${service} takes nothing now. It is tried again by itself."),
    problems.REDIRECTS: _("${service} redirects. Enter the address to which it leads."),
    problems.SECRET: _(
        "${service} does not accept the token or key. Enter one that may write to this "
        "site and is not for secure requests only."
    ),
    problems.REFUSES: _(
        "${service} refuses what it is sent. Check the address and the site ID."
    ),
    problems.COUNTED_NOTHING: _(
        "${service} counts nothing of what it is sent. Check the site ID; if it is right, "
        "one page view after the other is tried alone."
    ),
    problems.COUNTED_SOME: _(
        "${service} has counted some page views and not others, and tells which ones only "
        "who has a token. Enter one."
    ),
}

_REASONS = {
    IN_DOUBT: _(
        "Sent, but no answer says whether they were counted. If you try them again, some "
        "may count twice; if you discard them, some may be missing."
    ),
    problems.PARTLY: _(
        "Some of these were counted, and nobody knows which. If you try them again, some "
        "count twice; if you discard them, some are missing."
    ),
    problems.TOO_OLD: _(
        "Older than a day. Matomo counts them where they belong if it gets a token: enter "
        "one and try again. Clicky would count them as of now, so discard them."
    ),
    problems.REJECTED: _(
        "${service} says that it can't use them. Correct its settings and try again, or "
        "discard them."
    ),
}

_OTHER = _("It fails for a reason that is not known here: see the log.")


def problem_in_words(problem: str, service: str) -> Message:
    """Return what is wrong, and what to do."""
    return Message(_PROBLEMS.get(problem, _OTHER), mapping={"service": service})


def reason_in_words(reason: str, service: str) -> Message:
    """Return why hits were set aside, and what to do with them."""
    return Message(_REASONS.get(reason, _OTHER), mapping={"service": service})
