"""Numbers as the language of who looks at them has them."""

from plone import api
from zope.i18n.locales import LoadLocaleError
from zope.i18n.locales import Locale
from zope.i18n.locales import locales


def localized_number(number: float, digits: int | None = None) -> str:
    """Return a number with the separators of the current language, with so many
    ``digits`` behind the decimal sign if that is given, else with those that it has."""
    language = api.portal.get_current_language()
    formatter = locale_of(language).numbers.getFormatter("decimal")
    if digits is None:
        return formatter.format(number)
    return formatter.format(round(number, digits), f"#,##0.{'0' * digits}")


def decimal_sign(language: str) -> str:
    """Return what stands before a fraction in a language."""
    return locale_of(language).numbers.symbols["decimal"]


def locale_of(tag: str) -> Locale:
    """Return how numbers, names and the like are written in a language, English where
    nothing is known of it."""
    language, _dash, territory = tag.partition("-")
    for place in (territory.upper() or None, None):
        try:
            return locales.getLocale(language, place)
        except LoadLocaleError:
            continue
    return locales.getLocale("en")
