"""``clicktracker send-summaries``: send the reports by mail that are due."""

from argparse import ArgumentParser
from argparse import Namespace
from collections import Counter
from slc.clicktracker.console.site_address import site_address
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.mails.courier import Courier
from slc.clicktracker.mails.courier import Handled
from slc.clicktracker.mails.courier import Outcome
from slc.clicktracker.mails.places import place_with
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.subscription import Subscription


#: Said of each one, and not only counted.
_WORTH_A_LINE = (Outcome.SILENT, Outcome.ENDED, Outcome.REFUSED, Outcome.FAILED)

#: Only counted, where there are any.
_WORTH_A_NUMBER = (Outcome.NOTHING_TO_SAY, Outcome.TAKEN, Outcome.NOT_DUE)


def _send_summaries(options: Namespace) -> str:
    post = Post.of_site()
    if post is None:
        raise Failed(
            "Plone's mail settings are incomplete: enter the mail server and the site's "
            "address in Site Setup, Mail"
        )
    courier = Courier(post, options.url or "")
    due = courier.due()
    if options.dry_run:
        lines = [f"\n  {_named(each)}, {each.rhythm.name}" for each in due]
        return f"summaries to be sent: {len(due)}" + "".join(lines)
    return _said(len(due), list(courier.run()))


def _said(due: int, handled: list[Handled]) -> str:
    """Say what was done. Raises ``Failed`` with the same where a mail has to be tried again."""
    counts = Counter(each.outcome for each in handled)
    sent, waiting = counts[Outcome.SENT], due - len(handled) + counts[Outcome.FAILED]
    text = f"summaries sent: {sent}, waiting: {waiting}"
    for outcome in _WORTH_A_NUMBER:
        if counts[outcome]:
            text += f", {outcome.value}: {counts[outcome]}"
    for each in handled:
        if each.outcome in _WORTH_A_LINE:
            named = _named(each.subscription)
            text += f"\n  {named}: {each.outcome.value}, {each.detail}"
    if counts[Outcome.FAILED]:
        raise Failed(text)
    return text


def _named(subscription: Subscription) -> str:
    place = place_with(subscription.place)
    path = "(gone)" if place is None else "/".join(place.getPhysicalPath())
    return f"{subscription.user} about {path}"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="only say which would be sent"
    )
    parser.add_argument(
        "--url",
        type=site_address,
        help="the address of the site for links in mails, as https://intranet.example.org "
        "(else the one at which a member has subscribed)",
    )


SEND_SUMMARIES = Subcommand(
    name="send-summaries",
    help="Send the summaries of what was read that members have subscribed to.",
    run=_send_summaries,
    add_arguments=_add_arguments,
    in_steps=True,
)
