/* Sends something to the backend, which has to know from whom it is. Where it is on another
   host, it gets none of the cookies of Volto's, so Volto sends the token; and so do we. */
import config from "@plone/volto/registry";
import { getAuthToken } from "@plone/volto/helpers/AuthToken/AuthToken";

const isElsewhere = () =>
  new URL(config.settings.apiPath, window.location.href).origin !==
  window.location.origin;

/* The token is that of the moment, as it is renewed while a page is shown. There is none for
   the same host, where a browser would only ask first because of it. */
export const sendWithLogIn = (address, options) => {
  const token = isElsewhere() && getAuthToken();
  const headers = token && { Authorization: `Bearer ${token}` };
  return fetch(address, headers ? { ...options, headers } : options);
};
