import { fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, screenWith, textField } from "../testing/screens";
import { showing } from "../testing/showing";
import MinorChanges from "./MinorChanges";

const answer = {
  current: "T4",
  items: [
    {
      "@id": "http://localhost:3000/board/@minor-changes/17",
      versions: "Version 2",
      said: [{ text: "A typo" }],
    },
  ],
  withdrawn: [],
  screen: screenWith({
    titles: { declared: "Declarations", withdrawn: "Withdrawn", nothing: "Nothing." },
    forms: {
      declare: formWith("Declare a change minor", "Declare minor", [
        {
          name: "text",
          kind: "one",
          title: "The earliest",
          value: "",
          choices: [{ name: "T3", title: "Version 3", link: null }],
        },
        textField("reason", "Reason"),
      ]),
      withdraw: formWith("Withdraw", "Withdraw this declaration"),
    },
  }),
};

const answering = ({ op }) => (op === "get" ? answer : {});

describe("MinorChanges", () => {
  it("declares the versions from one on, as the same as what somebody has seen", async () => {
    const { sent } = showing(<MinorChanges path="/board" />, { answer: answering });
    fireEvent.click(await screen.findByLabelText("Version 3"));
    fireEvent.change(screen.getByLabelText("Reason"), { target: { value: "A typo" } });
    fireEvent.click(screen.getByRole("button", { name: "Declare minor" }));
    await waitFor(() => expect(sent.length).toBe(3));
    expect(sent[1]).toEqual({
      op: "post",
      path: "/board/@minor-changes",
      data: { text: "T3", reason: "A typo", current: "T4" },
    });
  });

  it("withdraws what was declared", async () => {
    const { sent } = showing(<MinorChanges path="/board" />, { answer: answering });
    fireEvent.click(await screen.findByText("Withdraw"));
    fireEvent.click(screen.getByRole("button", { name: /this declaration Version 2/ }));
    await waitFor(() => expect(sent.length).toBe(3));
    expect(sent[1]).toEqual({ op: "del", path: "/board/@minor-changes/17" });
  });
});
