"""Storages are used where there is no Plone: by scripts, by a writer, by tests."""

import pytest
import subprocess
import sys
import textwrap


BLOCK = """
import sys

class Blocked:
    names = {names!r}

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.names:
            raise ImportError("blocked: " + name)

sys.meta_path.insert(0, Blocked())
"""


def run(code: str, *blocked: str) -> str:
    script = BLOCK.format(names=blocked) + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "module",
    [
        "slc.clicktracker.testing.memory",
        "slc.clicktracker.storage.postgresql",
        "slc.clicktracker.storage.sqlite",
        "slc.clicktracker.testing",
    ],
)
def test_can_be_imported_without_plone(module):
    run(f"import {module}", "plone", "Products", "Zope2", "OFS")


def test_sqlite_needs_no_psycopg2(tmp_path):
    code = f"""
        from slc.clicktracker.storage.sqlite import SQLiteStorage
        storage = SQLiteStorage({str(tmp_path / "readings")!r})
        storage.logAccess("bob", "/site/doc", "/doc")
        print(storage.getLog("/")[0].user)
    """
    assert run(code, "psycopg2", "plone", "Products") == "bob"


def test_without_psycopg2_the_error_says_what_to_install():
    code = """
        from slc.clicktracker.storage.errors import InvalidAddress
        from slc.clicktracker.storage.postgresql import PostgreSQLStorage
        try:
            PostgreSQLStorage("dbname=tracking")
        except InvalidAddress as error:
            print(error)
    """
    assert "slc.clicktracker[postgresql]" in run(code, "psycopg2")
