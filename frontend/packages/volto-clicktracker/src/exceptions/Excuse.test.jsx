import { fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, screenWith, textField } from "../testing/screens";
import { showing } from "../testing/showing";
import Excuse from "./Excuse";

const AT = "http://localhost:3000/board";

const excuse = formWith("Excuse somebody", "Excuse", [
  {
    name: "user",
    kind: "people",
    most: 1,
    title: "Person",
    value: "bob",
    choices: [{ name: "bob", title: "Bob Berger (bob)" }],
    search: `${AT}/@audience-search/people`,
  },
  textField("reason", "Reason"),
]);
const change = {
  "@id": `${AT}/@exceptions/17`,
  ...formWith("Change an exception", "Save", [
    textField("reason", "Reason", "On leave"),
  ]),
};

const showingAt = (query, forms) =>
  showing(<Excuse path="/board" />, {
    at: `/board/clicktracker-excuse${query}`,
    answer: ({ op }) => (op === "get" ? { screen: screenWith({ forms }) } : {}),
  });

describe("Excuse", () => {
  it("excuses whom the address names, and leads back to the audience", async () => {
    const { sent, history } = showingAt("?person=bob", { excuse });
    const reason = await screen.findByLabelText("Reason");
    expect(screen.getByLabelText("Bob Berger (bob)")).toBeChecked();
    expect(screen.getAllByRole("heading", { name: "Excuse somebody" })).toHaveLength(1);
    fireEvent.change(reason, { target: { value: "On leave" } });
    fireEvent.click(screen.getByRole("button", { name: "Excuse" }));
    await waitFor(() =>
      expect(history.location.pathname).toBe("/board/clicktracker-audience"),
    );
    expect(sent[0].params).toMatchObject({ person: "bob" });
    expect(sent[1]).toEqual({
      op: "post",
      path: "/board/@exceptions",
      data: { user: "bob", reason: "On leave" },
    });
  });

  it("changes the one that the address names", async () => {
    const { sent } = showingAt("?exception=17", { excuse, change });
    expect(
      await screen.findByRole("heading", { level: 1, name: "Change an exception" }),
    ).toBeVisible();
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(sent[1]).toEqual({
        op: "patch",
        path: "/board/@exceptions/17",
        data: { reason: "On leave" },
      }),
    );
  });
});
