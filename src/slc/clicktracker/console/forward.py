"""``clicktracker forward``: send what services for web analytics are to be told."""

from argparse import ArgumentParser
from argparse import Namespace
from collections.abc import Callable
from slc.clicktracker.console.clean_up import PATIENCE
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.forwarding.drain import Drain
from slc.clicktracker.forwarding.interfaces import Sender
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.sites.forwarding import senders
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError

import time


#: How many a dry run shows.
_SHOWN = 3


def _forward(options: Namespace) -> str:
    services = senders()
    if not services:
        return "it forwards nothing"
    work = _asked if options.dry_run else _done
    try:
        outbox = storage_with(IOutbox)
        if outbox is None:
            return "its storage has no outbox"
        said = [work(outbox, name, sender) for name, sender in services.items()]
    except StorageError as error:
        raise Failed(f"the storage could not be used: {error}") from error
    text = "".join(f"\n  {each}" for each, _problem in said)
    if any(problem for _each, problem in said):
        raise Failed(text)
    return text


def _asked(outbox: IOutbox, service: str, sender: Sender) -> tuple[str, str]:
    """Say what would be done. Nothing is sent, and nobody else is kept from sending."""
    state = outbox.outbox(service)
    text = f"{service}: to be sent: {state.waiting:,}"
    if hits := outbox.waiting_hits(service, _SHOWN):
        text += f", the oldest of them as\n{sender.preview(hits)}"
    return text, ""


def _done(outbox: IOutbox, service: str, sender: Sender) -> tuple[str, str]:
    """Do it, and say what was done and what went wrong."""
    drain = Drain(outbox, service, sender)
    drained = drain.run(_progress(outbox, service))
    drain.tidy(lambda: True)
    state = outbox.outbox(service)
    problem = drained.problem or (state.waiting and state.problem) or ""
    text = (
        f"{service}: sent: {drained.counted:,}, set aside: {drained.aside:,}, "
        f"waiting: {state.waiting + state.sending:,}"
    )
    if problem:
        text += f", as it fails: {problem} {state.detail}".rstrip()
    return text, problem


def _progress(
    outbox: IOutbox, service: str, clock: Callable[[], float] = time.monotonic
) -> Callable[[], bool]:
    """Return what lets a drain go on, and says from time to time how far it is."""
    said = clock()

    def go_on() -> bool:
        nonlocal said
        if clock() - said >= PATIENCE:
            print(f"{service}: waiting: {outbox.outbox(service).waiting:,}", flush=True)
            said = clock()
        return True

    return go_on


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="send nothing, and show what would be sent, without secrets",
    )


FORWARD = Subcommand(
    name="forward",
    help="Send page views to the analytics services that this server tells of them.",
    run=_forward,
    add_arguments=_add_arguments,
    in_steps=True,
)
