"""Content rules are told once when all have read, and once when a deadline was missed."""

from itertools import count
from plone import api
from plone.app.contentrules.actions.mail import MailAction
from plone.app.contentrules.actions.workflow import WorkflowAction
from plone.app.contentrules.api import assign_rule
from plone.app.contentrules.rule import Rule
from plone.contentrules.engine.interfaces import IRuleStorage
from plone.contentrules.rule.eventvocab import EventTypesVocabulary
from plone.contentrules.rule.interfaces import IRuleEventType
from slc.clicktracker.interfaces import IDeadlineMissedEvent
from slc.clicktracker.interfaces import IReadByAudienceEvent
from slc.clicktracker.mails.deliveries import claim
from slc.clicktracker.mails.delivery import LEASE
from slc.clicktracker.reminders import announcements as module
from slc.clicktracker.reminders.announcements import announce
from slc.clicktracker.reminders.announcements import announcements
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.deadlines.deadlines import give_deadline
from tests.reminders.reminders import DAY
from tests.reminders.reminders import days_before
from tests.reminders.reminders import DEADLINE
from zope.component import getUtility
from zope.event import subscribers

import pytest
import transaction


OVER, NOT_OVER = days_before(-1), days_before(1)


@pytest.fixture
def told():
    """What was told: names of events, and of the documents."""
    found = []

    def keep(event):
        if IReadByAudienceEvent.providedBy(event):
            found.append(("read", event.object.getId()))
        if IDeadlineMissedEvent.providedBy(event):
            found.append(("missed", event.object.getId()))

    subscribers.append(keep)
    yield found
    subscribers.remove(keep)


def run(now):
    transaction.begin()
    found = list(announce(announcements(now), now))
    transaction.begin()
    return [(each.announcement.name, each.is_told) for each in found]


def test_once_all_have_read_it_that_is_told_once(papers, told):
    record(papers.agenda, "alice")
    run(NOT_OVER)
    assert told == []
    record(papers.agenda, "bob")
    for _again in range(3):
        run(NOT_OVER)
    run(OVER)
    assert told == [("read", "agenda")]


def test_once_it_is_over_with_readers_missing_that_is_told_once(papers, told):
    record(papers.agenda, "alice")
    for _again in range(3):
        run(OVER)
    assert told == [("missed", "agenda")]
    record(papers.agenda, "bob")
    run(OVER)
    assert told == [("missed", "agenda"), ("read", "agenda")]


def test_another_version_is_the_same_deadline(papers, told):
    for user in ("alice", "bob"):
        record(papers.agenda, user)
    run(NOT_OVER)
    edit(papers.agenda, title="New agenda")
    for user in ("alice", "bob"):
        record(papers.agenda, user)
    run(NOT_OVER)
    assert told == [("read", "agenda")]


def test_another_deadline_is_told_again(papers, told):
    run(OVER)
    give_deadline(papers.agenda, DEADLINE + DAY)
    run(OVER)
    assert told == [("missed", "agenda")]
    run(OVER + 2 * DAY)
    assert told == [("missed", "agenda")] * 2


def test_a_deadline_of_a_folder_is_one_of_each_document(papers, told):
    give_deadline(papers, DEADLINE)
    run(OVER)
    assert ("missed", "budget") in told and ("missed", "agenda") in told
    assert len(told) == len(set(told))


def test_where_nobody_is_expected_nothing_is_told(papers, told):
    with api.env.adopt_roles(["Manager"]):
        papers.agenda.manage_permission("View", ["Manager"], acquire=0)
    transaction.commit()
    run(OVER)
    assert told == []


def add_rule(name, event, folder, *actions):
    """Add a rule for what is in a folder, as somebody does it on Plone's screens."""
    rule = Rule()
    rule.event, rule.enabled, rule.stop, rule.cascading = event, True, False, False
    storage = getUtility(IRuleStorage)
    storage[name] = rule
    rule.actions.extend(actions)
    assign_rule(folder, name)
    transaction.commit()


@pytest.fixture
def rule(papers, mail_server):
    """What nobody has read in time is retracted, and the office gets a mail."""
    retract = WorkflowAction()
    retract.transition = "retract"
    mail = MailAction()
    mail.subject, mail.source = "Missed: ${title}", "board@example.org"
    mail.recipients, mail.message = "office@example.org", "Look at ${absolute_url}."
    mail.exclude_actor = False
    add_rule("missed", IDeadlineMissedEvent, papers, retract, mail)
    return mail_server


def state(content):
    transaction.begin()
    return api.content.get_state(content)


def test_a_rule_can_move_a_document_and_send_a_mail(papers, rule):
    assert state(papers.agenda) == "published"
    assert run(OVER) == [("missed", True)]
    assert state(papers.agenda) == "private"
    (mail,) = rule.mails
    assert (mail["Subject"], mail["To"]) == ("Missed: Agenda", "office@example.org")
    assert run(OVER) == []
    assert len(rule.mails) == 1


def test_who_is_killed_meanwhile_has_done_nothing_and_the_next_run_does_it(
    papers, rule, monkeypatch
):
    notified = module.notify

    def killed(event):
        notified(event)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "notify", killed)
        with pytest.raises(KeyboardInterrupt):
            run(OVER)
    transaction.abort()
    assert state(papers.agenda) == "published"
    # As nobody knows whether that run still tells it, it is left alone for a while.
    assert run(OVER) == []
    assert run(OVER + LEASE) == [("missed", True)]
    assert state(papers.agenda) == "private"
    assert run(OVER + 2 * LEASE) == []


def test_a_rule_that_fails_is_tried_three_times_and_keeps_no_other(
    papers, rule, monkeypatch, caplog
):
    give_deadline(papers.budget, DEADLINE)
    notified, tried = module.notify, []

    def breaks(event):
        notified(event)
        tried.append(event.object.getId())
        if event.object.getId() == "agenda":
            raise KeyError("a bug of somebody's rule")

    monkeypatch.setattr(module, "notify", breaks)
    assert run(OVER) == [("missed", False), ("missed", True)]
    assert "a bug of somebody's rule" in caplog.text
    assert state(papers.agenda) == "published"
    assert state(papers.budget) == "private"
    for _again in range(3):
        run(OVER)
    assert tried.count("agenda") == 3 and tried.count("budget") == 1


def test_a_rule_that_has_failed_once_does_all_the_next_time(papers, rule, monkeypatch):
    """Plone runs a rule once in a request, also where it has come to nothing."""
    notified = module.notify

    def breaks(event):
        notified(event)
        raise KeyError("the directory does not answer")

    with monkeypatch.context() as patch:
        patch.setattr(module, "notify", breaks)
        run(OVER)
    assert run(OVER) == [("missed", True)]
    assert state(papers.agenda) == "private"


def test_of_two_runs_at_once_one_tells_it(
    papers, rule, monkeypatch, in_another_process
):
    """The other one begins between the look at what is to be told and the intent."""
    found = []

    def claimed_by_both(*arguments):
        monkeypatch.setattr(module, "claim", claim)
        mine = claim(*arguments)
        found.extend(in_another_process(lambda: run(OVER)))
        return mine

    monkeypatch.setattr(module, "claim", claimed_by_both)
    assert run(OVER) == [("missed", False)]
    assert found == [("missed", True)]
    assert len(rule.mails) == 1
    assert state(papers.agenda) == "private"


def test_a_run_that_outlives_its_claim_leaves_it_to_the_next_one(
    papers, rule, monkeypatch, in_another_process
):
    """It was stopped between the intent and the rules, for longer than a claim holds."""
    found, looked_afresh = [], module.look_afresh

    def stopped():
        looked_afresh()
        if next(calls) == 1:
            found.extend(in_another_process(lambda: run(OVER + LEASE)))
            looked_afresh()

    calls = count()
    monkeypatch.setattr(module, "look_afresh", stopped)
    assert run(OVER) == [("missed", False)]
    assert found == [("missed", True)]
    assert len(rule.mails) == 1


def test_rules_can_be_for_it_on_screens_and_in_profiles(functional):
    names = {term.value: term.token for term in EventTypesVocabulary(None)}
    for event in (IReadByAudienceEvent, IDeadlineMissedEvent):
        assert event in names
        assert IRuleEventType.providedBy(event)
