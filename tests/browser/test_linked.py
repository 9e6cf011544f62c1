"""Sentences with links: whatever somebody has typed is a text in them, and nothing else."""

from lxml import html
from slc.clicktracker.browser.linked import link_to
from slc.clicktracker.browser.linked import linked
from slc.clicktracker.browser.linked import strong
from slc.clicktracker.reports.dashboard.sentences import no_member
from slc.clicktracker.reports.sentences.tracking import NOTICES


EVIL = "<img src=x onerror=alert(1)>\"' ${link} $link ${search} &lt;b&gt; &amp;"


def test_a_title_cannot_be_more_than_the_text_of_its_link(board):
    board.title = EVIL
    said = linked(
        NOTICES.of_page,
        folder=link_to(board, "folder_contents"),
        link=link_to(board, "@@tracking?x=<b>&y", NOTICES.title),
    )
    folder, link = html.fragment_fromstring(said, create_parent="p")
    assert (folder.text, len(folder)) == (EVIL, 0)
    assert dict(folder.attrib) == {
        "dir": "auto",
        "href": f"{board.absolute_url()}/folder_contents",
    }
    assert link.text == "the tracking of the folder"
    assert dict(link.attrib) == {"href": f"{board.absolute_url()}/@@tracking?x=<b>&y"}


def test_nor_can_what_is_searched_for(portal):
    said = linked(no_member(EVIL), search=strong(EVIL))
    paragraph = html.fragment_fromstring(said, create_parent="p")
    (search,) = paragraph
    assert (search.tag, search.text, len(search)) == ("strong", EVIL, 0)
    assert paragraph.text == "No name or user id contains "
