import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { Provider } from "react-redux";
import { createStore } from "redux";
import {
  Pluggable,
  PluggablesProvider,
} from "@plone/volto/components/manage/Pluggable";
import config from "@plone/volto/registry";
import ToolbarLinks from "./ToolbarLinks";

const API = "http://localhost:3000";

const action = (id, url) => ({ id, title: `to ${id}`, url: `${API}${url}` });

const actions = {
  object: [action("edit", "/board/edit"), action("tracking", "/board/@@tracking")],
  user: [
    action("preferences", "/@@preferences"),
    action("my-reading-list", "/@@my-reading-list"),
  ],
};

const linksIn = (pluggable, known) => {
  config.settings.apiPath = config.settings.publicURL = API;
  config.settings.classicURL = "/ClassicUI";
  const store = createStore(() => ({ actions: { actions: known } }));
  render(
    <Provider store={store}>
      <PluggablesProvider>
        <MemoryRouter>
          <Pluggable name={pluggable} />
        </MemoryRouter>
        <ToolbarLinks />
      </PluggablesProvider>
    </Provider>,
  );
  return screen
    .queryAllByRole("link")
    .map((link) => [link.textContent, link.getAttribute("href")]);
};

describe("ToolbarLinks", () => {
  it("leads from content to the screens about it that Plone offers", () => {
    expect(linksIn("toolbar-more-manage-content", actions)).toEqual([
      ["to tracking", "/board/clicktracker-tracking"],
    ]);
  });

  it("leads from the user to their own", () => {
    expect(linksIn("toolbar-user-menu", actions)).toEqual([
      ["to my-reading-list", "/my-reading-list"],
    ]);
  });

  it("leads nowhere before anything is known", () => {
    expect(linksIn("toolbar-user-menu", {})).toEqual([]);
  });
});
