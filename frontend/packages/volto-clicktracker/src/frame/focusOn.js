/* What has the focus is about to go: it isn't lost, but goes to the element with an id. */
export const focusOn = (id) => document.getElementById(id)?.focus();

/* That of what a screen is called. */
export const HEADING = "own-reading-heading";
