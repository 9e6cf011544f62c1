import { fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, screenWith, textField } from "../testing/screens";
import { showing } from "../testing/showing";
import Audience from "./Audience";
import AudienceRule from "./AudienceRule";

const AT = "http://localhost:3000/board";

const exceptions = {
  items: [
    {
      "@id": `${AT}/@exceptions/17`,
      name: "Bob Berger (bob)",
      change: `${AT}/@@clicktracker-excuse?exception=17`,
      said: [{ text: "On leave" }, { text: "Until Mar 1, 2036" }],
    },
  ],
  earlier: [],
  screen: screenWith({
    titles: {
      excused: "Who is excused",
      earlier: "Earlier exceptions",
      nobody: "Nobody.",
      change: "Change",
    },
    forms: { end: formWith("End", "End this exception") },
  }),
};

const audience = (named) => ({
  expected: 1,
  ...(named && {
    items: [
      {
        user: "alice",
        name: "Alice Anders",
        excuse: `${AT}/@@clicktracker-excuse?person=alice`,
      },
    ],
    items_total: 1,
  }),
  screen: screenWith({
    sentences: [{ text: "One person is expected to read this." }],
    expected: {
      titles: { expected: "Who is expected", nobody: "Nobody." },
      filters: [{ name: "reader", kind: "text", title: "Name or user id" }],
      columns: [
        { name: "name", title: "Name" },
        { name: "excuse", title: "Excuse" },
      ],
    },
    forms: {
      choose: formWith(
        "Change who is expected",
        "Save",
        [textField("choice", "Who", "named")],
        [{ title: "Preview", data: { is_preview: true } }],
      ),
    },
  }),
});

const answering = (named) => (request) => {
  if (request.op !== "get") return { message: "Done." };
  return request.path.endsWith("@exceptions") ? exceptions : audience(named);
};

describe("Audience", () => {
  it("has who is expected, each to be excused, and who is", async () => {
    showing(<Audience path="/board" />, { answer: answering(true) });
    const excuse = await screen.findByRole("link", { name: "Excuse Alice Anders" });
    expect(excuse).toHaveAttribute("href", "/board/clicktracker-excuse?person=alice");
    expect(await screen.findByText("On leave")).toBeVisible();
    expect(
      screen.getByRole("link", { name: "Change Bob Berger (bob)" }),
    ).toHaveAttribute("href", "/board/clicktracker-excuse?exception=17");
  });

  it("ends an exception, and asks who is expected then", async () => {
    const { sent } = showing(<Audience path="/board" />, { answer: answering(true) });
    const end = await screen.findByText("End");
    fireEvent.click(end);
    fireEvent.click(
      screen.getByRole("button", { name: "End this exception Bob Berger (bob)" }),
    );
    await waitFor(() => expect(sent.length).toBe(5));
    expect(sent[2]).toEqual({ op: "del", path: "/board/@exceptions/17" });
  });

  it("names nobody to those who may not see readers, nor asks for names", async () => {
    const { sent } = showing(<Audience path="/board" />, { answer: answering(false) });
    expect(await screen.findByText(/One person is expected/)).toBeVisible();
    expect(screen.queryByRole("table")).toBeNull();
    expect(sent.length).toBe(1);
  });
});

describe("AudienceRule", () => {
  it("says how many a choice would be, without saving it", async () => {
    const { sent, history } = showing(<AudienceRule path="/board" />, {
      at: "/board/clicktracker-audience-rule",
      answer: ({ op, data }) => {
        if (op === "get") return audience(true);
        return data.is_preview
          ? { message: "That is 2 people." }
          : { message: "Saved.", how_many: "2 people are expected." };
      },
    });
    fireEvent.click(await screen.findByRole("button", { name: "Preview" }));
    await waitFor(() =>
      expect(screen.getByRole("status")).toHaveTextContent("That is 2 people."),
    );
    expect(sent[1].data).toEqual({ choice: "named", is_preview: true });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(history.location.pathname).toBe("/board/clicktracker-audience"),
    );
    expect(sent[2].data).toEqual({ choice: "named" });
  });

  it("shows no preview of what was chosen before", async () => {
    const answers = [];
    showing(<AudienceRule path="/board" />, {
      at: "/board/clicktracker-audience-rule",
      answer: ({ op }) =>
        op === "get"
          ? audience(true)
          : new Promise((resolve) =>
              answers.push(() => resolve({ message: "That is 2 people." })),
            ),
    });
    const preview = () =>
      fireEvent.click(screen.getByRole("button", { name: "Preview" }));
    const choose = (value) =>
      fireEvent.change(screen.getByRole("textbox", { name: "Who" }), {
        target: { value },
      });
    await screen.findByRole("button", { name: "Preview" });
    preview();
    await waitFor(() => expect(answers.length).toBe(1));
    answers[0]();
    expect(await screen.findByText("That is 2 people.")).toBeVisible();
    choose("everybody");
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    /* Also if it comes too late. */
    preview();
    await waitFor(() => expect(answers.length).toBe(2));
    choose("nobody");
    answers[1]();
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Preview" })).toHaveAttribute(
        "aria-disabled",
        "false",
      ),
    );
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
  });
});
