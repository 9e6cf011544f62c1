/* The ways to the screens, in the toolbar and in the menu of the user. */
import { runtimeConfig } from "@plone/volto/runtime_config";
import ToolbarLinks from "./ToolbarLinks";

/* Where the usual web server of a Volto site has Plone's own screens. */
const USUAL = "/ClassicUI";

export const leadToScreens = (config) => {
  const { settings } = config;
  settings.classicURL ??= runtimeConfig.RAZZLE_CLASSIC_URL || USUAL;
  settings.appExtras = [
    ...(settings.appExtras ?? []),
    { match: "", component: ToolbarLinks },
  ];
  return config;
};
