/* A page that Volto makes for a member contains what only they may have: their ticket, what
   is known of their reading. No cache may give it to somebody else, or to them once they
   have logged out. Pages of guests are all the same. */

const LOG_IN = /(?:^|;\s*)(?:auth_token|__ac)=[^;\s]/;

export const isLoggedIn = ({ headers }) =>
  Boolean(headers.authorization) || LOG_IN.test(headers.cookie ?? "");

/* Comes after what delivers files, whose headers are their own; before the page. */
export const keepFromCaches = () => {
  const middleware = (request, response, next) => {
    if (isLoggedIn(request)) response.set("Cache-Control", "private, no-store");
    next();
  };
  middleware.id = "clicktracker-keep-from-caches";
  return middleware;
};
