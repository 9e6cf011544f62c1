/* A path within the site, in one spelling whatever it is given as: without the host, and
   without a slash at its end. */
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";

/* An address need not be a text. */
export const asPath = (url) =>
  new URL(`http://site${flattenToAppURL(url)}`).pathname.replace(/\/+$/, "");
