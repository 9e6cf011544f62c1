"""The static files: built from what is in frontend/classic/, and small."""

from hashlib import sha256
from pathlib import Path

import brotli
import gzip
import json
import os
import pytest
import re


ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend" / "classic"
GEOGRAPHY = ROOT / "src" / "slc" / "clicktracker" / "geography"
STATIC = ROOT / "src" / "slc" / "clicktracker" / "browser" / "static"

#: Bytes in brotli of what is served.
BUDGETS = {
    "charts.js": 56 * 1024,
    "clicky.js": 768,
    "events.js": 1024,
    "live.js": 1536,
    "map.js": 48 * 1024,
    "matomo.js": 832,
    "print.js": 256,
    "tracker.js": 1536,
}


def sources_of(name):
    """Return what a bundle is built from besides packages, as bytes, in the order of the
    paths from frontend/classic/."""
    source = (FRONTEND / name).read_text()
    imported = re.findall(r'^import .* from "(\.\.?/.*)";$', source, re.MULTILINE)
    paths = sorted([name, *map(os.path.normpath, imported)])
    return [(FRONTEND / each).read_bytes() for each in paths]


def test_every_script_has_a_budget_and_a_source():
    names = {path.name for path in STATIC.glob("*.js")}
    assert names == set(BUDGETS)
    assert all((FRONTEND / name).exists() for name in names)


@pytest.mark.parametrize("name", BUDGETS)
def test_what_is_served_was_built_from_its_source(name):
    """The seal is made of the versions of all packages, the sources and the built code.

    If this fails: ``make static``.
    """
    lock = (FRONTEND / "package-lock.json").read_bytes()
    source = b"".join(sources_of(name))
    seal, code = re.fullmatch(
        rb"/\*([0-9a-f]{16})\*/(.*)", (STATIC / name).read_bytes(), re.DOTALL
    ).groups()
    assert sha256(lock + source + code).hexdigest()[:16] == seal.decode()


@pytest.mark.parametrize("name", BUDGETS)
def test_what_is_served_is_small(name, capsys):
    served = (STATIC / name).read_bytes()
    small = len(brotli.compress(served, quality=11))
    with capsys.disabled():
        sizes = f"{len(served)} bytes, {len(gzip.compress(served))} in gzip"
        print(f"\n{name}: {sizes}, {small} in brotli (at most {BUDGETS[name]})")
    assert small <= BUDGETS[name]


@pytest.mark.parametrize(
    "name",
    [
        "package.json",
        "package-lock.json",
        ".npmrc",
        "../package.json",
        "../pnpm-lock.yaml",
        "../pnpm-workspace.yaml",
        "../fetch-core.mjs",
        "../packages/volto-clicktracker/package.json",
    ],
)
def test_no_registry_is_named(name):
    text = (FRONTEND / name).read_text()
    assert not re.search(r'https?:/|\bfile:[./]|"resolved"|\btarball:|registry=', text)


def test_every_package_has_one_version_and_is_free_to_be_shipped():
    wanted = json.loads((FRONTEND / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"[0-9.]+", version) for version in wanted.values())
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert {package["license"] for package in packages.values()} == {"MIT", "ISC"}
    assert all(package["integrity"] for package in packages.values())


def test_what_is_shipped_of_others_names_them():
    served = (STATIC / "charts.js").read_text()
    assert "Chart.js Contributors" in served
    assert served.count("Released under the MIT License") == 2
    served = (STATIC / "map.js").read_text()
    for name in ("d3-array", "d3-geo", "topojson-client", "world-atlas"):
        notice = served.split(f"node_modules/{name}:")[1][:300]
        assert "Mike Bostock" in notice or "Michael Bostock" in notice
        assert "this permission notice appear in all copies" in notice


def test_the_middles_of_countries_were_made_from_their_source():
    """If this fails: ``make static``."""
    made = (GEOGRAPHY / "countries.json").read_text()
    lines = made.partition('"middles": {\n')[2].removesuffix("\n  }\n}\n")
    sources = [FRONTEND / "package-lock.json", FRONTEND / "countries.js"]
    hashed = b"".join(path.read_bytes() for path in sources) + lines.encode()
    assert json.loads(made)["seal"] == sha256(hashed).hexdigest()[:16]
    assert len(json.loads(made)["middles"]) > 230


@pytest.mark.parametrize("name", BUDGETS)
def test_a_strict_content_security_policy_lets_it_run(name):
    served = (STATIC / name).read_text()
    assert not re.search(r"\beval\(|new Function\(|\bimport\(", served)
