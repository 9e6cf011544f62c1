/* What the backend says with content about its reader: docs/rest.md, `clicktracker`. Nothing
   where it isn't asked, or knows nothing of it. */
export const known = (content) => content?.["@components"]?.clicktracker ?? {};
