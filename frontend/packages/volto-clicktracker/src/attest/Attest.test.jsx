import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, screenWith, textField } from "../testing/screens";
import { showing } from "../testing/showing";
import Attest from "./Attest";

const people = { name: "readers", kind: "some", title: "Who?", value: [], choices: [] };

const open = [
  { reader: "alice/", user: "alice", name: "Alice Anders" },
  { reader: "bob/", user: "bob", name: "Bob Berger" },
];
const attested = [{ key: "K", name: "Carol", said: [{ text: "On paper" }] }];

const answerOf = ({ list, reader }) => {
  const listed = list === "open" ? open : attested;
  const items = listed.filter(({ name }) => name.includes(reader ?? ""));
  return {
    list,
    items,
    items_total: items.length,
    version: "V",
    lists: { open: 2, attested: 1 },
    screen: screenWith({
      filters: [{ name: "reader", kind: "text", title: "Name or user id" }],
      titles: {
        lists: "Lists",
        open: "Vouch for readers",
        attested: "For whom somebody vouches",
        nobody: "Nobody.",
      },
      forms: {
        open: formWith("Vouch", "Vouch for them", [
          people,
          textField("reason", "How?"),
        ]),
        attested: formWith("Withdraw", "Withdraw these", [
          { ...people, name: "keys" },
          textField("reason", "Why?"),
        ]),
      },
    }),
  };
};

const answering = ({ op, params }) => (op === "get" ? answerOf(params) : {});

const showingAt = (query) =>
  showing(<Attest path="/board" />, {
    at: `/board/clicktracker-attest${query}`,
    answer: answering,
  });

describe("Attest", () => {
  it("vouches for those who are chosen, also on an earlier page of the list", async () => {
    const { sent, history } = showingAt("?reader=A");
    fireEvent.click(await screen.findByLabelText("Alice Anders"));
    act(() => history.push("/board/clicktracker-attest?reader=B"));
    fireEvent.click(await screen.findByLabelText("Bob Berger"));
    expect(screen.getByLabelText("Alice Anders")).toBeChecked();
    fireEvent.change(screen.getByLabelText("How?"), { target: { value: "Heard it" } });
    fireEvent.click(screen.getByRole("button", { name: "Vouch for them" }));
    await waitFor(() => expect(sent.at(-1).op).toBe("get"));
    expect(sent.find(({ op }) => op === "post").data).toEqual({
      readers: ["alice/", "bob/"],
      reason: "Heard it",
      version: "V",
      once: expect.any(String),
    });
  });

  it("takes back what somebody has said", async () => {
    const { sent } = showingAt("");
    fireEvent.click(await screen.findByRole("link", { name: /somebody vouches 1/ }));
    const carol = await screen.findByLabelText("Carol");
    expect(carol).toHaveAccessibleDescription("On paper");
    fireEvent.click(carol);
    fireEvent.change(screen.getByLabelText("Why?"), { target: { value: "An error" } });
    fireEvent.click(screen.getByRole("button", { name: "Withdraw these" }));
    await waitFor(() =>
      expect(sent.find(({ op }) => op === "del").data).toEqual({
        keys: ["K"],
        reason: "An error",
      }),
    );
  });
});
