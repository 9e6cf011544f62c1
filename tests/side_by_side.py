"""Which tests stay together when several processes share the work (pytest -n).

What is made once for several tests, a served site or a class's databases, is made
in one process only. What takes longest begins first, so that all end together, with
some of what computes all the time between what also waits.
``pytest -m fast`` runs what needs no site, no server and no browser.
"""

from collections.abc import Hashable
from itertools import islice

import pytest


LAYERS = ("integration", "functional")

#: What a room of ``tests/functional`` serves: tests of the same site belong together.
SITES = ("demo_site", "sqlite_site", "postgresql_site", "visited_site")

#: What takes a while to make.
SLOW_FIXTURES = {
    *(*LAYERS, "made_site", "zopes", "nursery"),
    *("postgresql_server", "new_postgresql_server"),
}
SLOW_ROOMS = {"functional", "faults", "setup", "packaging"}

#: Rooms whose tests also wait, for a browser or another process.
WAITING = ("functional", "benchmarks", "faults", "setup", "packaging")
LONGEST_FIRST = (*WAITING, "storage", "browser")

#: Groups that compute after each one that waits: so at most times one process of three does.
BETWEEN = 3


def group(item: pytest.Item) -> str:
    """Return the name of the tests that this one stays with."""
    served = item.callspec.params.get("served") if hasattr(item, "callspec") else None
    for site in SITES:
        if site in item.fixturenames or site == f"{served}_site":
            return f"{item.path.parent.name}/{site}"
    module = f"{item.path.parent.name}/{item.path.stem}"
    return f"{module}::{item.cls.__name__}" if item.cls else module


def turn(item: pytest.Item) -> int:
    """Return when the test's room has its turn."""
    rooms = [room for room in LONGEST_FIRST if room in item.path.parts]
    return LONGEST_FIRST.index(rooms[0]) if rooms else len(LONGEST_FIRST)


def woven(turns: dict[Hashable, int]) -> list[Hashable]:
    """Return groups in their order, which is that of their ``turns``, but for some that only
    compute, which come earlier."""
    waiting = [name for name, turn in turns.items() if turn < len(WAITING)]
    computing = iter([name for name, turn in turns.items() if turn >= len(WAITING)])
    order = []
    for name in waiting:
        order += [name, *islice(computing, BETWEEN)]
    return [*order, *computing]


def is_fast(item: pytest.Item) -> bool:
    return not (
        SLOW_FIXTURES.intersection(item.fixturenames)
        or SLOW_ROOMS.intersection(item.path.parts)
    )


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name what a test is given by its beginning: no program starts where the name of the
    test, which is in the environment, is a million characters long."""
    if isinstance(val, str | bytes) and len(val) > 100:
        return f"{val[:60]!a} and so on, {len(val)}"
    return None


# Before xdist, which reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    items.sort(key=turn)
    groups = {item: group(item) for item in items}
    turns: dict[Hashable, int] = {}
    for item, name in groups.items():
        turns.setdefault(name, turn(item))
    places = {name: place for place, name in enumerate(woven(turns))}
    items.sort(key=lambda item: places[groups[item]])
    for item, name in groups.items():
        if is_fast(item):
            item.add_marker("fast")
        for layer in LAYERS:
            if layer in item.fixturenames:
                item.fixturenames.insert(0, f"{layer}_session")
        item.add_marker(pytest.mark.xdist_group(name))
