"""``@@clicktracker-evidence``: what guards of workflows may ask of a document.

A guard doesn't know why it is asked: because a menu is drawn, or because the transition
is about to happen. So while pages are shown it may answer from what this process has
found a few seconds ago, and what lets a transition happen is looked at again before it does:
see ``look_again``.
"""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from plone import api
from plone.dexterity.interfaces import IDexterityContent
from Products.CMFCore.WorkflowCore import WorkflowException
from Products.DCWorkflow.interfaces import IBeforeTransitionEvent
from Products.Five.browser import BrowserView
from slc.clicktracker import _
from slc.clicktracker import logger
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.reports.all_read import AllRead
from slc.clicktracker.sites.uids import document_uid
from threading import Lock
from typing import Any
from zExceptions import NotFound
from ZODB.POSException import ConflictError
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces.browser import IBrowserRequest

import time


#: For how many seconds a menu may be drawn from an answer.
_SECONDS = 5

#: Answers that a process remembers.
_MOST = 10_000

#: The largest folder of which all is asked at once, where a page asks of two documents.
_MOST_IN_FOLDER = 200

_KEY = "slc.clicktracker.all_read"

_clock = time.monotonic
_lock = Lock()
_remembered: Bounded[tuple[str, str], tuple[float, bool]] = Bounded(_MOST)
_said = OnceAMinute()


@implementer(IPublishTraverse)
class EvidenceView(BrowserView):
    """For the expressions of guards, ``object/@@clicktracker-evidence/all_read``: a yes
    or no and nothing more. It never raises into a menu, and has no address of its own."""

    def publishTraverse(self, request: IBrowserRequest, name: str) -> Any:
        raise NotFound(name)

    @property
    def all_read(self) -> bool:
        # Who may not see it has no transition to make.
        if not api.user.has_permission("View", obj=self.context):
            return False
        try:
            return _answers_in(self.request).of(self.context)
        except ConflictError:
            # The whole request is made again.
            raise
        except Exception as error:
            if _said.is_due(str(error)):
                logger.error(
                    "A guard stays closed: %s: %s", type(error).__name__, error
                )
            return False


def look_again(event: IBeforeTransitionEvent) -> None:
    """Ask a guard once more before its transition happens, where something was only
    remembered. Raises ``WorkflowException`` where it is closed by now."""
    # There may be no request, or one of another kind.
    annotations = IAnnotations(getRequest(), None)
    answers = None if annotations is None else annotations.get(_KEY)
    if answers is None or not answers.has_remembered or event.transition is None:
        return
    with answers.from_storage():
        is_open = event.workflow._checkTransitionGuard(
            event.transition, event.object, **(event.kwargs or {})
        )
    if not is_open:
        raise WorkflowException(
            _("This can't be done yet: not everybody is known to have read it.")
        )


class _Answers:
    """What guards are answered in one request."""

    def __init__(self, request: IBrowserRequest) -> None:
        self._remembers = _only_shows(request)
        self._all_read = AllRead()
        self._folders: dict[str, int] = {}
        #: Was any of the answers one of an earlier request?
        self.has_remembered = False

    @cached_property
    def _site(self) -> str:
        return document_uid(api.portal.get())

    @contextmanager
    def from_storage(self) -> Iterator[None]:
        """Remember nothing meanwhile."""
        before, self._remembers = self._remembers, False
        try:
            yield
        finally:
            self._remembers = before

    def of(self, content: Any) -> bool:
        uid = document_uid(content)
        known = self._known(uid) if self._remembers else None
        if known is None:
            contents = self._asked_with(content) if self._remembers else [content]
            answers = self._all_read.of_each(contents)
            for each, answer in zip(contents, answers, strict=True):
                self._keep(document_uid(each), answer)
            known = answers[0]
        else:
            self.has_remembered = True
        return known

    def _asked_with(self, content: Any) -> list[Any]:
        """Return content, and what is beside it where a page asks for one after the
        other: a listing would else take a question for each."""
        folder = aq_parent(aq_inner(content))
        path = "/".join(folder.getPhysicalPath())
        asked = self._folders[path] = self._folders.get(path, 0) + 1
        if asked != 2 or len(folder.objectIds()) > _MOST_IN_FOLDER:
            return [content]
        uid = document_uid(content)
        beside = filter(IDexterityContent.providedBy, folder.objectValues())
        return [content, *(each for each in beside if document_uid(each) != uid)]

    def _known(self, uid: str) -> bool | None:
        with _lock:
            then, answer = _remembered.get((self._site, uid), (None, None))
        return answer if then is not None and _clock() - then < _SECONDS else None

    def _keep(self, uid: str, answer: bool) -> None:
        with _lock:
            _remembered[self._site, uid] = _clock(), answer


def _answers_in(request: IBrowserRequest) -> _Answers:
    annotations = IAnnotations(request)
    if _KEY not in annotations:
        annotations[_KEY] = _Answers(request)
    return annotations[_KEY]


def _only_shows(request: IBrowserRequest) -> bool:
    """Does a request only show something? Plone's menu leads to transitions by a link."""
    name = request.get("URL", "").rpartition("/")[2].lstrip("@")
    return request.method in ("GET", "HEAD") and name != "content_status_modify"
