import config from "@plone/volto/registry";
import { screenURL } from "./screenURL";

describe("screenURL", () => {
  beforeEach(() => {
    config.settings.apiPath = config.settings.publicURL = "http://localhost:3000";
    config.settings.classicURL = "/ClassicUI";
  });

  it.each([
    ["/board/agenda/@@who-read-this", "/board/agenda/who-read-this"],
    ["/board/@@who-read-this?tab=older", "/board/who-read-this?tab=older"],
    ["/@@who-read-this", "/who-read-this"],
    ["/board/@@tracking", "/board/clicktracker-tracking"],
  ])("leads to the screen in Volto where there is one: %s", (url, expected) => {
    expect(screenURL(`http://localhost:3000${url}`)).toBe(expected);
  });

  it.each([
    "/board/agenda/@@who-read-this.csv",
    "/board/agenda/@@reading-receipt?key=1",
    "/board/agenda",
    "/board/agenda/@@toString",
  ])("leads to Plone where there is none: %s", (url) => {
    expect(screenURL(`http://localhost:3000${url}`)).toBe(`/ClassicUI${url}`);
  });
});
