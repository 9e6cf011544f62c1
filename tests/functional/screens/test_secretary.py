"""Before the meeting the secretary answers five questions, each from what she sees first."""

from tests.functional.screen import DESKTOP

import pytest


FOLDER = "/board-meeting"


@pytest.fixture
def secretary(demo_site, browse):
    """Return a function: what is in the first screenful of a page that she opens."""
    page = browse(demo_site, "secretary", viewport=DESKTOP)

    def opens(path):
        page.goto(f"{demo_site}{FOLDER}{path}", wait_until="networkidle")
        return First(page)

    return opens


class First:
    """What can be seen without scrolling."""

    def __init__(self, page):
        self.page = page

    def sees(self, locator):
        box = locator.first.bounding_box()
        bottom = box["y"] + box["height"]
        return locator.first.is_visible() and bottom <= DESKTOP["height"]

    def text(self, selector):
        """Return the words of something that is seen."""
        found = self.page.locator(selector)
        assert self.sees(found), selector
        return " ".join(found.first.inner_text().split())


def test_the_secretary_answers_five_questions_from_the_first_screenful(secretary):
    # Who is missing? Who has an older version?
    agenda = secretary("/agenda/@@tracking")
    answer = agenda.text(".clicktracker-summary p")
    assert "Nothing is known of Carol Castillo." in answer
    assert "Dave Dietrich has only opened an older version." in answer
    assert agenda.sees(agenda.page.locator("#readers tbody tr"))
    # Which paper is worst?
    papers = secretary("/@@clicktracker-dashboard")
    assert papers.text("#content tbody th a") == "Agenda"
    assert papers.text("#content tbody td:nth-child(3)").startswith("2 of 4 50 %")
    # What changed since Monday? In the demo nothing for a week, and the file last.
    changed = papers.text(".clicktracker-recent")
    assert changed.startswith("Nothing has changed since Monday, ")
    assert "Last changed: Lease of the boathouse (draft), " in changed
    # Who has read nothing?
    people = secretary("/@@tracking")
    row = people.text(".clicktracker-matrix tbody tr")
    assert row.startswith("Carol Castillo carol 0 of 9")


def test_a_long_name_leaves_the_papers_on_the_screen(secretary):
    page = secretary("/@@tracking").page
    page.locator(".clicktracker-matrix tbody th a").first.evaluate(
        "name => { name.textContent = 'Unbreakable'.repeat(15); }"
    )
    region = page.get_by_role("region", name="People and papers")
    assert region.evaluate("one => one.scrollWidth <= one.clientWidth")
