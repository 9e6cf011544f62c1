"""The add-on for Volto: its texts are translated, and its package is what it says."""

from pathlib import Path

import json
import pytest
import re


FRONTEND = Path(__file__).parents[2] / "frontend"
ADD_ON = FRONTEND / "packages" / "volto-clicktracker"

#: How a message stands in the sources, and in a catalog.
IN_SOURCE = re.compile(
    r'\bid(?:: |=)"(clicktracker-[^"]+)",?\s+defaultMessage(?::\s+|=)"([^"]+)"'
)
IN_CATALOG = re.compile(
    r'#\. Default: "([^"]+)"\n(?:#: .*\n)+msgid "([^"]+)"\nmsgstr "([^"]*)"'
)


def said():
    """Return what the sources say in English, by message id."""
    sources = [*ADD_ON.glob("src/**/*.js"), *ADD_ON.glob("src/**/*.jsx")]
    found = {}
    for path in sources:
        text = path.read_text()
        messages = IN_SOURCE.findall(text)
        assert len(messages) == text.count("defaultMessage"), path
        found |= dict(messages)
    return found


def catalog(name):
    """Return English and translation in a catalog, by message id."""
    entries = IN_CATALOG.findall((ADD_ON / "locales" / name).read_text())
    return {key: (english, translation) for english, key, translation in entries}


@pytest.mark.parametrize(
    "name", ["volto.pot", "en/LC_MESSAGES/volto.po", "de/LC_MESSAGES/volto.po"]
)
def test_each_catalog_has_what_is_said(name):
    known = catalog(name)
    assert {key: english for key, (english, _) in known.items()} == said()


def test_all_is_said_in_german():
    known = catalog("de/LC_MESSAGES/volto.po")
    assert known
    for key, (english, german) in known.items():
        assert german, key
        assert set(re.findall(r"\{\w+\}", english)) == set(
            re.findall(r"\{\w+\}", german)
        ), key


def test_the_package_is_complete_and_free():
    package = json.loads((ADD_ON / "package.json").read_text())
    assert package["license"] == "GPL-2.0-or-later"
    assert (ADD_ON / package["main"]).exists()
    assert all((ADD_ON / name).exists() for name in package["files"])
    license_of_project = (FRONTEND.parent / "LICENSE").read_text()
    assert (ADD_ON / "LICENSE").read_text() == license_of_project


def test_documentation_and_tools_name_the_same_volto():
    fetched = (FRONTEND / "fetch-core.mjs").read_text()
    (version,) = re.findall(r'folder: "volto",\s+version: "([\d.]+)"', fetched)
    docs = (FRONTEND.parent / "docs" / "volto.md").read_text()
    assert f"Volto {version}" in docs
