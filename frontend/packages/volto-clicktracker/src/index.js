/* Adds to Volto what slc.clicktracker adds to the pages of Plone. */
import { trackReaders } from "./tracking";

const applyConfig = (config) => trackReaders(config);

export default applyConfig;
