import config from "@plone/volto/registry";
import { pageOf } from "./pageOf";

const API = "http://localhost:3000";

const tracker = {
  ticket: "T",
  version: "abc",
  visits: false,
  callback: `${API}/@@clicktracker-callback`,
  renewal: `${API}/board/agenda/@@clicktracker-ticket`,
};

const agenda = {
  "@id": `${API}/board/agenda`,
  "@components": { clicktracker: { tracker } },
};

const at = (pathname, search = "") => ({ pathname, search });

describe("pageOf", () => {
  beforeEach(() => {
    config.settings.apiPath = API;
    config.settings.publicURL = API;
  });

  it("is told to the backend, through Volto's own way there", () => {
    expect(pageOf(agenda, at("/board/agenda"))).toEqual({
      ticket: "T",
      version: "abc",
      visits: undefined,
      callback: `${API}/++api++/@@clicktracker-callback`,
      renewal: `${API}/++api++/board/agenda/@@clicktracker-ticket`,
    });
  });

  it("has where somebody comes from, where the site wants to know", () => {
    const content = JSON.parse(JSON.stringify(agenda).replace("false", "true"));
    expect(pageOf(content, at("/board/agenda"), true).visits).toBe(true);
    /* The browser would say the same of each page. */
    expect(pageOf(content, at("/board/agenda"), false).visits).toBeUndefined();
  });

  it.each(["https://api.example.org", `${API}/portal`])("goes to %s", (apiPath) => {
    config.settings.apiPath = apiPath;
    const content = JSON.parse(JSON.stringify(agenda).replaceAll(API, apiPath));
    const { callback, renewal } = pageOf(content, at("/board/agenda"));
    expect(callback).toBe(`${apiPath}/++api++/@@clicktracker-callback`);
    expect(renewal).toBe(`${apiPath}/++api++/board/agenda/@@clicktracker-ticket`);
  });

  it.each([
    ["a form", "/board/agenda/edit"],
    ["a listing", "/board/agenda/contents"],
    ["the history", "/board/agenda/historyview"],
    ["the sharing tab", "/board/agenda/sharing"],
    ["adding below it", "/board/agenda/add"],
    ["the log-in", "/board/agenda/login"],
    ["a control panel", "/controlpanel/clicktracker"],
    ["another page, which is still to come", "/board/budget"],
    ["what is above it", "/board"],
  ])("is nothing for %s", (_what, pathname) => {
    expect(pageOf(agenda, at(pathname))).toBeNull();
  });

  it("is nothing for an earlier version", () => {
    expect(pageOf(agenda, at("/board/agenda", "?version=1"))).toBeNull();
    expect(pageOf(agenda, at("/board/agenda", "?from=mail"))).not.toBeNull();
  });

  it("is the same page with a slash, in another spelling, and for the site", () => {
    expect(pageOf(agenda, at("/board/agenda/"))).not.toBeNull();
    const spelled = { ...agenda, "@id": `${API}/b%C3%BCro` };
    expect(pageOf(spelled, at("/büro"))).not.toBeNull();
    expect(pageOf({ ...agenda, "@id": API }, at("/"))).not.toBeNull();
    expect(pageOf({ ...agenda, "@id": `${API}/` }, at("/"))).not.toBeNull();
  });

  it.each([
    ["no content", null],
    ["a backend without the add-on", { "@id": `${API}/board/agenda` }],
    [
      "what reports nothing",
      {
        "@id": `${API}/board/agenda`,
        "@components": { clicktracker: { tracked: false, tracker: null } },
      },
    ],
    [
      "what wasn't expanded",
      { "@id": `${API}/board/agenda`, "@components": { clicktracker: {} } },
    ],
  ])("is nothing for %s", (_what, content) => {
    expect(pageOf(content, at("/board/agenda"))).toBeNull();
  });

  it("survives an address that is no text", () => {
    expect(pageOf(agenda, at("/board/%E0%A4%A"))).toBeNull();
  });
});
