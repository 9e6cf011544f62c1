/* What a service answers, as its documentation has it, which its own tests have written. */
import docs from "../../../../../docs/rest.md?raw";

/* `request` is one of those that are shown there, like "GET /board/agenda/@readers". */
export const documented = (request) => {
  const [, after] = docs.split(`\n${request} HTTP/1.1\n`);
  const [, json] = /```json\n(.*?)\n```/s.exec(after);
  return JSON.parse(
    json.replaceAll("http://localhost:8080/Plone", "http://localhost:3000"),
  );
};
