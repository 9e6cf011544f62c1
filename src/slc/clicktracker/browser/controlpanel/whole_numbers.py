"""Whole numbers as people type them: what is ambiguous is refused at the field."""

from collections.abc import Mapping
from slc.clicktracker import _
from z3c.form.converter import FormatterValidationError
from z3c.form.converter import IntegerDataConverter
from z3c.form.interfaces import ITextWidget
from z3c.form.interfaces import IWidget
from zope.component import adapter
from zope.interface import alsoProvides
from zope.schema.interfaces import IInt


class IWholeNumberWidget(ITextWidget):
    """A text field with a whole number in it."""


def ask_for_whole_numbers(widgets: Mapping[str, IWidget]) -> None:
    """Have whole numbers read by ``WholeNumberConverter``, in these fields alone."""
    for widget in widgets.values():
        if IInt.providedBy(widget.field):
            alsoProvides(widget, IWholeNumberWidget)


@adapter(IInt, IWholeNumberWidget)
class WholeNumberConverter(IntegerDataConverter):
    """z3c.form drops what stands between groups of digits in the language of the user,
    wherever it is: a German "0.5" and an English "0,5" would be 5."""

    def toFieldValue(self, value: str) -> int | None:
        text = value.strip()
        if text.isascii() and text.isdigit():
            return int(text)
        try:
            number = super().toFieldValue(text)
        except (FormatterValidationError, ValueError) as error:
            raise _refusal(text) from error
        if text and self.toWidgetValue(number) != text:
            raise _refusal(text)
        return number


def _refusal(text: str) -> FormatterValidationError:
    message = _(
        "“${text}” is not a whole number. Enter only digits, such as 5 or 1000.",
        mapping={"text": text},
    )
    return FormatterValidationError(message, text)
