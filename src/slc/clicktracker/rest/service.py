"""What all services share that tell who has read content."""

from AccessControl import Unauthorized
from collections.abc import Callable
from collections.abc import Mapping
from functools import cached_property
from plone import api
from plone.restapi.services import Service
from slc.clicktracker.doors.kept_from_caches import keep_from_caches
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.rest.screens.parts import told
from slc.clicktracker.rest.sent import NotUnderstood
from slc.clicktracker.words.times import viewer_timezone
from typing import Any
from zExceptions import NotFound
from zope.i18nmessageid import Message


class ReportService(Service):
    """About content that the caller may see themselves, and never kept by a cache.

    What ``answer`` returns is sent as JSON. Where nothing can be said about readers, the
    answer is 503, and says why.
    """

    def render(self) -> str | None:
        # As a view, a form of any page could ask for it, in another way than it is meant.
        if not self.__name__.startswith(f"{self.request.method}_"):
            raise NotFound(self.__name__)
        keep_from_caches(self.request)
        try:
            if not api.user.has_permission("View", obj=self.context):
                raise Unauthorized
            return super().render()
        except Unauthorized:
            # In the words in which Zope says it where a permission is missing.
            return self.request.response.unauthorized()

    def reply(self) -> Any:
        try:
            return self.answer()
        except NotUnderstood as error:
            return self.not_understood(error.errors)
        except PROBLEMS as error:
            return self.refused(503, "ServiceUnavailable", problem_of(error))

    def answer(self) -> Any:
        raise NotImplementedError

    def refused(self, status: int, kind: str, message: Message) -> dict[str, str]:
        """Return why nothing was done, in the shape of plone.restapi."""
        self.request.response.setStatus(status)
        return {"type": kind, "message": self.translated(message)}

    def not_understood(self, errors: Mapping[str, Message]) -> dict[str, Any]:
        """Return what is wrong with what was sent, by the name of the entry; the first of
        it is the message."""
        said = [
            {"field": name, "message": self.translated(message)}
            for name, message in errors.items()
        ]
        message = next(iter(errors.values()))
        return {**self.refused(400, "BadRequest", message), "errors": said}

    @property
    def is_for_screen(self) -> bool:
        """Is asked for what a screen says and asks as well?"""
        return bool(self.request.form.get("screen"))

    def screen(self, made: Callable[[Any, Any], dict[str, Any]]) -> dict[str, Any]:
        """Return what the screen about the same says and asks, as ``screen``, where that is
        asked for; else nothing."""
        if not self.is_for_screen:
            return {}
        return {"screen": told(made(self.context, self.request), self.words)}

    @property
    def url(self) -> str:
        """Where the service is."""
        # What plone.rest calls it begins with the method and the type of the answer.
        name = self.__name__.rpartition("@")[2]
        return f"{self.context.absolute_url()}/@{name}"

    @cached_property
    def timezone(self) -> Any:
        return viewer_timezone()

    @cached_property
    def words(self) -> Words:
        """Words in the caller's language, times in their time zone."""
        return Words(api.portal.translate, self.timezone)

    def translated(self, message: Message) -> str:
        return self.words.translate(message)
