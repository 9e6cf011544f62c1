"""A field for several texts, one in each line."""

from plone.app.z3cform.interfaces import ITextAreaWidget
from plone.app.z3cform.widgets.text import TextAreaWidget
from z3c.form.converter import BaseDataConverter
from z3c.form.interfaces import IFieldWidget
from z3c.form.widget import FieldWidget
from zope.component import adapter
from zope.interface import implementer
from zope.interface import implementer_only
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.schema.interfaces import IField
from zope.schema.interfaces import ITuple


class ILinesWidget(ITextAreaWidget):
    """A text area with one entry in each line."""


@implementer_only(ILinesWidget)
class LinesWidget(TextAreaWidget):
    """Plone's own widget for lines puts what they hold into the page as HTML, and takes
    a line with nothing in it for an entry."""

    rows = 4


@implementer(IFieldWidget)
def LinesFieldWidget(field: IField, request: IBrowserRequest) -> FieldWidget:
    return FieldWidget(field, LinesWidget(request))


@adapter(ITuple, ILinesWidget)
class LinesConverter(BaseDataConverter):
    """Empty lines separate entries, and are none."""

    def toWidgetValue(self, value: tuple[str, ...] | None) -> str:
        return "\n".join(value or ())

    def toFieldValue(self, value: str) -> tuple[str, ...]:
        lines = map(str.strip, value.splitlines())
        return tuple(filter(None, lines))
