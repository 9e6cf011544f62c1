/* Adds to Volto what slc.clicktracker adds to the pages of Plone. */
import { showSettings } from "./controlpanel";
import { tellReaders } from "./page";
import { addReadingListBlock } from "./readingListBlock";
import { addScreens } from "./screens";
import { leadToScreens } from "./toolbar";
import { trackReaders } from "./tracking";

const applyConfig = (config) =>
  [
    trackReaders,
    tellReaders,
    addReadingListBlock,
    addScreens,
    leadToScreens,
    showSettings,
  ].reduce((configured, add) => add(configured), config);

export default applyConfig;
