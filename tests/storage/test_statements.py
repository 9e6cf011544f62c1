"""Whole statements, put together from blocks, are those that were looked at."""

from tests.storage.write_statements import rendered
from tests.storage.write_statements import STATEMENTS

import pytest


RENDERED = rendered()


@pytest.mark.parametrize(
    "path", RENDERED, ids=lambda path: str(path.relative_to(STATEMENTS))
)
def test_statements_are_as_they_are_kept(path):
    """Where a change is meant: ``python -m tests.storage.write_statements``."""
    assert RENDERED[path] == path.read_text("utf-8")


def test_no_other_statements_are_kept():
    assert set(STATEMENTS.glob("*/*.sql")) == set(RENDERED)
