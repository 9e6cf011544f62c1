/* What is built into Volto, and nothing of it changed. */
module.exports = {
  addons: ["volto-clicktracker"],
  theme: "",
};
