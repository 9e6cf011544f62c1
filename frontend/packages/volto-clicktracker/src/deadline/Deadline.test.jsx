import { fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, screenWith, textField } from "../testing/screens";
import { refused, showing } from "../testing/showing";
import Deadline from "./Deadline";

const known = (holding) => ({
  holding,
  screen: screenWith({
    forms: {
      set: formWith("Change the deadline", "Set the deadline", [
        { name: "day", kind: "day", title: "To be read by", value: "2036-03-01" },
        textField("reason", "Reason"),
      ]),
      end: formWith("End the deadline", "End this deadline", [
        textField("reason", "Why does it end?"),
      ]),
    },
  }),
});

describe("Deadline", () => {
  it("is ended with a reason, as what it was that somebody has seen", async () => {
    const { sent } = showing(<Deadline path="/board" />, {
      answer: ({ op }) => (op === "get" ? known("1-a") : { message: "Ended." }),
    });
    const why = await screen.findByLabelText("Why does it end?");
    fireEvent.change(why, { target: { value: "No vote" } });
    fireEvent.click(screen.getByRole("button", { name: "End this deadline" }));
    await waitFor(() => expect(sent.length).toBe(3));
    expect(sent[1]).toEqual({
      op: "del",
      path: "/board/@deadline",
      data: { reason: "No vote", holding: "1-a" },
    });
  });

  it("is sent again with what was typed, once somebody has seen what it is now", async () => {
    let now = "1-a";
    const { sent } = showing(<Deadline path="/board" />, {
      answer: ({ op, data }) => {
        if (op === "get") return known(now);
        if (data.holding !== "2-b") throw refused(409, { message: "It has changed." });
        return {};
      },
    });
    const reason = await screen.findByLabelText("Reason");
    fireEvent.change(reason, { target: { value: "The vote is later" } });
    const set = screen.getByRole("button", { name: "Set the deadline" });
    fireEvent.click(set);
    const look = await screen.findByRole("button", { name: "Show what it says now" });
    now = "2-b";
    fireEvent.click(look);
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    await waitFor(() => expect(sent.filter(({ op }) => op === "get").length).toBe(2));
    await waitFor(() => expect(set).toHaveAttribute("aria-disabled", "false"));
    fireEvent.click(set);
    await waitFor(() =>
      expect(sent.findLast(({ op }) => op === "patch").data).toMatchObject({
        holding: "2-b",
        reason: "The vote is later",
      }),
    );
  });
});
