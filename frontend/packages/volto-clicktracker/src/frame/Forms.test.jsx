import { screen } from "@testing-library/react";
import { formWith } from "../testing/screens";
import { showing } from "../testing/showing";
import Forms from "./Forms";

const headings = () =>
  screen.queryAllByRole("heading").map(({ textContent }) => textContent);

const choice = (title) => ({
  name: "choice",
  kind: "one",
  title,
  value: "track",
  choices: [{ name: "track", title: "Track" }],
});

describe("Forms", () => {
  it("say nothing twice for the eye: not the screen, a button, or the only question", () => {
    const forms = {
      screen: formWith("Vouch for readers", "Vouch", [choice("Who?")]),
      button: formWith("Seal this report", "Seal this report", []),
      question: formWith("Tracking of this item", "Save", [
        choice("Tracking of this item"),
      ]),
    };
    const send = { screen: vi.fn(), button: vi.fn(), question: vi.fn() };
    showing(<Forms forms={forms} send={send} screen="Vouch for readers" />);
    expect(headings()).toEqual(["Tracking of this item"]);
    const legend = screen.getByText("Tracking of this item", { selector: "legend" });
    expect(legend).toHaveClass("own-reading-unseen");
    expect(screen.getByText("Who?")).not.toHaveClass("own-reading-unseen");
  });
});
