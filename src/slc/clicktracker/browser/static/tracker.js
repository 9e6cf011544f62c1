/* Tells the site that this page was opened, and when it is left for how long it was
   visible and how far it was scrolled: the ticket that came with the page, a random
   id of the page view, and totals. */
(() => {
  "use strict";

  const { endpoint, page, version } = document.currentScript.dataset;
  let { ticket } = document.currentScript.dataset;

  const RETRY_SECONDS = [5, 10, 20, 40];

  const post = (address, door, message) =>
    fetch(`${address}/@@clicktracker-${door}`, {
      method: "POST",
      headers: { "Content-Type": "text/plain;charset=UTF-8" },
      body: JSON.stringify(message),
      credentials: "same-origin",
      keepalive: true,
    });

  /* A page view, and what of it is known so far: in total, so that a message
     that arrives twice or late changes nothing. */
  const newView = () => ({
    id: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join(""),
    engaged: 0,
    depth: 0,
  });

  let view;

  const look = () => {
    const { scrollHeight } = document.documentElement;
    const seen = (100 * (scrollY + innerHeight)) / scrollHeight;
    view.depth = Math.max(view.depth, Math.min(100, Math.round(seen)));
  };

  /* Count the time that the page was visible. */
  const settle = () => {
    const now = performance.now();
    if (view.since) view.engaged += now - view.since;
    view.since = document.visibilityState === "visible" ? now : 0;
  };

  /* To the site, as the page may be moved or deleted meanwhile. */
  const send = ({ id, engaged, depth }) =>
    post(endpoint, "callback", {
      ticket,
      view: id,
      engaged: Math.round(engaged),
      depth,
    });

  const renewTicket = async () => {
    const answer = await post(page, "ticket", { version });
    ticket = answer.ok ? (await answer.json()).ticket : null;
    return answer;
  };

  /* One attempt: a fresh ticket first where the page has none that counts. */
  const attempt = async (sent) => {
    if (!ticket) {
      const answer = await renewTicket();
      if (!ticket) return answer;
    }
    const answer = await send(sent);
    if (answer.status !== 410) return answer;
    const renewed = await renewTicket();
    return ticket ? send(sent) : renewed;
  };

  /* Not again before the server wants it, and not for ever. */
  const report = async (sent, failures = 0) => {
    sent.waiting = false;
    const answer = await attempt(sent).catch(() => null);
    const worthRetrying =
      !answer || answer.status === 429 || answer.status >= 500;
    sent.refused = answer && !answer.ok && !worthRetrying;
    if (!worthRetrying || failures === RETRY_SECONDS.length) return;
    const asked = Number(answer && answer.headers.get("Retry-After")) || 0;
    const seconds = Math.max(asked, RETRY_SECONDS[failures]);
    const jitter = 1 + Math.random() / 4;
    sent.waiting = true;
    setTimeout(report, seconds * jitter * 1000, sent, failures + 1);
  };

  /* A page view begins when the page is really in front of somebody. */
  const begin = () => {
    if (document.prerendering) {
      document.addEventListener("prerenderingchange", begin, { once: true });
    } else if (document.visibilityState === "hidden") {
      document.addEventListener("visibilitychange", begin, { once: true });
    } else {
      view = newView();
      settle();
      look();
      report(view);
    }
  };

  /* Totals once more, unless the server has asked to wait or wants nothing. */
  const leave = () => {
    const counted = view.engaged;
    settle();
    if (view.engaged > counted && !view.refused && !view.waiting) report(view);
  };

  begin();
  addEventListener("scroll", () => view && look(), { passive: true });
  document.addEventListener("visibilitychange", () => {
    if (view) (document.visibilityState === "hidden" ? leave : settle)();
  });
  addEventListener("pagehide", () => view && leave());
  addEventListener("pageshow", (event) => {
    if (event.persisted) begin();
  });
})();
