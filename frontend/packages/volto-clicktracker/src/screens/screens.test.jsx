import { matchPath } from "react-router-dom";
import config from "@plone/volto/registry";
import { getBaseUrl } from "@plone/volto/helpers/Url/Url";
import { addScreens } from ".";

describe("addScreens", () => {
  const { addonRoutes, settings } = addScreens({
    addonRoutes: [{ path: "/other" }],
    settings: { nonContentRoutes: ["/edit"], nonContentRoutesPublic: [] },
  });
  const routeOf = (path) => addonRoutes.find((route) => matchPath(path, route));

  it("adds each screen to those that there are", () => {
    expect(routeOf("/other").path).toBe("/other");
    expect(settings.nonContentRoutes[0]).toBe("/edit");
  });

  it.each(["/who-read-this", "/board/agenda/who-read-this"])(
    "has one at the site and at all content: %s",
    (path) => {
      expect(routeOf(path)).toBeDefined();
    },
  );

  it("leaves alone what content may well be called", () => {
    expect(routeOf("/parcels/tracking")).toBeUndefined();
    expect(routeOf("/parcels/clicktracker-tracking")).toBeDefined();
  });

  it("has none below a screen, or of another name", () => {
    expect(routeOf("/board/who-read-this/agenda")).toBeUndefined();
    expect(routeOf("/board/not-who-read-this")).toBeUndefined();
  });

  it("has Volto look for content without the name of the screen", () => {
    const before = config.settings.nonContentRoutes;
    config.settings.nonContentRoutes = settings.nonContentRoutes;
    expect(getBaseUrl("/board/agenda/who-read-this")).toBe("/board/agenda");
    expect(getBaseUrl("/who-read-this")).toBe("");
    config.settings.nonContentRoutes = before;
  });
});
