"""The status of the collector in Prometheus' text format, version 0.0.4."""

# The well-known client library is licensed under Apache-2.0, which does not go together
# with version 2 of the GPL. The format is a few lines.

from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker.collector.status import age
from slc.clicktracker.collector.status import CollectorStatus
from slc.clicktracker.collector.status import SiteStatus
from slc.clicktracker.tickets.verdict import Reason


CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_ACCEPTED = "Messages that were acknowledged since the process started."
_SERVED = "Pages and files noted as served to a reader since the process started."
_STORED = "Messages and notes that the storage has committed since the process started."
_REFUSED = "Messages that were refused since the process started, by reason."
_SPOOLED = "Reads and notes kept on this server until the storage takes them."
_OLDEST = "How long the oldest of them has been waiting; 0 where none is."
_WRITER = "1 while something stores what is accepted; 0 also after the process ended."
_HEALTHY = "0 while the box in the control panel is red; it says why."
_QUARANTINED = "Reads that the storage can't keep, of all processes."

#: Name, type, help, and what it is worth for a process.
_BY_PROCESS = (
    ("accepted_total", "counter", _ACCEPTED, lambda state, now: state.accepted),
    ("served_total", "counter", _SERVED, lambda state, now: state.served),
    ("stored_total", "counter", _STORED, lambda state, now: state.stored),
    ("spooled", "gauge", _SPOOLED, lambda state, now: state.spooled),
    (
        "oldest_unsaved_seconds",
        "gauge",
        _OLDEST,
        lambda state, now: round(age(state.oldest, now), 3),
    ),
)


def exposition(status: CollectorStatus, now: datetime, healthy: bool) -> str:
    """Return the text that is scraped."""
    return "\n".join([*_lines(status, now, healthy), ""])


def _lines(status: CollectorStatus, now: datetime, healthy: bool) -> Iterator[str]:
    states = _by_name(status)
    for name, kind, text, value in _BY_PROCESS:
        yield from _head(name, kind, text)
        for process, (state, _) in states.items():
            yield _sample(name, value(state, now), process=process)
    yield from _head("refused_total", "counter", _REFUSED)
    for process, (state, _) in states.items():
        # All of them from the start: what appears later is no rise.
        for reason in sorted(one.header for one in Reason):
            number = state.refused.get(reason, 0)
            yield _sample("refused_total", number, process=process, reason=reason)
    yield from _head("writer_alive", "gauge", _WRITER)
    for process, (_, alive) in states.items():
        yield _sample("writer_alive", int(alive), process=process)
    yield from _head("healthy", "gauge", _HEALTHY)
    yield _sample("healthy", int(healthy))
    yield from _head("quarantined", "gauge", _QUARANTINED)
    yield _sample("quarantined", status.quarantined)


def _by_name(status: CollectorStatus) -> dict[str, tuple[SiteStatus, bool]]:
    """Return by its name how a process is, and whether its writer is alive.

    A container that was started again has the name of the one that has ended, and
    two samples of the same labels would spoil everything that is scraped.
    """
    states: dict[str, tuple[SiteStatus, bool]] = {}
    for process in status.processes:
        before, alive = states.get(process.process, (SiteStatus(), False))
        state = before.plus(process.of(status.site))
        states[process.process] = state, alive or process.writer == "alive"
    return states


def _head(name: str, kind: str, text: str) -> Iterator[str]:
    yield f"# HELP clicktracker_{name} {text}"
    yield f"# TYPE clicktracker_{name} {kind}"


def _sample(name: str, value: float, **labels: str) -> str:
    pairs = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return (
        f"clicktracker_{name}{{{pairs}}} {value}"
        if pairs
        else (f"clicktracker_{name} {value}")
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
