/* The `screen` of a service, with what a test is about. */
export const screenWith = (more = {}) => ({
  notices: [],
  sentences: [],
  warnings: [],
  forms: {},
  links: [],
  ...more,
});

export const formWith = (title, submit, fields = [], more = []) => ({
  title,
  submit,
  fields,
  about: [],
  more,
});

export const textField = (name, title, value = "") => ({
  name,
  title,
  value,
  kind: "text",
});
