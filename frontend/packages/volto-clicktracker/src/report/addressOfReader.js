/* Where the screen is with what is known of a reader of a list, null of nobody in particular.
   It knows the way back to the list as it is asked for. */
export const addressOfReader = (path, item, { asked }) => {
  if (!item["@id"]) return null;
  const { pathname, searchParams } = new URL(item["@id"], "http://site");
  const query = new URLSearchParams({
    reader: decodeURIComponent(pathname.split("/").pop()),
    ...Object.fromEntries(searchParams),
  });
  const back = new URLSearchParams(asked).toString();
  if (back) query.set("back", back);
  return `${path}/who-read-this-reader?${query}`;
};
