"""What somebody looks for first on paper: for which meeting, of which day, which version."""

from datetime import date
from datetime import datetime
from datetime import timezone
from plone import api
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import set_deadline
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.times import local_day
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import save_on_days
from tests.browser.report.versions import title_of_version

import transaction


def test_the_meeting_the_day_and_the_version_are_on_top(tracked, visitor):
    edit(tracked.agenda, description="Monday")
    save_on_days(tracked.agenda)
    manager = visitor("manager")
    today = local_day(utc_now().date())
    version = title_of_version(1)
    printed = f"Agenda As of {today} {version} Address"
    assert printed in text_of(manager.get(f"{REPORT}-print"))
    meeting = date(2040, 3, 9)
    moment = datetime(2040, 3, 7, tzinfo=timezone.utc)
    with api.env.adopt_roles(["Manager"]):
        deadline = Deadline(moment, date(2040, 3, 6), "UTC", meeting=meeting)
        set_deadline(tracked, deadline, "For the meeting")
    transaction.commit()
    said = f"Meeting on {local_day(meeting)} As of {today}"
    paper = text_of(manager.get(f"{REPORT}-print"))
    assert f"Agenda {said} {version}" in paper
    # By when it is to be read is said once, as it was set: the end of that day is not
    # the next one.
    assert paper.count("To be read by") == 1
    assert f"To be read by: {local_day(date(2040, 3, 6))}, end of the day" in paper
    folder = text_of(manager.get("/board/@@who-read-this-print"))
    assert f"Board meeting {said}" in folder
    assert version not in folder
