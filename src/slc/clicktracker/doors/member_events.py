"""What members do in Plone, for those whose events are recorded.

Nobody else's edit takes longer than a look into a dictionary. What is recorded is noted
after the commit: nothing of a transaction that was aborted, and once what was made again
after a conflict. Whatever goes wrong, the edit is saved.
"""

from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from plone.base.utils import safe_text
from plone.dexterity.interfaces import IDexterityContent
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.doors.noted_events import NotedEvents
from slc.clicktracker.doors.out_of_the_way import complain
from slc.clicktracker.doors.out_of_the_way import out_of_the_way
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.rules import account_of
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import spool_limit
from slc.clicktracker.sites.signals import has_objected
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.events.plain import PlainEvent
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import utc_now
from typing import Any
from uuid import uuid4
from zope.component import getUtility
from zope.component.hooks import getSite
from zope.container.interfaces import IContainerModifiedEvent
from zope.globalrequest import getRequest

import transaction


#: Where a transaction keeps what is to be noted, by kind, document and detail: content that
#: is saved may say so several times.
_NOTED = "slc.clicktracker.member-events"


def note_added(content: Any, event: Any) -> None:
    """Only what somebody has added: all that is in it is told of the event as well."""
    if aq_base(event.object) is aq_base(content):
        _note("added", content)


def note_edited(content: Any, event: Any) -> None:
    if not IContainerModifiedEvent.providedBy(event):
        _note("edited", content)


def note_workflow(content: Any, event: Any) -> None:
    if event.transition is not None:
        _note("workflow", content, event.transition.id)


def note_comment(comment: Any, event: Any) -> None:
    """Of the content that it is about: a comment is nothing that could be read alone."""
    if aq_base(event.object) is aq_base(comment):
        about = filter(IDexterityContent.providedBy, aq_chain(aq_inner(comment)))
        _note("commented", next(about, None))


def note_log_in(event: Any) -> None:
    _note("logged-in", None, user=event.principal)


def _note(kind: str, content: Any, detail: str = "", user: Any = None) -> None:
    with out_of_the_way():
        if getSite() is None or not (members := recorded_members()):
            return
        if has_objected(getRequest()):
            return
        member, folder = current_user() if user is None else account_of(user)
        cohort = None if folder else members.get(member)
        if cohort is not None:
            _keep(member, cohort, kind, content, detail)


def _keep(user: str, cohort: str, kind: str, content: Any, detail: str) -> None:
    of_content = {}
    if content is not None:
        of_content = {
            "document": document_uid(content),
            "path": "/".join(content.getPhysicalPath()),
            "portal_type": safe_text(getattr(content, "portal_type", "") or ""),
        }
    event = PlainEvent(
        key=uuid4().hex,
        reader=user,
        cohort=cohort,
        kind=kind,
        occurred=microseconds(utc_now()),
        detail=detail,
        **of_content,
    )
    noted = _noted().events
    if kind == "edited" and (user, "added", event.document, event.path, "") in noted:
        return
    noted.setdefault((user, kind, event.document, event.path, detail), event)


def _noted() -> NotedEvents:
    """Return what the current transaction has noted, to be kept when it has committed."""
    current = transaction.get()
    try:
        noted = current.data(_NOTED)
    except KeyError:
        noted = NotedEvents()
        current.set_data(_NOTED, noted)
        tell_storage()
        site = document_uid(getUtility(ISiteRoot))
        current.addAfterCommitHook(_spool, (site, noted, spool_limit()))
    noted.take_part(current)
    return noted


def _spool(is_committed: bool, site: str, noted: NotedEvents, limit: int) -> None:
    if not is_committed:
        return
    try:
        for event in noted.events.values():
            collector().notes.add(site, event, limit)
    except Exception as error:
        complain(error)
