/* Tells the site who reads what, as far as the site wants to know. */
import { keepFromCaches } from "./keepFromCaches";
import ReaderTracker from "./ReaderTracker";

/* What the backend adds to content. It can be asked for by another name, too, but lists of
   content blockers take offence at that. */
const EXPANDER = "own-reading";

export const trackReaders = (config) => {
  const { settings } = config;
  settings.apiExpanders = [
    ...(settings.apiExpanders ?? []),
    { match: "", GET_CONTENT: [EXPANDER] },
  ];
  settings.appExtras = [
    ...(settings.appExtras ?? []),
    { match: "", component: ReaderTracker },
  ];
  if (__SERVER__) {
    settings.expressMiddleware = [
      ...(settings.expressMiddleware ?? []),
      keepFromCaches(),
    ];
  }
  return config;
};
