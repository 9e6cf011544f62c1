"""Local servers that stand in for Matomo and Clicky, and the scripts that they serve.

The scripts take what is in the queues as the real ones do, keep each call, and report to
the server.
"""

from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import json


#: A value that would like to be more than one.
HOSTILE = (
    "</script><script>alert(1)</script><!-- --> \" ' \\ \u2028\u2029 &lt;&quot; "
    "\u0000 ]]> ${alert(1)} äöü 漢字 😀"
)

MATOMO_JS = """
(() => {
  const state = { asks: {}, given: {}, waiting: [], appended: "", variables: {} };
  window.calls = [];
  const send = (name, values) => {
    const query = new URLSearchParams({ rec: 1, idsite: state.site, ...values });
    fetch(`${state.url}?${query}${state.appended && "&" + state.appended}`, {
      mode: "no-cors",
    });
  };
  const track = () => {
    const values = { url: location.href, action_name: document.title };
    if (state.user) values.uid = state.user;
    if (Object.keys(state.variables).length)
      values._cvar = JSON.stringify(state.variables);
    Object.assign(values, state.dimensions);
    const cookies = !state.no_cookies &&
      (!state.asks.CookieConsent || state.given.CookieConsent);
    values.cookie = cookies ? 1 : 0;
    const go = () => send("page", values);
    if (state.asks.Consent && !state.given.Consent) state.waiting.push(go);
    else go();
  };
  const known = {
    setTrackerUrl: (url) => (state.url = url),
    setSiteId: (site) => (state.site = site),
    setUserId: (user) => (state.user = user),
    resetUserId: () => (state.user = ""),
    appendToTrackingUrl: (text) => (state.appended = text),
    setCustomVariable: (index, name, value, scope) =>
      (state.variables[`${scope} ${index}`] = [name, value]),
    setCustomDimension: (id, value) =>
      (state.dimensions = { ...state.dimensions, [`dimension${id}`]: value }),
    disableCookies: () => (state.no_cookies = true),
    requireConsent: () => (state.asks.Consent = true),
    requireCookieConsent: () => (state.asks.CookieConsent = true),
    setConsentGiven: () => {
      state.given.Consent = true;
      state.waiting.splice(0).forEach((go) => go());
    },
    setCookieConsentGiven: () => (state.given.CookieConsent = true),
    forgetConsentGiven: () => (state.given.Consent = false),
    forgetCookieConsentGiven: () => (state.given.CookieConsent = false),
    trackPageView: track,
  };
  const run = (call) => {
    window.calls.push(call);
    known[call[0]]?.(...call.slice(1));
  };
  const queue = window._paq;
  window._paq = { push: (...calls) => calls.forEach(run) };
  queue.forEach(run);
})();
"""

CLICKY_JS = """
(() => {
  window.found = JSON.parse(JSON.stringify(window.clicky_custom));
  const custom = window.clicky_custom;
  const query = new URLSearchParams({
    site_id: window.clicky_site_ids[0],
    href: custom.href || location.pathname + location.search,
    title: custom.title || document.title,
  });
  for (const [name, value] of Object.entries(custom.visitor || {}))
    query.set(`custom[${name}]`, value);
  if (custom.visitor_consent) query.set("consent", 1);
  if (custom.cookies_disable) query.set("cookies_disable", 1);
  if (!custom.pageview_disable)
    fetch(`https://in.getclicky.com/in.php?${query}`, { mode: "no-cors" });
})();
"""


class StandIn:
    """A server that keeps what it is asked for: ``hits``, each a dict of parameters."""

    def __init__(self):
        self.asked = []
        self.hits = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                stand_in.asked.append(parts.path)
                body, status = stand_in.answer(parts.path, parts.query)
                self.send_response(status)
                self.send_header("Content-Type", "text/javascript")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"127.0.0.1:{self._server.server_port}"

    def answer(self, path, query):
        values = {name: found[0] for name, found in parse_qs(query).items()}
        if path.endswith("matomo.js"):
            return MATOMO_JS, 200
        if path == "/js":
            return CLICKY_JS, 200
        if path.endswith("matomo.php"):
            if values.get("rec") != "1" or not values.get("idsite", "").isdigit():
                # So does the real one with what it can't count.
                return "", 400
            self.hits.append(values)
            return "", 200
        if path == "/in.php" or path.endswith("ns.gif"):
            self.hits.append(values)
            return "", 200
        return "", 404

    def end(self):
        self._server.shutdown()
        self._server.server_close()


def variables_of(hit):
    return json.loads(hit.get("_cvar", "{}"))
