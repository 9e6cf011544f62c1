"""What is wrong with forwarding, in words that say what to do."""

from slc.clicktracker import _
from slc.clicktracker.forwarding import problems
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from zope.i18nmessageid import Message


_PROBLEMS = {
    problems.NO_HOST: _(
        "This server can't find this host. Correct the address of ${service}, or check "
        "whether the name server works."
    ),
    problems.FORBIDDEN_ADDRESS: _(
        "No service may be at that address. Correct the address of ${service}."
    ),
    problems.UNREACHABLE: _(
        "${service} can't be reached. The server tries again automatically. Check that "
        "the service is running, and that this server may connect to it."
    ),
    problems.CERTIFICATE: _(
        "This server doesn't trust the certificate of ${service}. Have it renewed, or "
        "correct the address."
    ),
    problems.NO_ANSWER: _(
        "${service} did not answer in time. The server tries again automatically, with "
        "a single page view. Check why the service is slow."
    ),
    problems.FAILS: _(
        "${service} reports an internal error. The server tries again automatically, "
        "with a single page view. Check the log of the service."
    ),
    problems.OTHER_ANSWER: _(
        "The answer from there isn't that of ${service}. Correct the address."
    ),
    problems.BUSY: _(
        "${service} is not accepting anything at the moment. The server tries again "
        "automatically."
    ),
    problems.REDIRECTS: _(
        "${service} redirects to another address. Enter that address."
    ),
    problems.SECRET: _(
        "${service} rejects the token or key. Enter one that may write to this site "
        "and isn't restricted to secure requests."
    ),
    problems.REFUSES: _(
        "${service} refuses the page views. Check the address and the site ID."
    ),
    problems.COUNTED_NOTHING: _(
        "${service} counts none of the page views that it receives. Check the site ID. "
        "If it is right, the page views are now tried one by one."
    ),
    problems.COUNTED_SOME: _(
        "${service} has counted only some of the page views. It only says which ones "
        "if you enter a token."
    ),
}

_REASONS = {
    IN_DOUBT: _(
        "Sent, but the answer doesn't say whether they were counted. If you try again, "
        "some may count twice. If you discard them, some may be missing."
    ),
    problems.PARTLY: _(
        "Some of these were counted, but nobody knows which. If you try again, some "
        "count twice. If you discard them, some are missing."
    ),
    problems.TOO_OLD: _(
        "Older than a day. Matomo needs a token to count them at the right time: enter "
        "one and try again. Clicky would count them at the current time, so discard "
        "them."
    ),
    problems.REJECTED: _(
        "${service} can't use these page views. Correct the settings and try again, or "
        "discard them."
    ),
}

_OTHER = _("It fails for an unknown reason. See the log.")


def problem_in_words(problem: str, service: str) -> Message:
    """Return what is wrong, and what to do."""
    return Message(_PROBLEMS.get(problem, _OTHER), mapping={"service": service})


def reason_in_words(reason: str, service: str) -> Message:
    """Return why hits were set aside, and what to do with them."""
    return Message(_REASONS.get(reason, _OTHER), mapping={"service": service})
