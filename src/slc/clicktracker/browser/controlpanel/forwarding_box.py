"""How it is with the page views that this server forwards, for the control panel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.browser.controlpanel.forwarding_words import problem_in_words
from slc.clicktracker.browser.controlpanel.forwarding_words import reason_in_words
from slc.clicktracker.doors.client_address import addresses_are_known
from slc.clicktracker.forwarding.interfaces import IForwardedService
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.sites.forwarding import forwarded_services
from slc.clicktracker.sites.secrets import is_stored
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import OutboxState
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from zope.i18nmessageid import Message
from zope.schema import getFieldNamesInOrder


#: What waits for longer is worth an alarm; the last attempt may have failed once.
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class SetAside:
    """Hits that are not sent by themselves, and why."""

    reason: str
    number: str
    oldest: datetime
    text: Message


@dataclass(frozen=True)
class ServiceState:
    """One service: whether page views are forwarded to it now, and how that goes."""

    name: str
    title: str
    is_on: bool
    state: OutboxState
    notices: tuple[Notice, ...]
    secrets: tuple[str, ...]

    @property
    def aside(self) -> list[SetAside]:
        return [
            SetAside(
                one.reason,
                localized_number(one.number),
                one.oldest,
                reason_in_words(one.reason, self.title),
            )
            for one in self.state.aside
        ]

    def time(self, moment: datetime | None) -> str:
        """Return a time for the screen."""
        return local_time(moment) if moment else "–"


@dataclass(frozen=True)
class ForwardingBox:
    """The services that are told of page views by this server, or of which something is
    left; ``error`` says why nothing is known of them."""

    services: tuple[ServiceState, ...] = ()
    error: str = ""

    @classmethod
    def now(cls) -> "ForwardingBox":
        """Ask the storage of the current site."""
        known = forwarded_services()
        try:
            outbox = storage_with(IOutbox)
            if outbox is None:
                return cls()
            found = [
                _state(name, service, outbox.outbox(name))
                for name, service in known.items()
            ]
        except StorageError as error:
            # The box about the storage says so as well.
            return cls(error=str(error))
        return cls(tuple(one for one in found if _is_shown(one)))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is wrong with any of them."""
        return tuple(notice for one in self.services for notice in one.notices)


def _is_shown(one: ServiceState) -> bool:
    state = one.state
    left = state.waiting or state.sending or state.aside
    return bool(one.is_on or left or one.secrets)


def _state(name: str, service: IForwardedService, state: OutboxState) -> ServiceState:
    door = service.door()
    secrets = filter(is_stored, getFieldNamesInOrder(service.secret))
    return ServiceState(
        name=name,
        title=service.title,
        is_on=door is not None,
        state=state,
        notices=tuple(_notices(service, state)),
        secrets=tuple(secrets),
    )


def _notices(service: IForwardedService, state: OutboxState) -> Iterator[Notice]:
    """Yield what is wrong, and what to do about it."""
    mapping = {"service": service.title}
    door = service.door()
    if door is not None and service.sender() is None:
        text = _(
            "Nothing is sent to ${service}, because its settings are incomplete. "
            "Everything is kept until then.",
            mapping=mapping,
        )
        yield Notice("danger", text)
    if door is not None and door.internal and not addresses_are_known():
        text = _(
            "Zope doesn't know its proxy, and there are internal addresses. Visitors "
            "with an unknown address might be internal, so nothing about them is sent "
            "to ${service}. Set trusted-proxy in zope.conf.",
            mapping=mapping,
        )
        yield Notice("warning", text)
    if state.problem:
        is_late = state.oldest is not None and utc_now() - state.oldest > LATE
        text = problem_in_words(state.problem, service.title)
        yield Notice("danger" if is_late else "warning", text, state.detail)
    if state.aside:
        number = localized_number(sum(one.number for one in state.aside))
        text = _(
            "Page views and goals that are no longer sent to ${service} automatically: "
            "${count}. Try again, or discard them.",
            mapping={**mapping, "count": number},
        )
        yield Notice("warning", text)
