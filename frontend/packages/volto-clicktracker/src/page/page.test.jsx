import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { Provider } from "react-redux";
import { MemoryRouter } from "react-router-dom";
import { createStore } from "redux";
import config from "@plone/volto/registry";
import Acknowledgement from "./Acknowledgement";
import Notice from "./Notice";

const API = "http://localhost:3000";
const PATH = "/board/agenda";
const AT = "2026-05-04T23:30:00.123+11:00";

const asked = {
  sentence: "I have read this document.",
  language: "en",
  asks_password: false,
  acknowledged: null,
  older: null,
  ticket: "T",
};

const pageWith = (known) => ({
  "@id": `${API}${PATH}`,
  "@components": { clicktracker: known },
});

/* Volto's store, of which the answers are in our hands. */
const showing = (Part, known, { token = "token", answer = async () => {} } = {}) => {
  const sent = [];
  const store = createStore(() => ({ userSession: { token } }));
  store.dispatch = (action) => {
    sent.push(action.request);
    return answer(action.request);
  };
  const shown = render(
    <IntlProvider locale="en">
      <Provider store={store}>
        <MemoryRouter>
          <Part content={pageWith(known)} />
        </MemoryRouter>
      </Provider>
    </IntlProvider>,
  );
  return { ...shown, sent };
};

beforeEach(() => {
  config.settings.apiPath = config.settings.publicURL = API;
  config.settings.classicURL = "/ClassicUI";
});

describe("Notice", () => {
  const notice = ["The site records by name who opens this page.", "And\nmore."];

  it("says what the site says, and leads members to what is known of them", () => {
    const { container } = showing(Notice, { notice });
    expect(container).toHaveTextContent("by name who opens this page. And more.");
    const link = screen.getByRole("link", { name: "See what is recorded about you" });
    expect(link).toHaveAttribute("href", "/my-reading");
  });

  it("leads guests nowhere", () => {
    showing(Notice, { notice }, { token: null });
    expect(screen.queryByRole("link")).toBeNull();
  });

  it.each([
    ["the site says nothing", { notice: [] }],
    ["the site doesn't have the add-on", undefined],
  ])("is not there where %s", (_why, known) => {
    expect(showing(Notice, known).container).toBeEmptyDOMElement();
  });
});

describe("Acknowledgement", () => {
  const click = () =>
    fireEvent.click(screen.getByRole("button", { name: "Acknowledge" }));

  it("sends the ticket and the sentence of the page, and asks what is known then", async () => {
    const { sent } = showing(Acknowledgement, { acknowledgement: asked });
    expect(screen.getByText(asked.sentence)).toBeVisible();
    click();
    await waitFor(() => expect(sent.length).toBe(2));
    expect(sent[0]).toEqual({
      op: "post",
      path: `${PATH}/@acknowledgement`,
      data: { ticket: "T", sentence: asked.sentence },
    });
    expect(sent[1]).toMatchObject({ op: "get", path: expect.stringContaining(PATH) });
    await waitFor(() =>
      expect(screen.getByRole("heading", { name: "Acknowledgement" })).toHaveFocus(),
    );
    await waitFor(() =>
      expect(screen.getByRole("button")).toHaveAttribute("aria-disabled", "false"),
    );
  });

  it("asks for the password where the site wants that", async () => {
    const { sent } = showing(Acknowledgement, {
      acknowledgement: { ...asked, asks_password: true },
    });
    const field = screen.getByLabelText("Your password, once more");
    fireEvent.change(field, { target: { value: "secret" } });
    click();
    await waitFor(() => expect(sent[0].data.password).toBe("secret"));
    await waitFor(() =>
      expect(screen.getByRole("button")).toHaveAttribute("aria-disabled", "false"),
    );
  });

  it.each([
    [
      "what the site says",
      { response: { body: { message: "The document has changed." } } },
      "The document has changed.",
    ],
    ["that there is no site", new Error("offline"), "Nothing was recorded"],
  ])(
    "says %s where it isn't recorded, and can be tried again",
    async (_what, error, text) => {
      const answer = () => Promise.reject(error);
      showing(Acknowledgement, { acknowledgement: asked }, { answer });
      click();
      expect(await screen.findByRole("alert")).toHaveTextContent(text);
      expect(screen.getByRole("button")).toHaveAttribute("aria-disabled", "false");
    },
  );

  it("leads to the document as it is now where what was shown is refused", async () => {
    const body = { message: "The document has changed." };
    const answer = () => Promise.reject({ response: { status: 409, body } });
    showing(Acknowledgement, { acknowledgement: asked }, { answer });
    click();
    const now = await screen.findByRole("link", { name: /as it is now/ });
    expect(now).toHaveAttribute("href", expect.stringMatching(/^\//));
  });

  it("shows what has changed since the page was opened", async () => {
    const parts = [
      { html: "<p>On <del>Monday</del> <ins>Tuesday</ins>.</p>", unchanged: 0 },
      { html: "<p>Coffee.</p>", unchanged: 3 },
    ];
    const body = {
      message: "The document has changed.",
      differences: [{ title: "Text", parts }],
    };
    const answer = () => Promise.reject({ response: { status: 409, body } });
    showing(Acknowledgement, { acknowledgement: asked }, { answer });
    click();
    expect((await screen.findByText("Tuesday")).tagName).toBe("INS");
    expect(screen.getByText("Monday").tagName).toBe("DEL");
    expect(screen.getByText("Unchanged paragraphs: 3")).toBeVisible();
    expect(screen.getByText("Coffee.")).not.toBeVisible();
  });

  it("tells what was acknowledged, and where the receipt is", () => {
    const said = { at: AT, version: "1", is_attested: false };
    showing(Acknowledgement, { acknowledgement: { ...asked, acknowledged: said } });
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByText(/You acknowledged this on/)).toHaveTextContent(
      /May 4, 2026.* 11:30 PM/,
    );
    expect(screen.getByRole("link", { name: "Your receipt" })).toHaveAttribute(
      "href",
      `/ClassicUI${PATH}/@@reading-receipt`,
    );
  });

  it("tells what somebody else has vouched for, and what is older", () => {
    const said = { at: AT, version: "1", is_attested: true };
    const { unmount } = showing(Acknowledgement, {
      acknowledgement: { ...asked, acknowledged: said },
    });
    expect(screen.getByText(/that you have read this/)).toBeVisible();
    unmount();
    showing(Acknowledgement, { acknowledgement: { ...asked, older: said } });
    expect(screen.getByText(/You acknowledged an older version on/)).toBeVisible();
    expect(screen.getByRole("button")).toHaveAttribute("aria-disabled", "false");
  });

  it.each([
    ["nobody is asked", { acknowledgement: null }],
    ["the page proves nothing", { acknowledgement: { ...asked, ticket: null } }],
  ])("is not there where %s", (_why, known) => {
    expect(showing(Acknowledgement, known).container).toBeEmptyDOMElement();
  });
});
