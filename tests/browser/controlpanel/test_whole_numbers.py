"""Whole numbers in ClickTracker Settings: read as they are meant, or refused."""

from slc.clicktracker.browser.controlpanel.whole_numbers import WholeNumberConverter
from slc.clicktracker.interfaces import IMemberEventsSettings
from tests.browser.controlpanel.fields import of_field
from types import SimpleNamespace
from z3c.form.converter import FormatterValidationError
from zope.i18n.locales import locales

import pytest


def converter(language):
    request = SimpleNamespace(locale=locales.getLocale(language))
    field = IMemberEventsSettings["most_active"]
    return WholeNumberConverter(field, SimpleNamespace(request=request))


@pytest.mark.parametrize(
    "language, typed, number",
    [
        ("de", "5", 5),
        ("de", " 1000 ", 1000),
        ("de", "1.000", 1000),
        ("en", "1,000", 1000),
        ("de", "-1", -1),
        ("de", "1234567", 1_234_567),
        ("de", "", None),
    ],
)
def test_a_number_is_read(language, typed, number):
    assert converter(language).toFieldValue(typed) == number


@pytest.mark.parametrize(
    "language, typed",
    [
        ("de", "0.5"),
        ("de", "0,5"),
        ("de", "0.500"),
        ("de", "1.5"),
        ("de", "10.00"),
        ("en", "0.5"),
        ("en", "0,5"),
        ("en", "1.000"),
        ("fr", "0.5"),
        ("de", "many"),
        ("de", "5 %"),
    ],
)
def test_what_could_be_another_number_is_none(language, typed):
    with pytest.raises(FormatterValidationError) as refused:
        converter(language).toFieldValue(typed)
    assert refused.value.doc().mapping == {"text": typed}


@pytest.mark.parametrize("language", ["de", "en", "fr", "hi", "ar"])
def test_a_number_that_the_form_has_written_is_read_again(language):
    number = converter(language)
    assert number.toFieldValue(number.toWidgetValue(1_234_567)) == 1_234_567


def test_a_part_of_one_is_told_at_the_field(panel):
    names = ("events.most_active", "least_seconds", "ticket_lifetime")
    page = panel("save", **dict.fromkeys(names, "0,5")).text
    for name in names:
        said = of_field(name.replace(".", "-"), page)
        assert "“0,5” is not a whole number. Enter only digits" in said, name
