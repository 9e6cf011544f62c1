"""What no activity claims: what that is called, and nothing else may be."""

from slc.clicktracker import _
from zope.component import queryUtility
from zope.i18n import translate
from zope.i18n.interfaces import ITranslationDomain


UNCLASSIFIED = _("Unclassified")


def is_called_unclassified(title: str) -> bool:
    """Is it what screens call that, in any language?"""
    domain = queryUtility(ITranslationDomain, UNCLASSIFIED.domain)
    languages = domain.getCatalogsInfo() if domain else ()
    names = (translate(UNCLASSIFIED, target_language=each) for each in languages)
    return title.casefold() in {each.casefold() for each in (UNCLASSIFIED, *names)}
