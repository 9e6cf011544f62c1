/* Brings a list about visitors up to date: each few seconds while somebody may be looking,
   less often while the site doesn't answer. The list is HTML of our own; a parsed document
   runs no scripts. What else is made of it listens to "clicktracker-updated". */
const EVERY = 5_000;
const MOST = 60_000;
const PATIENCE = 20_000;

/* Who listens to a screen reader is told of news no more often than this. */
const TOLD = 30_000;

const start = (box) => {
  const { clicktrackerLive: source, news } = box.dataset;
  const [list, updates, status, since, button] = [
    "[data-part=list]",
    "[data-part=updates]",
    "[role=status]",
    "[data-part=age]",
    "[data-part=updates] button",
  ].map((part) => box.querySelector(part));
  const { age, closed, silent } = updates.dataset;
  const { id: listed } = list.firstElementChild;
  let wait = EVERY;
  let updated = performance.now();
  let told = updated;
  let paused = false;
  let asking = false;
  let timer;

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  const show = (fresh) => {
    const known = new Set([...list.querySelectorAll("li[id]")].map(({ id }) => id));
    const number = [...fresh.querySelectorAll("li[id]")].filter(
      ({ id }) => !known.has(id),
    ).length;
    const focused = list.contains(document.activeElement)
      ? document.activeElement.id
      : null;
    list.replaceChildren(fresh);
    box.dispatchEvent(new Event("clicktracker-updated"));
    if (focused !== null) {
      (document.getElementById(focused) ?? list).focus({ preventScroll: true });
    }
    updated = performance.now();
    const isDue = number > 0 && updated - told >= TOLD;
    say(isDue ? news.replace("{number}", number) : "");
    if (isDue) told = updated;
  };

  /* Nothing where somebody has to log in; an error where no list is answered, as by a
     proxy. */
  const ask = async () => {
    const answer = await fetch(source, {
      headers: { "X-Requested-With": "XMLHttpRequest" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      return null;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(listed);
    if (!answer.ok || !fresh) throw new Error();
    return fresh;
  };

  const isIdle = () => paused || document.hidden;

  const poll = async () => {
    clearTimeout(timer);
    if (asking || isIdle()) return;
    asking = true;
    try {
      const fresh = await ask();
      if (!fresh) {
        paused = true;
        button.hidden = true;
        say(closed);
        return;
      }
      wait = EVERY;
      /* Not under a finger or a pointer that is down, and not after a pause. */
      if (!paused && !list.matches(":active")) show(fresh);
    } catch {
      wait = Math.min(2 * wait, MOST);
      say(silent);
    } finally {
      asking = false;
    }
    if (!isIdle()) timer = setTimeout(poll, wait);
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    button.setAttribute("aria-pressed", paused);
    button.classList.toggle("active", paused);
    poll();
  });
  document.addEventListener("visibilitychange", poll);
  setInterval(() => {
    const seconds = Math.round((performance.now() - updated) / 1000);
    const isOld = paused || wait > EVERY;
    since.textContent = isOld ? age.replace("{seconds}", seconds) : "";
  }, 1000);
  timer = setTimeout(poll, EVERY);
};

document.querySelectorAll("[data-clicktracker-live]").forEach(start);
