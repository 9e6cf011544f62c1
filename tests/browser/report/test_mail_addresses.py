"""The addresses of those who have not read a document yet, to be copied."""

from plone import api
from slc.clicktracker.browser.report import mail_addresses
from tests.audience.people import give_role
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tab
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record

import html
import re
import transaction


PAGE = f"{REPORT}-addresses"


def addresses_on(answer):
    (field,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.S)
    return html.unescape(field).split(", ")


def test_who_is_missing_can_be_written_to(agenda, visitor):
    record(agenda, "alice")
    assert PAGE in tab(visitor, "absent").text
    answer = visitor("manager").get(PAGE)
    assert addresses_on(answer) == ["bob@example.org", "carol@example.org"]
    assert "have not opened this yet, as far as is known: 2." in text_of(answer)
    (mail,) = re.findall(r'href="(mailto:[^"]*)"', answer.text)
    assert html.unescape(mail) == (
        "mailto:?bcc=bob@example.org,carol@example.org&subject=Agenda"
    )
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_who_has_no_address_is_named(agenda, visitor):
    for user, address in (
        ("alice", ""),
        ("bob", "bob@example.org\nBcc: x@example.org"),
    ):
        api.user.get(userid=user).setMemberProperties({"email": address})
    transaction.commit()
    answer = visitor("manager").get(PAGE)
    assert addresses_on(answer) == ["carol@example.org"]
    assert "No e-mail address is known of Alice Anders, Bob Berger" in text_of(answer)


def test_many_people_are_on_several_pages(agenda, visitor, monkeypatch):
    monkeypatch.setattr(mail_addresses, "PEOPLE_ON_PAGE", 2)
    manager = visitor("manager")
    assert addresses_on(manager.get(PAGE)) == ["alice@example.org", "bob@example.org"]
    for start in (2, 200):
        answer = manager.get(f"{PAGE}?b_start={start}")
        assert addresses_on(answer) == ["carol@example.org"]


def test_a_mail_to_more_than_a_link_can_have_is_not_offered(
    agenda, visitor, monkeypatch
):
    monkeypatch.setattr(mail_addresses, "_LONGEST_LINK", 50)
    answer = visitor("manager").get(PAGE)
    assert len(addresses_on(answer)) == 3
    assert "mailto:" not in answer.text.partition('id="content-core"')[2]


def test_only_who_may_see_the_report_sees_them(agenda, visitor):
    assert "insufficient-privileges" in visitor("carol").get(PAGE).url
    give_role(agenda.aq_parent, "carol")
    assert "bob@example.org" in addresses_on(visitor("carol").get(PAGE))
    assert "insufficient" not in visitor("carol").get("/board/@@tracking").url


def test_of_a_folder_nobody_is_expected(agenda, visitor):
    answer = visitor("manager").get("/board/@@who-read-this-addresses")
    assert answer.status_code == 200
    assert "<textarea" not in answer.text
    assert "each item in a folder has expected readers of its own" in text_of(answer)
    # That would say that nobody is missing in the whole folder.
    assert "as far as is known" not in text_of(answer)


def test_while_the_storage_is_down_that_is_said(agenda, visitor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    text = text_of(visitor("manager").get(PAGE))
    assert "Recording is switched off for this instance" in text
