"""Both databases record a batch in the steps that are listed, in the same order."""

from importlib.resources import files
from slc.clicktracker.storage.relational.recording import STEPS

import re


PACKAGE = files("slc.clicktracker")


def listed(database):
    return [step.name for step in STEPS if step.only in ("", database)]


def test_blocks_of_sqlite_are_the_steps():
    sql = PACKAGE.joinpath("storage", "sqlite", "record.sql").read_text("utf-8")
    blocks = re.findall(r"^-- name: (\w+)$", sql, re.M)
    steps = [
        name
        for name in blocks
        if not name.startswith("send_") and f"{{{name}}}" not in sql
    ]
    assert steps == listed("sqlite")


def test_headings_of_postgresql_are_the_steps():
    sql = PACKAGE.joinpath("sql", "db.sql").read_text("utf-8")
    (function,) = re.findall(
        r"^CREATE OR REPLACE FUNCTION clicktracker_record\(.*?^\$\$;$", sql, re.M | re.S
    )
    headings = re.findall(r"^    -- ([a-z_, ]+) -{5,}$", function, re.M)
    steps = [name for heading in headings for name in heading.split(", ")]
    assert steps == listed("postgresql")
