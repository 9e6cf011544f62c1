"""The text that Prometheus scrapes."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.collector.prometheus import exposition
from slc.clicktracker.collector.status import CollectorStatus
from slc.clicktracker.collector.status import ProcessStatus
from slc.clicktracker.collector.status import SiteStatus
from tests.collector.samples import samples

import re


NOON = datetime(2026, 11, 19, 12, tzinfo=timezone.utc)

#: A line of format 0.0.4: a comment, or a name, labels and a number.
LINE = re.compile(
    r"# HELP [a-z_]+ [^\n]+|# TYPE [a-z_]+ (counter|gauge)|"
    r'[a-z_]+(\{([a-z]+="([^"\\\n]|\\[\\"n])*",?)+\})? [0-9.]+'
)


def process(name="host:1", writer="alive", **values):
    return ProcessStatus(name, NOON, NOON, writer, {"site": SiteStatus(**values)})


def text_of(*processes, quarantined=0, healthy=True):
    status = CollectorStatus("site", processes, quarantined)
    text = exposition(status, NOON, healthy)
    assert text.endswith("\n")
    for line in text[:-1].split("\n"):
        assert LINE.fullmatch(line), line
    return text


def test_each_process_has_samples_of_its_own():
    text = text_of(
        process(
            accepted=12,
            served=5,
            stored=9,
            refused={"ticket-expired": 2, "too-many": 1},
            spooled=3,
            oldest=NOON - timedelta(seconds=90.5),
        ),
        process("host:2", writer="dead"),
        quarantined=4,
    )
    found = samples(text)
    refused = {name: found.pop(name) for name in list(found) if "reason=" in name}
    assert {name: number for name, number in refused.items() if number != "0"} == {
        'clicktracker_refused_total{process="host:1",reason="ticket-expired"}': "2",
        'clicktracker_refused_total{process="host:1",reason="too-many"}': "1",
    }
    assert found == {
        'clicktracker_accepted_total{process="host:1"}': "12",
        'clicktracker_accepted_total{process="host:2"}': "0",
        'clicktracker_served_total{process="host:1"}': "5",
        'clicktracker_served_total{process="host:2"}': "0",
        'clicktracker_stored_total{process="host:1"}': "9",
        'clicktracker_stored_total{process="host:2"}': "0",
        'clicktracker_spooled{process="host:1"}': "3",
        'clicktracker_spooled{process="host:2"}': "0",
        'clicktracker_oldest_unsaved_seconds{process="host:1"}': "90.5",
        'clicktracker_oldest_unsaved_seconds{process="host:2"}': "0",
        'clicktracker_writer_alive{process="host:1"}': "1",
        'clicktracker_writer_alive{process="host:2"}': "0",
        "clicktracker_healthy": "1",
        "clicktracker_quarantined": "4",
    }


def test_a_reason_is_there_before_anything_is_refused_for_it():
    found = samples(text_of(process(), healthy=False))
    name = 'clicktracker_refused_total{process="host:1",reason="no-writer"}'
    assert found[name] == "0"
    assert found["clicktracker_healthy"] == "0"


def test_each_metric_is_explained_once_and_before_its_samples():
    lines = text_of(process(), process("host:2")).splitlines()
    for name in {line.split("{")[0].split(" ")[0] for line in lines} - {"#"}:
        helps = [n for n, s in enumerate(lines) if s.startswith(f"# HELP {name} ")]
        types = [n for n, s in enumerate(lines) if s.startswith(f"# TYPE {name} ")]
        first = next(n for n, s in enumerate(lines) if s.startswith(name))
        assert len(helps) == len(types) == 1
        assert helps[0] + 1 == types[0] == first - 1


def test_what_would_end_a_label_is_escaped():
    text = text_of(process('a\\b"c\nd'))
    assert r'clicktracker_spooled{process="a\\b\"c\nd"} 0' in text.splitlines()


def test_a_name_that_two_processes_have_has_one_sample():
    text = text_of(
        process(accepted=5, spooled=5, writer="ended"),
        process(accepted=2, spooled=1, stored=1),
    )
    found = samples(text)
    assert found['clicktracker_accepted_total{process="host:1"}'] == "7"
    assert found['clicktracker_spooled{process="host:1"}'] == "6"
    assert found['clicktracker_writer_alive{process="host:1"}'] == "1"


def test_other_sites_of_a_process_are_left_out():
    other = ProcessStatus("host:3", NOON, NOON, "alive", {"x": SiteStatus(accepted=8)})
    assert (
        samples(text_of(other))['clicktracker_accepted_total{process="host:3"}'] == "0"
    )
