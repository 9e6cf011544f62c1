"""Resolve every dependency anew: writes ``constraints.txt`` and ``versions.cfg``.

``constraints.txt`` holds one complete set of versions for all supported
Pythons and platforms, made with uv, with the checksums of their files: uv and pip
install no other. ``versions.cfg`` holds the same versions for zc.buildout, which knows
no checksums, and is made from it.

Run it with ``make constraints``; it needs a package index.
"""

from collections import defaultdict
from packaging.requirements import Requirement
from pathlib import Path

import subprocess
import sys


ROOT = Path(__file__).parent.parent

#: The supported Pythons; the newest one's versions are buildout's default.
PYTHONS = ("3.10", "3.11", "3.12", "3.13")

#: Nothing that was published after this day is taken: the versions stay with
#: those that the Plone release was tested with. Raise it with Plone's version.
EXCLUDE_NEWER = "2026-10-01"

SOURCES = ("requirements.txt", "requirements-buildout.txt")

CONSTRAINTS_HEADER = f"""\
# Every dependency in one version, for Python {PYTHONS[0]} to {PYTHONS[-1]} on every platform.
# Made by `make constraints` from {" and ".join(SOURCES)}: what those ask for,
# in the newest versions that fit together and were published before {EXCLUDE_NEWER},
# with the checksums of their files, which uv and pip compare.
# Don't edit; raise the date in tools/constraints.py and run `make constraints`.
"""

VERSIONS_HEADER = """\
# The versions of constraints.txt for zc.buildout. Made from it by `make constraints`.
# Don't edit.
"""


def resolve() -> str:
    """Return the text of ``constraints.txt``, resolved by uv."""
    pins = subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet"),
            *("--universal", "--python-version", PYTHONS[0], "--generate-hashes"),
            *("--exclude-newer", EXCLUDE_NEWER),
            *("--no-header", "--no-annotate", "--no-emit-index-url"),
            *("--no-emit-package", "slc-clicktracker"),
            *SOURCES,
        ],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    lines = [line for line in pins.splitlines() if not line.startswith(("#", "-e "))]
    return CONSTRAINTS_HEADER + "\n" + "\n".join(lines) + "\n"


def pins_of(constraints: str) -> list[Requirement]:
    """Return what is pinned, without the checksums."""
    return [
        Requirement(line.removesuffix(" \\"))
        for line in constraints.splitlines()
        if line and not line.startswith(("#", " "))
    ]


def buildout_sections(constraints: str) -> dict[str, dict[str, str]]:
    """Return buildout's sections with their pins (name to version).

    ``versions`` comes first; ``versions:python310`` and the like hold what
    differs on that Python. A package with one version is pinned for all
    platforms, whether they need it or not.
    """
    found = defaultdict(list)
    for requirement in pins_of(constraints):
        found[requirement.name].append(requirement)
    sections: dict[str, dict[str, str]] = {"versions": {}}
    for name, requirements in sorted(found.items()):
        default = sections["versions"][name] = _version(requirements, PYTHONS[-1])
        for python in PYTHONS[:-1]:
            version = _version(requirements, python)
            if version != default:
                section = f"versions:python{python.replace('.', '')}"
                sections.setdefault(section, {})[name] = version
    return sections


def _version(requirements: list[Requirement], python: str) -> str:
    """Return the version of one package that ``python`` gets."""
    if len(requirements) > 1:
        environment = {"python_version": python, "python_full_version": f"{python}.0"}
        requirements = [
            requirement
            for requirement in requirements
            if requirement.marker is None or requirement.marker.evaluate(environment)
        ]
    (specifier,) = requirements[0].specifier
    return specifier.version


def versions_cfg(constraints: str) -> str:
    """Return the text of ``versions.cfg`` for the text of ``constraints.txt``."""
    parts = [VERSIONS_HEADER]
    for section, pins in buildout_sections(constraints).items():
        lines = [f"{name} = {version}" for name, version in pins.items()]
        parts.append("\n".join([f"[{section}]", *lines]) + "\n")
    return "\n".join(parts)


def main() -> None:
    """Write both files."""
    constraints = resolve()
    (ROOT / "constraints.txt").write_text(constraints)
    (ROOT / "versions.cfg").write_text(versions_cfg(constraints))
    print(f"{len(pins_of(constraints))} versions in constraints.txt")


if __name__ == "__main__":
    main()
