/* What pages say to their readers, below the content. */
import Acknowledgement from "./Acknowledgement";
import Notice from "./Notice";

export const tellReaders = (config) => {
  for (const [name, component] of [
    ["acknowledgement", Acknowledgement],
    ["notice", Notice],
  ]) {
    config.registerSlotComponent({ slot: "belowContent", name, component });
  }
  return config;
};
