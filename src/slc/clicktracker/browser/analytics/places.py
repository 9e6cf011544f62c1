"""A viewlet for each place of a page that services add to."""

from functools import partial
from plone.app.layout.viewlets.common import ViewletBase
from slc.clicktracker.analytics.interfaces import BODY_BOTTOM
from slc.clicktracker.analytics.interfaces import BODY_TOP
from slc.clicktracker.analytics.interfaces import HEAD_BOTTOM
from slc.clicktracker.analytics.interfaces import HEAD_TOP
from slc.clicktracker.analytics.providers import markup_for
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.public_name import css_class


class PlaceViewlet(ViewletBase):
    """What services put into one place; nothing where tracking is off for the request."""

    place: str

    def render(self) -> str:
        if IContentIsIgnored.providedBy(self.request):
            return ""
        address_of = partial(static_url, self.site_url)
        return markup_for(self.place, self.context, self.request, address_of)


class HeadTop(PlaceViewlet):
    place = HEAD_TOP


class HeadBottom(PlaceViewlet):
    place = HEAD_BOTTOM


class BodyPlaceViewlet(PlaceViewlet):
    """In an element, as themes move elements, and leave comments behind."""

    def render(self) -> str:
        markup = super().render()
        return markup and f'<div class="{css_class("analytics")}">{markup}</div>'


class BodyTop(BodyPlaceViewlet):
    place = BODY_TOP


class BodyBottom(BodyPlaceViewlet):
    place = BODY_BOTTOM
