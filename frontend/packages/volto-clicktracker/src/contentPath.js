/* Where Volto shows content that a service names. Plone itself shows files at an address of
   their own, because theirs would be the file. */
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";

export const contentPath = (url) => flattenToAppURL(url).replace(/\/view$/, "") || "/";
