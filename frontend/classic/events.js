/* Offers `clicktracker.event(name, data)` to scripts of the page, and the same for what is
   clicked or sent with data-clicktracker-event. An event goes to the services that are on,
   and to the site where it wants to hear of it. Some are goals. */
"use strict";

/* The door is a view whose name begins with a word that a site may choose itself. */
const {
  endpoint,
  goalsEndpoint,
  goals: told,
  name: word = "clicktracker",
} = document.currentScript.dataset;

/* What the services call the goals that an event is, by its name. */
const goals = new Map(Object.entries(JSON.parse(told ?? "{}")));

/* As the server has it, which looks at everything once more (collector/page_event.py). */
const NAME = /^[A-Za-z][\w.:-]{0,63}$/;
const KEY = /^[A-Za-z][\w.:-]{0,31}$/;
const MOST_VALUES = 8;
const LONGEST_TEXT = 128;

/* No page is to flood anybody. */
const MOST_EVENTS = 50;

let sent = 0;

/* What a service was told of, by both names. */
const reached = new Set();

const isScalar = (value) =>
  value === null ||
  typeof value === "boolean" ||
  (typeof value === "string" && value.length <= LONGEST_TEXT) ||
  (typeof value === "number" && Math.abs(value) <= 2 ** 53);

const isData = (data) =>
  Object.prototype.toString.call(data) === "[object Object]" &&
  Object.keys(data).length <= MOST_VALUES &&
  Object.entries(data).every(([key, value]) => KEY.test(key) && isScalar(value));

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

/* With the ticket of the page, which the tracker has. Nobody waits for an answer, and what
   doesn't arrive is lost. */
const tellSite = (event) => {
  const ticket = document.querySelector("script[data-ticket]")?.dataset.ticket;
  const site = endpoint ?? (goals.has(event.name) ? goalsEndpoint : undefined);
  if (!site || !ticket) return;
  fetch(`${site}/@@${word}-callback`, {
    method: "POST",
    headers: { "Content-Type": "text/plain;charset=UTF-8" },
    body: JSON.stringify({ ticket, view: newId(), event }),
    credentials: "same-origin",
    keepalive: true,
  }).catch(() => {});
};

/* Those that are on listen (services.js), and are told the first text of the data, "" where
   there is none, and the first number if there is one. Matomo takes a number alone for it.
   By its name a service asks which goals it is: once on each page, where it may happen
   several times, also before the visitor has agreed. */
const tellServices = ({ name, data }) => {
  const of = (type) => Object.values(data).filter((each) => typeof each === type);
  const values = [of("string")[0] ?? "", ...of("number").slice(0, 1)];
  const ids = (service) => {
    const once = `${service} ${name}`;
    const found = (!reached.has(once) && goals.get(name)) || [];
    reached.add(once);
    return found.map((each) => each[service]).filter(Boolean);
  };
  const detail = { name, values, goals: ids };
  document.dispatchEvent(new CustomEvent("clicktracker-event", { detail }));
};

/* Is it an event? Then it was passed on. Whatever is wrong with it, nothing is thrown. */
const event = (name, data = {}) => {
  try {
    if (typeof name !== "string" || !NAME.test(name) || !isData(data)) {
      console.warn("clicktracker: no event", name, data);
      return false;
    }
    if (sent >= MOST_EVENTS) return false;
    sent += 1;
    const copy = { name, data: { ...data } };
    tellSite(copy);
    tellServices(copy);
    return true;
  } catch (error) {
    console.warn("clicktracker:", error);
    return false;
  }
};

const noteElement = (element) => {
  const { clicktrackerEvent: name, clicktrackerData: data } = element.dataset;
  try {
    event(name, data ? JSON.parse(data) : {});
  } catch (error) {
    console.warn("clicktracker:", error);
  }
};

const MARKED = "[data-clicktracker-event]";

/* Before the page's own handlers, which may stop it. A click in a form is none on it. */
document.addEventListener(
  "click",
  ({ target }) => {
    const element = target instanceof Element && target.closest(MARKED);
    if (element && element.tagName !== "FORM") noteElement(element);
  },
  true,
);
document.addEventListener(
  "submit",
  ({ target }) => target.matches(MARKED) && noteElement(target),
  true,
);

window.clicktracker = { ...window.clicktracker, event };
