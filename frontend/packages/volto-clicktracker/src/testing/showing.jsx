/* Shows something as Volto does, at an address, with answers that are in our hands. */
import { render } from "@testing-library/react";
import { createMemoryHistory } from "history";
import { IntlProvider } from "react-intl";
import { Provider } from "react-redux";
import { Router } from "react-router-dom";
import { createStore } from "redux";
import config from "@plone/volto/registry";

const API = "http://localhost:3000";

/* An error as superagent throws it. */
export const refused = (status, body = {}) =>
  Object.assign(new Error(String(status)), { response: { status, body } });

/* The path of what somebody asks, without what Volto asks for besides. */
const isOurs = ({ type }) => type.startsWith("CLICKTRACKER_");

/* `answer` gets a request (`op`, `path`, `params`, `data`), and returns or throws what the
   backend says. Returns what testing-library gives, the `history` of the browser, and the
   requests that were `sent`. */
export const showing = (
  shown,
  {
    at = "/",
    answer = () => ({}),
    content = null,
    token = "token",
    locale = "en",
  } = {},
) => {
  config.settings.apiPath = config.settings.publicURL = API;
  config.settings.classicURL = "/ClassicUI";
  const sent = [];
  const store = createStore(() => ({
    content: { data: content },
    userSession: { token },
    intl: { locale },
  }));
  store.dispatch = async (action) => {
    if (!isOurs(action)) return {};
    sent.push(action.request);
    return answer(action.request);
  };
  const history = createMemoryHistory({ initialEntries: [at] });
  const within = (part) => (
    <IntlProvider locale={locale} onError={() => {}}>
      <Provider store={store}>
        <Router history={history}>{part}</Router>
      </Provider>
    </IntlProvider>
  );
  const view = render(within(shown));
  return {
    ...view,
    rerender: (part) => view.rerender(within(part)),
    history,
    sent,
  };
};

/* Content as Volto has it in its store. */
export const contentAt = (path, title) => ({ "@id": `${API}${path}`, title });
