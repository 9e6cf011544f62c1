/* The button of the printable page: does what the browser's own command does. */
for (const button of document.querySelectorAll("[data-clicktracker-print]")) {
  button.addEventListener("click", () => window.print());
}
