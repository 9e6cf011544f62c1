/* What editors choose for a block. */
import { defineMessages } from "react-intl";

/* Documents in a block, unless another number is chosen. */
export const MOST = 5;

const messages = defineMessages({
  title: {
    id: "My reading list",
    defaultMessage: "My reading list",
  },
  headline: {
    id: "clicktracker-headline",
    defaultMessage: "Headline",
  },
  most: {
    id: "clicktracker-most-documents",
    defaultMessage: "Number of documents",
  },
  mostHelp: {
    id: "clicktracker-most-documents-help",
    defaultMessage: "If there are more, a link leads to all of them.",
  },
});

export const readingListSchema = ({ intl }) => ({
  title: intl.formatMessage(messages.title),
  fieldsets: [{ id: "default", title: "Default", fields: ["headline", "most"] }],
  properties: {
    headline: {
      title: intl.formatMessage(messages.headline),
      placeholder: intl.formatMessage(messages.title),
    },
    most: {
      title: intl.formatMessage(messages.most),
      description: intl.formatMessage(messages.mostHelp),
      type: "integer",
      minimum: 1,
      maximum: 100,
      default: MOST,
    },
  },
  required: [],
});
