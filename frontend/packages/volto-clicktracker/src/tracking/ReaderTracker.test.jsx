import { act, render } from "@testing-library/react";
import { createMemoryHistory } from "history";
import { Provider } from "react-redux";
import { Router } from "react-router-dom";
import { createStore } from "redux";
import config from "@plone/volto/registry";
import ReaderTracker from "./ReaderTracker";

const shown = vi.hoisted(() => []);
const asked = vi.hoisted(() => []);

vi.mock("./tracker", () => ({
  makeTracker: () => (page) => {
    shown.push(page && [page.renewal, page.ticket]);
    asked.push(page?.visits);
  },
}));

const API = "http://localhost:3000";

let tickets = 0;

const fetched = (path, version = "1", known = {}) => ({
  "@id": `${API}${path}`,
  "@components": {
    clicktracker: {
      tracker: {
        ticket: `ticket ${++tickets}`,
        version,
        callback: `${API}/@@clicktracker-callback`,
        renewal: `${API}${path}/@@clicktracker-ticket`,
        ...known,
      },
    },
  },
});

const page = (path, number) => [
  `${API}/++api++${path}/@@clicktracker-ticket`,
  `ticket ${number}`,
];

describe("ReaderTracker", () => {
  let store, history, mounted;

  const go = (path) => act(() => history.push(path));
  const gets = (content) => act(() => store.dispatch({ type: "GET", content }));

  const begin = (path, content) => {
    store = createStore(
      (state, { content }) =>
        content === undefined ? state : { content: { data: content } },
      { content: { data: content } },
    );
    history = createMemoryHistory({ initialEntries: [path] });
    mounted = render(
      <Provider store={store}>
        <Router history={history}>
          <ReaderTracker />
        </Router>
      </Provider>,
    );
  };

  beforeEach(() => {
    config.settings.apiPath = config.settings.publicURL = API;
    shown.length = asked.length = tickets = 0;
  });

  it("begins with what the server has made, and keeps to it", () => {
    begin("/a", fetched("/a"));
    expect(shown).toEqual([page("/a", 1)]);
    gets(fetched("/a"));
    expect(shown).toEqual([page("/a", 1)]);
  });

  it("ends a page at once, and begins the next with its own ticket", () => {
    begin("/a", fetched("/a"));
    go("/b");
    expect(shown).toEqual([page("/a", 1), null]);
    gets(fetched("/b"));
    expect(shown).toEqual([page("/a", 1), null, page("/b", 2)]);
  });

  it("begins anew on the way back and forward", () => {
    begin("/a", fetched("/a"));
    go("/b");
    gets(fetched("/b"));
    act(() => history.goBack());
    expect(shown.at(-1)).toBeNull();
    gets(fetched("/a"));
    act(() => history.goForward());
    gets(fetched("/b"));
    expect(shown.filter(Boolean)).toEqual([
      page("/a", 1),
      page("/b", 2),
      page("/a", 3),
      page("/b", 4),
    ]);
  });

  it("is silent in a form, and waits for what was saved there", () => {
    begin("/a", fetched("/a"));
    go("/a/edit");
    gets(fetched("/a"));
    expect(shown).toEqual([page("/a", 1), null]);
    go("/a");
    /* What is there is what the form was filled with. */
    expect(shown).toEqual([page("/a", 1), null]);
    gets(fetched("/a", "2"));
    expect(shown).toEqual([page("/a", 1), null, page("/a", 3)]);
  });

  it("begins anew with another text in the same place", () => {
    begin("/a", fetched("/a"));
    gets(fetched("/a", "2"));
    expect(shown).toEqual([page("/a", 1), page("/a", 2)]);
  });

  it("doesn't begin anew for a query, or a place in the page", () => {
    begin("/a", fetched("/a"));
    go("/a?from=mail");
    go("/a#end");
    expect(shown).toEqual([page("/a", 1)]);
  });

  it("isn't confused by answers that come late", () => {
    begin("/a", fetched("/a"));
    go("/b");
    go("/c");
    gets(fetched("/b"));
    expect(shown).toEqual([page("/a", 1), null]);
    gets(fetched("/c"));
    expect(shown.at(-1)).toEqual(page("/c", 3));
  });

  it("says nothing of what can't be shown, is not recorded, or of no page", () => {
    begin("/a", { ...fetched("/a"), "@components": {} });
    expect(shown).toEqual([]);
    go("/b");
    gets(null);
    expect(shown).toEqual([]);
    go("/a");
    gets(fetched("/a"));
    gets(null);
    expect(shown).toEqual([page("/a", 2), null]);
  });

  it("tells where somebody comes from with the first page alone", () => {
    begin("/a", fetched("/a", "1", { visits: true }));
    go("/b");
    gets(fetched("/b", "1", { visits: true }));
    expect(asked).toEqual([true, undefined, undefined]);
  });

  it("ends with the app", () => {
    begin("/a", fetched("/a"));
    mounted.unmount();
    expect(shown.at(-1)).toBeNull();
  });
});
