/* Where a screen is that Plone names: in Volto if it is there, else in Plone itself. */
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import { classicURL } from "./classicURL";
import { nameInVolto, SCREENS } from "./screens";

const OF_PLONE = /\/@@([\w.-]+)(?=$|[?#])/;

export const isInVolto = (url) => Object.hasOwn(SCREENS, OF_PLONE.exec(url)?.[1] ?? "");

export const screenURL = (url) =>
  isInVolto(url)
    ? flattenToAppURL(url).replace(OF_PLONE, (_, name) => `/${nameInVolto(name)}`)
    : classicURL(url);
