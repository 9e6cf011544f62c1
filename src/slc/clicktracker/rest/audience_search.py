"""``@audience-search``: people and groups of the site who can be named in an audience."""

from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.service import ReportService
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import Any
from zExceptions import NotFound
from zope.component import getUtility
from zope.schema.interfaces import IVocabularyFactory


#: How many are told: whoever isn't among them is found by more of the name.
_MOST = 20

#: Where each are, as the fields of Plone's own forms search them.
_VOCABULARIES = {
    "people": "plone.app.vocabularies.Users",
    "groups": "plone.app.vocabularies.Groups",
}


class GetAudienceSearch(Below, ReportService):
    """Answers with ``items``, the first ones of whose name or id ``search`` is a part: of
    ``@audience-search/people`` or ``/groups``. ``more`` says that there are others. For
    those who choose audiences, who see the same in the form."""

    def answer(self) -> dict[str, Any]:
        kind = self.path[0] if len(self.path) == 1 else ""
        if kind not in _VOCABULARIES:
            raise NotFound(kind)
        asked = text_from(self.request.form.get("search"))
        search = storable(asked, LIMITS["name"]).strip()
        factory = getUtility(IVocabularyFactory, _VOCABULARIES[kind])
        terms = list(factory(self.context, query=search)) if search else []
        return {
            "@id": f"{self.url}/{kind}",
            "items": [
                {"name": each.value, "title": each.title or each.value}
                for each in terms[:_MOST]
            ],
            "more": len(terms) > _MOST,
        }
