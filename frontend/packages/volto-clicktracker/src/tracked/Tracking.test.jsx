import { fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, screenWith } from "../testing/screens";
import { showing } from "../testing/showing";
import Tracking from "./Tracking";

const AT = "http://localhost:3000/board/agenda";

const answer = {
  tracked: true,
  choice: "inherit",
  screen: screenWith({
    sentences: [
      {
        text: "Reads of this item are recorded, because Board meeting is tracked.",
        link: {
          "@id": "http://localhost:3000/board/@@tracking",
          title: "Board meeting",
        },
        around: ["Reads of this item are recorded, because ", " is tracked."],
      },
    ],
    forms: {
      choose: formWith("Tracking of this item", "Save", [
        {
          name: "choice",
          kind: "one",
          title: "Tracking of this item",
          value: "inherit",
          choices: [
            { name: "track", title: "Track" },
            { name: "inherit", title: "Like the folder above" },
          ],
        },
      ]),
    },
    links: [
      {
        "@id": `${AT}/@@clicktracker-deadline`,
        title: "By when this is to be read",
        said: ["no deadline"],
      },
      { "@id": `${AT}/@@clicktracker-mails`, title: "Reports by mail" },
    ],
  }),
};

describe("Tracking", () => {
  it("says through what it is tracked, and leads to what is done next", async () => {
    showing(<Tracking path="/board/agenda" />, { answer: () => answer });
    const source = await screen.findByRole("link", { name: "Board meeting" });
    expect(source).toHaveAttribute("href", "/board/clicktracker-tracking");
    expect(source.closest("p").textContent).toBe(
      "Reads of this item are recorded, because Board meeting is tracked.",
    );
    const deadline = screen.getByRole("link", { name: "By when this is to be read" });
    expect(deadline).toHaveAttribute("href", "/board/agenda/clicktracker-deadline");
    expect(deadline.closest("li")).toHaveTextContent("no deadline");
    /* What Volto has no screen for is one of Plone. */
    expect(screen.getByRole("link", { name: "Reports by mail" })).toHaveAttribute(
      "href",
      "/ClassicUI/board/agenda/@@clicktracker-mails",
    );
  });

  it("sends what is chosen, and asks how it is then", async () => {
    const { sent } = showing(<Tracking path="/board/agenda" />, {
      answer: ({ op }) => (op === "get" ? answer : { message: "Saved." }),
    });
    fireEvent.click(await screen.findByLabelText("Track"));
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent.length).toBe(3));
    expect(sent[1]).toEqual({
      op: "patch",
      path: "/board/agenda/@tracking",
      data: { choice: "track" },
    });
  });
});
