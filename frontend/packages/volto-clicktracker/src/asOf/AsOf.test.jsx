import { fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, screenWith } from "../testing/screens";
import { showing } from "../testing/showing";
import AsOf from "./AsOf";
import Seals from "./Seals";

const answer = {
  items_total: 1,
  items: [
    {
      name: "Bob Berger (bob)",
      expected_title: ["Yes", "but could not view it"],
      how_far: ["Opened", "Acknowledged"],
    },
  ],
  screen: screenWith({
    sentences: [{ text: "As of May 4, 2026" }],
    filters: [{ name: "day", kind: "day", title: "or another day" }],
    columns: [
      { name: "name", title: "Person" },
      { name: "expected_title", title: "Expected" },
      { name: "how_far", title: "How far" },
    ],
    titles: { people: "People", nobody: "Nobody." },
    forms: {
      take: formWith("Take a snapshot now", "Take a snapshot now"),
      seal: { ...formWith("Seal this", "Seal this report"), data: { moment: "17" } },
    },
  }),
};

const showingAsOf = (query = "", told = answer) =>
  showing(<AsOf path="/board" />, {
    at: `/board/clicktracker-as-of${query}`,
    answer: ({ op }) => (op === "get" ? told : { message: "Done." }),
  });

describe("AsOf", () => {
  it("says who had read it at the moment that the address asks for", async () => {
    const { sent } = showingAsOf("?day=2026-05-04");
    expect(await screen.findByText("Yes · but could not view it")).toBeVisible();
    expect(screen.getByText("Opened · Acknowledged")).toBeVisible();
    expect(sent[0].params).toMatchObject({ day: "2026-05-04" });
    /* A moment is shown: no list is narrowed by it, and there is no other way to see all. */
    expect(screen.getByRole("button", { name: "Show" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Filter" })).toBeNull();
    expect(screen.queryByText("Show all")).toBeNull();
  });

  it("seals what is shown", async () => {
    const { sent } = showingAsOf();
    fireEvent.click(await screen.findByRole("button", { name: "Seal this report" }));
    await waitFor(() => expect(sent.length).toBe(3));
    expect(sent[1]).toEqual({
      op: "post",
      path: "/board/@seals",
      data: { moment: "17" },
    });
  });

  it("lets another moment be chosen where nothing is known of one", async () => {
    const { filters } = answer.screen;
    const notices = [{ text: "Nothing is known of that moment." }];
    showingAsOf("", { screen: screenWith({ notices, filters }) });
    expect(await screen.findByText("Nothing is known of that moment.")).toBeVisible();
    expect(screen.getByLabelText("or another day")).toBeVisible();
  });
});

describe("Seals", () => {
  it("lists them with their files, and says how they are checked", async () => {
    const seal = {
      "@id": "http://localhost:3000/board/@seals/3",
      called: "Seal 3, as of May 4, 2026",
      said: [{ text: "Sealed by Carol" }],
      links: [
        {
          "@id": "http://localhost:3000/board/@@clicktracker-seal.json?number=3",
          title: "Download the file",
        },
      ],
    };
    const titles = { seals: "Sealed reports", check: "Check", command: "verify" };
    showing(<Seals path="/board" />, {
      answer: () => ({
        items: [seal],
        items_total: 1,
        keys: ["ed25519:1840"],
        screen: screenWith({ titles }),
      }),
    });
    expect(await screen.findByText("Seal 3, as of May 4, 2026")).toBeVisible();
    expect(screen.getByRole("link", { name: "Download the file" })).toHaveAttribute(
      "href",
      "/ClassicUI/board/@@clicktracker-seal.json?number=3",
    );
    expect(screen.getByText("ed25519:1840")).toBeVisible();
    /* It stays as it is. */
    expect(screen.queryByRole("button")).toBeNull();
  });
});
