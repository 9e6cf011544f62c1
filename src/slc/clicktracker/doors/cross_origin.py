"""``CrossOriginView``: for pages on other hosts, as far as the site's CORS policy lets
them."""

from plone.rest.interfaces import ICORSPolicy
from Products.Five.browser import BrowserView
from slc.clicktracker.sites.origins import allowed_origins
from slc.clicktracker.tickets.origins import is_preflight
from zope.component import queryMultiAdapter


class CrossOriginView(BrowserView):
    """As the services of plone.rest do it, whose policies are for services alone.

    A browser sends no log-in when it asks whether it may. So these views are public, and
    ask for permissions themselves.
    """

    def __call__(self) -> str:
        environ, response = self.request.environ, self.request.response
        if is_preflight(environ):
            policy = queryMultiAdapter((self.context, self.request), ICORSPolicy)
            if policy is not None:
                policy.process_preflight_request()
            return ""
        origin = environ.get("HTTP_ORIGIN", "")
        for name, value in allowed_origins().headers_for(origin):
            response.setHeader(name, value)
        return self.answer()

    def answer(self) -> str:
        """Return the body of the answer to anything else."""
        raise NotImplementedError
