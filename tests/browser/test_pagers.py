"""A pager is as wide as it needs to be, and no page is the wider for it on a phone."""

from pathlib import Path

import re
import slc.clicktracker


BROWSER = Path(slc.clicktracker.__file__).parent / "browser"
PAGER = re.compile(r'(.*)\n *<div metal:use-macro="context/batch_macros/.*"></div>')


def test_each_can_be_scrolled_by_itself():
    around = [
        found
        for template in BROWSER.rglob("*.pt")
        for found in PAGER.findall(template.read_text())
    ]
    assert {found.strip() for found in around} == {'<div class="overflow-auto">'}
