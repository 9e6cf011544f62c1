/* Matomo: calls into its queue, then its own script. */
import { load, whenAllowed } from "./services.js";

const NAMED = "clicktracker-named-matomo";

/* Was a member named in this browser before, and nobody is now? Only that somebody was
   is kept, not who. Where nothing can be kept nobody is forgotten. */
const isAnotherNow = ({ named, reset }) => {
  if (!reset) return false;
  try {
    const before = localStorage.getItem(NAMED);
    if (named) localStorage.setItem(NAMED, "1");
    else localStorage.removeItem(NAMED);
    return Boolean(before) && !named;
  } catch {
    return false;
  }
};

const push = (...calls) => (window._paq ||= []).push(...calls);

/* By its name in Matomo's interface: consent to all, or to cookies. */
let kind;

const change = (agreed) => {
  if (agreed) push([`set${kind}Given`]);
  else push([`forget${kind}Given`]);
};

const start = (page, agreed) => {
  if (agreed !== undefined) {
    kind = page.consent === "all" ? "Consent" : "CookieConsent";
    push([`require${kind}`]);
    if (agreed) change(true);
  }
  push(...page.before);
  if (isAnotherNow(page)) {
    push(
      ["resetUserId"],
      ["appendToTrackingUrl", "new_visit=1"],
      ["trackPageView"],
      ["appendToTrackingUrl", ""],
    );
  } else {
    push(["trackPageView"]);
  }
  push(...page.after);
  load(page.script);
};

const hear = ({ name, values, goals }) =>
  push(
    ["trackEvent", "clicktracker", name, ...values],
    ...goals("matomo").map((id) => ["trackGoal", +id]),
  );

whenAllowed({ start, hear, change });
