/* Tells the site that a page was opened, how long somebody was engaged with it, how far its
   content was seen, and whether it was printed: the ticket that came with the page, a
   random id of the page view, and totals. Of this there are two builds: tracker.js, for
   pages of Plone, and what Volto makes of its add-ons. */

/* Milliseconds. A tick that comes later than LONGEST_DELTA after the one before was
   held up by a suspended computer, not by a reader. */
const TICK = 1_000;
const LONGEST_DELTA = 5_000;
const IDLE_AFTER = 60_000;
const MESSAGE_EVERY = 30_000;

/* Pixels of a part of the content in a frame. */
const LEAST_WIDTH = 100;
const LEAST_HEIGHT = 10;

const FIRST_RETRY_SECONDS = 5;
const RETRIES = 4;

/* Who goes into a frame of the page (blur), or out of it, is there as well. */
const SIGNS_OF_A_READER = [
  "scroll",
  "pointermove",
  "pointerdown",
  "keydown",
  "touchstart",
  "wheel",
  "focus",
  "blur",
];

/* `send` is the browser's own, or what a frontend has that adds to it. */
export const makeTracker = (send = fetch) => {
  /* What the server may still want to hear of: the view at hand, and those before it. Each
     is of the page that was shown then. */
  const views = new Set();
  let page;
  let view;

  const isShown = () => view && document.visibilityState === "visible";

  /* The clock. It has run since `since` if it is `running`. */
  let since = 0;
  let running = false;
  let lastSign = 0;

  /* Count what has passed, up to the moment from which on the reader was idle. */
  const settle = () => {
    const now = performance.now();
    if (running) {
      const delta = Math.min(now - since, LONGEST_DELTA, lastSign + IDLE_AFTER - since);
      view.engaged += Math.max(0, delta);
    }
    since = now;
    const wasRunning = running;
    /* A document has the focus also where a frame in it has, and the window has not. */
    running = isShown() && document.hasFocus();
    if (running && !wasRunning) lastSign = now;
  };

  const noteSign = () => {
    const now = performance.now();
    if (now - lastSign > IDLE_AFTER) settle();
    lastSign = now;
  };

  /* What is so of the view from now on, by a name that storage/marks.py knows. */
  const mark = (name) => {
    if (view) view.marks[name] = true;
  };

  /* What is seen. The end is an element without any size after everything else, floats
     included (in a flex container they don't float: hence align-self). An observer knows
     of scrollers around the content, and doesn't care for what is below it. */
  const end = document.createElement("span");
  end.setAttribute("aria-hidden", "true");
  end.style.cssText = "all:initial;float:left;clear:both;align-self:end";

  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting || !isShown()) continue;
      if (entry.target === end) {
        mark("ended");
        view.depth = 100;
      } else {
        const { scrollTop, scrollHeight } = entry.target;
        const { top } = entry.boundingClientRect;
        const seen = entry.intersectionRect.bottom - top + scrollTop;
        const percent = Math.floor((100 * seen) / (scrollHeight || 1));
        view.depth = Math.max(view.depth, Math.min(99, percent));
      }
    }
  });

  const find = (selector) => document.querySelector(selector);

  const findContent = () =>
    find("#content-core,#page-document") ||
    find("#content") ||
    find("main") ||
    document.body;

  /* Before everything is loaded, the end is where it won't be. Observing anew makes the
     observer tell anew; the content may have been exchanged meanwhile. */
  const look = () => {
    if (!isShown() || document.readyState !== "complete") return;
    const content = findContent();
    if (content.lastChild !== end) content.append(end);
    observer.disconnect();
    observer.observe(content);
    observer.observe(end);
  };

  /* Messages: nothing before `quiet`, as the server has asked for, and without a reason
     like the page's being left, nothing before `due`. */
  let quiet = 0;
  let due = 0;

  /* A text is sent as text/plain in UTF-8 without its being said. */
  const post = (address, message) =>
    send(address, {
      method: "POST",
      body: JSON.stringify(message),
      credentials: "include",
      keepalive: true,
    });

  /* In total, so that a message that arrives twice or late changes nothing. */
  const totals = ({ id, engaged, depth, marks, of }) => ({
    view: id,
    engaged: Math.floor(engaged),
    depth,
    ...marks,
    referrer: of.visits && document.referrer,
  });

  /* The page shows an older version than the current one, or isn't tracked any more. */
  const NOT_COUNTED = {};

  /* Once for all messages that need it at a time: two tickets would be two views. */
  const renewTicket = (of) =>
    (of.renewed ||= post(of.renewal, { version: of.version })
      .then(async (answer) => {
        if (answer.ok) ({ ticket: of.ticket } = await answer.json());
        return answer;
      })
      .finally(() => {
        of.renewed = null;
      }));

  /* One attempt: a fresh ticket first where the page has none that counts. To the site,
     as the page may be moved or deleted meanwhile. */
  const attempt = async (of, message, isLast) => {
    if (!of.ticket) {
      const answer = await renewTicket(of);
      if (!of.ticket) return answer.ok ? NOT_COUNTED : answer;
    }
    const { ticket } = of;
    const answer = await post(of.callback, { ticket, ...message });
    if (answer.status !== 410 || isLast) return answer;
    if (of.ticket === ticket) of.ticket = null;
    return attempt(of, message, true);
  };

  /* Not again before the server wants it, and not for ever. */
  const report = async (sent, message) => {
    const answer = await attempt(sent.of, message).catch(() => null);
    if (!answer || answer.status === 429 || answer.status >= 500) {
      const asked = Number(answer?.headers.get("Retry-After")) || 0;
      const seconds = Math.max(asked, FIRST_RETRY_SECONDS << sent.failures);
      const jitter = 1 + Math.random() / 4;
      quiet = Math.max(quiet, performance.now() + seconds * jitter * 1000);
      due = quiet;
      if (sent.failures < RETRIES) {
        sent.failures += 1;
        sent.told = null;
      }
    } else if (answer.ok) {
      sent.failures = 0;
    } else {
      views.delete(sent);
    }
  };

  /* Send what the server has not been told yet. */
  const flush = () => {
    const now = performance.now();
    if (now < quiet) return;
    for (const each of views) {
      const message = totals(each);
      const text = JSON.stringify(message);
      if (text === each.told) continue;
      each.told = text;
      due = now + MESSAGE_EVERY;
      report(each, message);
    }
  };

  /* A frame may be hidden, a point, or see-through. So in one nothing begins before some
     of the content was really seen, which only browsers know that look at what is painted
     (version 2 of the observer). The others report nothing from frames. */
  let isSeen = parent === self;

  const waitUntilSeen = () => {
    const painted = new IntersectionObserver(
      (entries) => {
        isSeen ||= entries.some(
          ({ isVisible, intersectionRect: { width, height } }) =>
            isVisible && width >= LEAST_WIDTH && height >= LEAST_HEIGHT,
        );
        if (!isSeen) return;
        painted.disconnect();
        begin();
      },
      { trackVisibility: true, delay: 100 },
    );
    const content = findContent();
    /* Something may always cover a part of the whole, like a toolbar. */
    for (const part of [content, ...[...content.querySelectorAll("*")].slice(0, 99)]) {
      painted.observe(part);
    }
  };

  /* A page view begins when the page is really in front of somebody. */
  const begin = () => {
    if (document.prerendering) {
      document.addEventListener("prerenderingchange", begin, { once: true });
    } else if (document.visibilityState === "hidden") {
      document.addEventListener("visibilitychange", begin, { once: true });
    } else if (!isSeen) {
      if (document.readyState === "complete") waitUntilSeen();
      else addEventListener("load", begin, { once: true });
    } else if (page) {
      /* About forty digits. */
      const id = crypto.getRandomValues(new Uint32Array(4)).join("");
      running = false;
      view = { id, of: page, engaged: 0, depth: 0, marks: {}, failures: 0 };
      views.add(view);
      settle();
      look();
      flush();
    }
  };

  const noteVisibility = () => {
    settle();
    if (!isShown()) flush();
    /* Everything was told when the page was left: there is no hurry. */ else if (
      due < since
    )
      due = since + MESSAGE_EVERY;
  };

  const leave = () => {
    settle();
    running = false;
    flush();
  };

  setInterval(() => {
    /* A frame can lose the focus to another window without telling the page: then
       nobody knows since when. */
    running &&= document.hasFocus();
    settle();
    if (since >= due) flush();
    look();
  }, TICK);
  for (const sign of SIGNS_OF_A_READER) {
    addEventListener(sign, noteSign, { passive: true });
  }
  addEventListener("focus", settle);
  addEventListener("blur", settle);
  document.addEventListener("visibilitychange", noteVisibility);
  addEventListener("beforeprint", () => mark("printed"));
  addEventListener("afterprint", () => mark("printed"));
  addEventListener("load", look);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => {
    if (event.persisted) begin();
  });

  /* What is shown from now on; nothing that is to be told of without a page. */
  return (next) => {
    leave();
    page = next;
    view = null;
    begin();
  };
};
