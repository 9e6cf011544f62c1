/* What the tracker has to know of the page that is shown: null where nothing is to be told. */
import { expandToBackendURL } from "@plone/volto/helpers/Url/Url";
import { asPath } from "../asPath";
import { known } from "../known";

/* Is the page of `content` at this address? While another page is fetched, what was shown
   before is still there. The forms and listings about content have addresses of their own;
   an earlier version has that of the content, with a query. */
const isPageOf = (content, { pathname, search }) =>
  asPath(content["@id"]) === asPath(pathname) &&
  !new URLSearchParams(search).has("version");

/* `isFirst` is the page that the browser has gone to: of those that Volto shows afterwards, the
   browser would say again where somebody came from to the first. */
export const pageOf = (content, location, isFirst) => {
  const { tracker } = known(content);
  if (!tracker || !isPageOf(content, location)) return null;
  return {
    ...tracker,
    /* A message with `false` in it would be refused. */
    visits: (isFirst && tracker.visits) || undefined,
    callback: expandToBackendURL(tracker.callback),
    renewal: expandToBackendURL(tracker.renewal),
  };
};
