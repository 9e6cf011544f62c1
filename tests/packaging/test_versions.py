"""The pins: complete, the same for both installers, and free of places."""

from pathlib import Path
from tools.constraints import buildout_sections
from tools.constraints import pins_of
from tools.constraints import PYTHONS
from tools.constraints import versions_cfg

import configparser
import pytest
import re


ROOT = Path(__file__).parents[2]
CONSTRAINTS = (ROOT / "constraints.txt").read_text()


def buildout_pins(python: str) -> dict[str, str]:
    """Return what zc.buildout would take on ``python``, by package name."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "versions.cfg")
    pins = dict(parser["versions"])
    section = f"versions:python{python.replace('.', '')}"
    return pins | (dict(parser[section]) if parser.has_section(section) else {})


def test_versions_cfg_is_made_from_constraints():
    assert (ROOT / "versions.cfg").read_text() == versions_cfg(CONSTRAINTS)


@pytest.mark.parametrize("python", PYTHONS)
def test_both_installers_get_the_same_versions(python):
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    expected, conditional = {}, set()
    for requirement in pins_of(CONSTRAINTS):
        (specifier,) = requirement.specifier
        if requirement.marker is None or requirement.marker.evaluate(environment):
            expected[requirement.name] = specifier.version
        else:
            conditional.add(requirement.name)
    pins = buildout_pins(python)
    assert expected.items() <= pins.items()
    assert pins.keys() - expected.keys() <= conditional


def test_every_version_comes_with_the_checksums_of_its_files():
    entries = re.split(r"\n(?=[a-z0-9])", CONSTRAINTS)[1:]
    assert len(entries) == len(pins_of(CONSTRAINTS)) > 300
    for entry in entries:
        first, *checksums = entry.strip().split(" \\\n    ")
        assert checksums, first
        for checksum in checksums:
            assert re.fullmatch("--hash=sha256:[0-9a-f]{64}", checksum), entry


def test_a_package_with_two_versions_is_split_by_python():
    sections = buildout_sections(
        "one==1 ; python_full_version < '3.11'\n"
        "one==2 ; python_full_version >= '3.11'\n"
        "two==3 ; sys_platform == 'win32'\n"
    )
    assert sections == {
        "versions": {"one": "2", "two": "3"},
        "versions:python310": {"one": "1"},
    }


@pytest.mark.parametrize(
    "name",
    [
        "constraints.txt",
        "versions.cfg",
        "buildout.cfg",
        "requirements.txt",
        "requirements-buildout.txt",
        "pyproject.toml",
    ],
)
def test_no_package_index_and_no_local_path_is_named(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"https?://|file:|index-url|find-links|/home/|/root/", text)
