"""Browsers of somebody's own that one test uses after the other."""

from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Error


#: Whether a test has set the clock of a page: that is the clock of all later pages, too.
_HAS_CLOCK = "'__pwClock' in self"


class KeptContexts:
    """Contexts that know nothing of who used them before, but still have Plone's scripts and
    styles: each new one fetches and compiles them anew, which takes longer than a page.
    """

    def __init__(self, browser: Browser, **arguments: object) -> None:
        self._browser = browser
        self._arguments = arguments
        self._idle: list[BrowserContext] = []

    def take(self) -> BrowserContext:
        if self._idle:
            return self._idle.pop()
        return self._browser.new_context(**self._arguments)

    def put_back(self, context: BrowserContext, *origins: str) -> None:
        """Have it forget what it was told, in these origins as well."""
        pages = context.pages
        if not self._is_as_before(context):
            context.close()
            return
        # What a page says while it is closed would come without a log-in, or when nobody
        # expects it any more.
        context.set_offline(True)
        session = context.new_cdp_session(pages[0])
        for origin in origins:
            what = {"origin": origin, "storageTypes": "local_storage,indexeddb"}
            session.send("Storage.clearDataForOrigin", what)
        for page in pages:
            page.close()
        context.clear_cookies()
        context.set_offline(False)
        self._idle.append(context)

    def _is_as_before(self, context: BrowserContext) -> bool:
        try:
            pages = [page.evaluate(_HAS_CLOCK) for page in context.pages]
        except Error:
            # One that is on its way elsewhere can't be asked.
            return False
        return bool(pages) and not any(pages)
