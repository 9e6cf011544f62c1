import { getContent } from "@plone/volto/actions/content/content";
import config from "@plone/volto/registry";
import { addScreens } from ".";
import { notShown } from "./notShown";

const TOLD = "own-reading=not-shown";

describe("notShown", () => {
  it("tells the backend that nobody is shown the content", () => {
    expect(notShown(getContent("/board")).request.path).toBe(`/board?${TOLD}`);
    config.settings.isMultilingual = true;
    expect(notShown(getContent("/board")).request.path).toBe(
      `/board?expand=translations&${TOLD}`,
    );
    config.settings.isMultilingual = false;
  });

  const fetchedAt = (pathname, action) => {
    const next = vi.fn();
    const settings = {};
    global.__SERVER__ = true;
    addScreens({ settings });
    global.__SERVER__ = false;
    const [middleware] = settings.storeExtenders[0](["api"]);
    middleware({ getState: () => ({ router: { location: { pathname } } }) })(next)(
      action,
    );
    return next.mock.calls[0][0];
  };

  it("is so for all that is fetched for a screen on the server", () => {
    const action = getContent("/board");
    expect(fetchedAt("/board/who-read-this", action).request.path).toContain(TOLD);
    expect(fetchedAt("/my-reading", action).request.path).toContain(TOLD);
  });

  it("is not so for a page, nor for anything else", () => {
    const action = getContent("/board");
    expect(fetchedAt("/board", action)).toBe(action);
    expect(fetchedAt("/board/not-who-read-this", action)).toBe(action);
    const other = { type: "OTHER" };
    expect(fetchedAt("/board/who-read-this", other)).toBe(other);
  });
});
