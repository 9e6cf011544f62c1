/* Tells the site that this page was opened. One message for each page view:
   the ticket that came with the page and a random id of the view. */
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

  /* To the site, as the page may be moved or deleted meanwhile. */
  const send = (view) => post(endpoint, "callback", { ticket, view });

  const renewTicket = async () => {
    const answer = await post(page, "ticket", { version });
    ticket = answer.ok ? (await answer.json()).ticket : null;
    return answer;
  };

  /* One attempt: a fresh ticket first where the page has none that counts. */
  const attempt = async (view) => {
    if (!ticket) {
      const answer = await renewTicket();
      if (!ticket) return answer;
    }
    const answer = await send(view);
    if (answer.status !== 410) return answer;
    const renewed = await renewTicket();
    return ticket ? send(view) : renewed;
  };

  /* The same view id each time: what arrived already changes nothing. */
  const report = async (view, failures = 0) => {
    const answer = await attempt(view).catch(() => null);
    const worthRetrying =
      !answer || answer.status === 429 || answer.status >= 500;
    if (!worthRetrying || failures === RETRY_SECONDS.length) return;
    const asked = Number(answer && answer.headers.get("Retry-After")) || 0;
    const seconds = Math.max(asked, RETRY_SECONDS[failures]);
    const jitter = 1 + Math.random() / 4;
    setTimeout(report, seconds * jitter * 1000, view, failures + 1);
  };

  const randomId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");

  /* A page view begins when the page is really in front of somebody. */
  const begin = () => {
    if (document.prerendering) {
      document.addEventListener("prerenderingchange", begin, { once: true });
    } else if (document.visibilityState === "hidden") {
      document.addEventListener("visibilitychange", begin, { once: true });
    } else {
      report(randomId());
    }
  };

  begin();
  addEventListener("pageshow", (event) => {
    if (event.persisted) begin();
  });
})();
