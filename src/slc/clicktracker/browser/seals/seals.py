"""``@@clicktracker-seals``: the sealed reports of content."""

from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from plone.protect import CheckAuthenticator
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.seals.asked_seal import OfContent
from slc.clicktracker.browser.seals.asked_seal import OfDeleted
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.deleted import address_in_site
from slc.clicktracker.reports.sentences import moments as sentences
from slc.clicktracker.reports.then import shown_name
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.keys import used_keys
from slc.clicktracker.seals.keys import UsedKey
from slc.clicktracker.seals.stamps import authority
from slc.clicktracker.seals.stamps import NotStamped
from slc.clicktracker.seals.stamps import stamp_seal
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name


class SealsView(OfContent, AboutContent):
    """The screen, for those who may see the readers of the content. Nothing can be changed
    on it, but those that have no time stamp can be stamped by who manages tracking."""

    index = ViewPageTemplateFile("templates/seals.pt")
    list_part = ViewPageTemplateFile("templates/seals-list.pt")
    check_part = ViewPageTemplateFile("templates/seals-check.pt")
    says = sentences
    timezone = staticmethod(timezone_name)

    #: Are the seals about several documents?
    names_documents = False

    def __call__(self) -> str:
        self.refuse()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            return self.index()
        CheckAuthenticator(self.request)
        return say_what_was_done(self.request, self._stamped(), self.url)

    def _stamped(self) -> str:
        if not self.offers_stamps:
            return _("Nothing was changed.")
        try:
            done = stamp_seal(self.asked_seal)
        except NotStamped as error:
            return error.problem
        return _("The seal was stamped.") if done else _("Nothing was changed.")

    @cached_property
    def batch(self) -> Batch:
        """A page of seals, the latest first."""
        found = self.seals
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        last_page = max(len(found) - 1, 0) // PAGE_SIZE * PAGE_SIZE
        return Batch(found, PAGE_SIZE, min(start, last_page))

    def made_by(self, seal: Seal) -> str:
        return shown_name(seal.by)

    @cached_property
    def keys(self) -> list[UsedKey]:
        """The public keys of all seals of the site."""
        return used_keys()

    @property
    def check_command(self) -> str:
        """What checks a seal of now."""
        return f"clicktracker verify --key {self.keys[-1].text} seal.json"

    @property
    def offers_stamps(self) -> bool:
        manages = api.user.has_permission(MANAGE_TRACKING, obj=self.context)
        return manages and authority() is not None

    def localized(self, moment: datetime) -> str:
        return local_time(moment)

    @property
    def url(self) -> str:
        return self.url_of("s")


class DeletedSealsView(OfDeleted, SealsView):
    """The same of all that is deleted, with what each is about."""

    index = ViewPageTemplateFile("templates/deleted-seals.pt")
    names_documents = True

    @property
    def seals(self) -> list[Seal]:
        """Those of the document with the UID in a form, without one all."""
        uid = text_from(self.request.form.get("uid"))
        return [each for each in super().seals if uid in ("", each.uid)]

    address = staticmethod(address_in_site)
