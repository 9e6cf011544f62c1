"""What tests share is in modules without tests, so that a test can be changed alone."""

from pathlib import Path

import ast
import pytest


ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for folder in ("tests", "benchmarks")
    for path in ROOT.joinpath(folder).rglob("*.py")
]


def taken_from_tests(source):
    """Return the names that are imported from modules of tests."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found += [f"{module}.{each.name}" for each in node.names]
    return [
        name
        for name in found
        if name.startswith(("tests.", "."))
        and any(part.startswith("test_") for part in name.split("."))
    ]


def test_nothing_is_taken_from_a_module_of_tests():
    assert len(SOURCES) > 200
    found = {path: taken_from_tests(path.read_text("utf-8")) for path in SOURCES}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from tests.doors.test_callback import beacon",
        "from tests.doors import test_callback",
        "from .test_callback import beacon",
        "import tests.doors.test_callback as callback",
        "def test_it():\n    from tests.doors.test_callback import beacon",
    ],
)
def test_each_way_to_take_something_is_found(source):
    assert taken_from_tests(source)
    assert not taken_from_tests(source.replace("test_callback", "beacons"))
