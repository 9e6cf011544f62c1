"""The rule that a request asks to be tried."""

from collections.abc import Mapping
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.storage.text import storable
from typing import Any


_LONGEST_RULE = 500


def rule_asked(form: Mapping[str, Any], may_save: bool) -> str:
    """Return a rule that is tried before it is saved, by those who ``may_save`` it; "" for
    none."""
    if not may_save:
        return ""
    return storable(text_from(form.get("rule")), _LONGEST_RULE + 1).strip()
