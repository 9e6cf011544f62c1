/* ClickTracker Settings among the control panels of Volto, which makes the form of them by
   what the backend says: docs/rest.md, `@controlpanels/clicktracker`. */
import showSVG from "@plone/volto/icons/show.svg";

export const showSettings = (config) => {
  const { settings } = config;
  settings.controlPanelsIcons = {
    ...settings.controlPanelsIcons,
    clicktracker: showSVG,
  };
  return config;
};
