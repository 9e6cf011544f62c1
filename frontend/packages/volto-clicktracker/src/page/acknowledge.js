/* The act itself, for Volto's store: docs/rest.md, `@acknowledgement`. */
const ACKNOWLEDGE = "CLICKTRACKER_ACKNOWLEDGE";

export const acknowledge = (path, { ticket, sentence }, password) => ({
  type: ACKNOWLEDGE,
  request: {
    op: "post",
    path: `${path}/@acknowledgement`,
    data: { ticket, sentence, ...(password && { password }) },
  },
});
