/* Clicky: what it finds in `clicky_custom`, then its own script. */
import { load, whenAllowed } from "./services.js";

const nothing = () => {};

/* Scripts of the page may call it before it is there, or where it never will be. */
window.clicky ||= { log: nothing, goal: nothing };

const consent = (agreed) => {
  if (agreed === undefined) return {};
  return agreed ? { visitor_consent: true } : { cookies_disable: true };
};

const start = (page, agreed) => {
  (window.clicky_site_ids ||= []).push(page.site);
  /* What a script of the page has set itself counts, but for consent and cookies. */
  window.clicky_custom = {
    ...page.custom,
    ...window.clicky_custom,
    ...(page.custom.cookies_disable && { cookies_disable: true }),
    ...consent(agreed),
  };
  load(page.script);
};

const hear = ({ name, values: [text], goals }) => {
  window.clicky?.log?.(`#${name}`, text ? `${name}: ${text}` : name, "click");
  goals("clicky").forEach((id) => window.clicky?.goal?.(id));
};

whenAllowed({ start, hear });
