/* The reading list as a block, which editors can put into any page. */
import loadable from "@loadable/component";
import listSVG from "@plone/volto/icons/checkbox-checked.svg";
import { readingListSchema } from "./schema";
import View from "./View";

const Edit = loadable(
  () => import(/* webpackChunkName: "reading-list-edit" */ "./Edit"),
);

export const addReadingListBlock = (config) => {
  const { blocksConfig } = config.blocks;
  blocksConfig.ownReadingList = {
    id: "ownReadingList",
    /* Translated by the text itself, as the titles of all blocks: see the schema. */
    title: "My reading list",
    icon: listSVG,
    group: "common",
    view: View,
    edit: Edit,
    blockSchema: readingListSchema,
    restricted: false,
    mostUsed: false,
    sidebarTab: 1,
  };
  return config;
};
