/* What holds for the script of every service: whether it may begin at all, and when.
   The page carries what is to be known as JSON in an attribute of the script. */

const CONSENT = "clicktracker-consent";

/* What happens on the page, as `clicktracker.event` says it (events.js). */
const EVENT = "clicktracker-event";

const wantsNoTracking = () =>
  navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";

const hasAgreed = () =>
  document.cookie.split("; ").includes("clicktracker_consent=yes");

/* Who can't be asked is taken for internal. */
const isInternal = async ({ ask, name }) => {
  if (!ask) return false;
  try {
    const answer = await fetch(ask, { cache: "no-store" });
    return !answer.ok || (await answer.json()).includes(name);
  } catch {
    return true;
  }
};

/* Call `start` once it is allowed, with what the page says and whether the visitor has
   agreed to cookies: true, false, or undefined where nobody is asked. `change` hears of
   each later change, and `hear` of events on the page, unless the visitor has agreed to
   nothing any more. */
export const whenAllowed = async ({ start, hear, change = () => {} }) => {
  const script = document.currentScript;
  const page = JSON.parse(script.dataset.page);
  if (page.signals && wantsNoTracking()) return;
  if (await isInternal(page)) {
    script.replaceWith(
      document.createComment(` ${page.title}: switched off for internal addresses `),
    );
    return;
  }
  const begin = (agreed) => {
    start(page, agreed);
    document.addEventListener(EVENT, ({ detail }) => {
      if (page.consent !== "all" || hasAgreed()) hear(detail);
    });
  };
  if (page.consent === "none") {
    begin();
    return;
  }
  let began = false;
  let before;
  const look = () => {
    const agreed = hasAgreed();
    if (agreed === before) return;
    before = agreed;
    if (began) change(agreed);
    else if (agreed || page.consent === "cookies") {
      began = true;
      begin(agreed);
    }
  };
  document.addEventListener(CONSENT, look);
  look();
};

export const load = (address) => {
  const script = document.createElement("script");
  script.async = true;
  script.src = address;
  document.head.append(script);
};
