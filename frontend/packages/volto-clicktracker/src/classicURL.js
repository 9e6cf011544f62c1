/* Where the screens of Plone itself are, for what Volto has none. */
import config from "@plone/volto/registry";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";

export const classicURL = (url) =>
  `${config.settings.classicURL}${flattenToAppURL(url)}`;
