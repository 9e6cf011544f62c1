/* Gives a screen the `path` of what it is about: "" is the site. */
import { getBaseUrl } from "@plone/volto/helpers/Url/Url";

export const about = (Component) => (props) => (
  <Component {...props} path={getBaseUrl(props.location.pathname)} />
);
