/* Tells the site of the page that it is on. */
import { makeTracker } from "../packages/volto-clicktracker/src/tracking/tracker.js";

const { dataset } = document.currentScript;

/* The doors are views whose names begin with a word that a site may choose itself. */
const { endpoint, name = "clicktracker", page } = dataset;

makeTracker()({
  ...dataset,
  callback: `${endpoint}/@@${name}-callback`,
  renewal: `${page}/@@${name}-ticket`,
});
