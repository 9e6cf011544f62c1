/* A page in a frame of this one, whose time, timers, focus, visibility, scrolling and
   server are in the hands of a test: `await play(source, steps, replies)`. */

const drained = async () => {
  for (let turn = 0; turn < 20; turn++) await null;
};

const reply = (given) => {
  if (given === "lost") throw new TypeError("Failed to fetch");
  const [status, retryAfter] = given ?? [200, null];
  const headers = new Headers(retryAfter === null ? {} : { "Retry-After": retryAfter });
  return { ok: status < 300, status, headers };
};

/* Returns the messages, each with the time at which it was sent, in milliseconds since
   the script started, and the number of steps that were over by then. */
window.play = async (source, steps, replies) => {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const { contentWindow: page, contentDocument: shown } = frame;
  const content = shown.createElement("div");
  content.id = "content";
  shown.body.append(content);

  const state = { now: 0, visibility: "visible", focus: true };
  const sent = [];
  let tick, period, next, notify;
  let step = 0;

  /* It takes itself for a page that is in no frame. */
  page.parent = page;
  Object.defineProperty(shown, "visibilityState", { get: () => state.visibility });
  shown.hasFocus = () => state.focus;
  page.performance.now = () => state.now;
  page.setInterval = (callback, milliseconds) => {
    [tick, period, next] = [callback, milliseconds, milliseconds];
  };
  page.IntersectionObserver = class {
    constructor(callback) {
      notify = (entry) => callback([{ isIntersecting: true, ...entry }]);
    }
    observe() {}
    disconnect() {}
  };
  page.fetch = async (url, { body }) => {
    sent.push({ at: state.now, step, ...JSON.parse(body) });
    return reply(replies[sent.length - 1]);
  };

  const onDocument = (name) => shown.dispatchEvent(new page.Event(name));
  const onWindow = (name) => page.dispatchEvent(new page.Event(name));
  const transition = (name) =>
    page.dispatchEvent(new page.PageTransitionEvent(name, { persisted: true }));
  const change = (values, event) => {
    Object.assign(state, values);
    event?.();
  };

  const hide = () =>
    change({ visibility: "hidden" }, () => onDocument("visibilitychange"));
  const show = () =>
    change({ visibility: "visible" }, () => onDocument("visibilitychange"));
  /* Browsers differ in what they tell a page that is left, and in which order. */
  const leave = (events) => {
    for (const event of events) event === "hide" ? hide() : transition(event);
  };
  const asleep = (milliseconds) => {
    state.now += milliseconds;
  };

  const does = {
    hide,
    show,
    blur: () => change({ focus: false }, () => onWindow("blur")),
    focus: () => change({ focus: true }, () => onWindow("focus")),
    intoFrame: () => change({ focus: true }, () => onWindow("blur")),
    outOfFrame: () => change({ focus: false }),
    sign: (name) => onWindow(name),
    print: (name) => onWindow(name),
    see: (percent) =>
      notify({
        target: { scrollTop: 0, scrollHeight: 1000 },
        boundingClientRect: { top: 0 },
        intersectionRect: { bottom: 10 * percent },
      }),
    seeTheEnd: () => notify({ target: content.lastChild }),
    pass: async (milliseconds) => {
      const until = state.now + milliseconds;
      while (next <= until) {
        state.now = next;
        next += period;
        tick();
        await drained();
      }
      state.now = until;
    },
    suspend: async (milliseconds) => {
      asleep(milliseconds);
      if (next > state.now) return;
      next = state.now + period;
      tick();
      await drained();
    },
    leaveAndComeBack: async ([milliseconds, events]) => {
      leave(events);
      await drained();
      asleep(milliseconds);
      next = state.now + period;
      show();
      transition("pageshow");
    },
    close: leave,
  };

  const script = shown.createElement("script");
  Object.assign(script.dataset, { ticket: "T", endpoint: "/site", page: "/page" });
  script.textContent = source;
  shown.head.append(script);
  await drained();
  for (const [name, argument] of steps) {
    step += 1;
    await does[name](argument);
    await drained();
  }
  frame.remove();
  return sent;
};
