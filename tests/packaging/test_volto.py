"""The add-on for Volto: its texts are translated, and its package is what it says."""

from pathlib import Path
from tools.volto_catalogs import ADD_ON
from tools.volto_catalogs import catalog
from tools.volto_catalogs import CATALOGS
from tools.volto_catalogs import said

import json
import pytest
import re


FRONTEND = Path(__file__).parents[2] / "frontend"


@pytest.mark.parametrize("name", CATALOGS)
def test_each_catalog_has_what_is_said(name):
    known = {key: english for key, (english, _) in catalog(name).items()}
    assert known == {key: english for key, (english, _) in said().items()}


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
