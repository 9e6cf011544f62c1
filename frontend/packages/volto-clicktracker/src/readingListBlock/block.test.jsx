import { screen, waitFor } from "@testing-library/react";
import { refused, showing } from "../testing/showing";
import { addReadingListBlock } from ".";
import View from "./View";

const API = "http://localhost:3000";

const item = (title, more = {}) => ({
  "@id": `${API}/board/${title.toLowerCase()}`,
  title,
  deadline_text: null,
  states: [],
  ...more,
});

const agenda = item("Agenda", {
  deadline_text: "Mar 01, 2026",
  states: [{ name: "overdue", title: "Overdue" }],
});

const answerOf = (items, total = items.length) => ({
  items,
  items_total: total,
  says: "There is nothing left for you to read.",
});

const block = (data = {}) => <View block="b1" data={data} />;

describe("the reading list as a block", () => {
  it("is offered among the blocks, with a title and an icon", () => {
    const { ownReadingList } = addReadingListBlock({ blocks: { blocksConfig: {} } })
      .blocks.blocksConfig;
    expect(ownReadingList).toMatchObject({
      title: "My reading list",
      restricted: false,
    });
    expect(ownReadingList.icon).toBeDefined();
  });

  it("shows members what they still have to read, by when, and leads there", async () => {
    const { sent } = showing(block(), {
      answer: () => answerOf([agenda, item("Budget")]),
    });
    const link = await screen.findByRole("link", { name: "Agenda" });
    expect(link).toHaveAttribute("href", "/board/agenda");
    expect(link.closest("li")).toHaveTextContent("Agenda OverdueBy Mar 01, 2026");
    expect(screen.getByRole("link", { name: "My reading list" })).toHaveAttribute(
      "href",
      "/my-reading-list",
    );
    expect(sent).toEqual([
      { op: "get", path: "/@my-reading-list", params: { b_size: 5 } },
    ]);
  });

  it("leads to all where there are more, and says where nothing is left", async () => {
    const { unmount } = showing(block({ most: 1, headline: "For you" }), {
      answer: () => answerOf([agenda], 12),
    });
    expect(screen.getByRole("heading", { name: "For you" })).toBeVisible();
    expect(await screen.findByRole("link", { name: "All 12" })).toBeVisible();
    unmount();
    showing(block(), { answer: () => answerOf([]) });
    expect(await screen.findByText(/nothing left/)).toBeVisible();
  });

  it("is nothing to guests, for whom nothing is asked", () => {
    const { container, sent } = showing(block(), { token: null });
    expect(container).toBeEmptyDOMElement();
    expect(sent).toEqual([]);
  });

  it("leads to the page where nothing can be said", async () => {
    const { sent } = showing(block(), {
      answer: () => {
        throw refused(503, { message: "Down." });
      },
    });
    await waitFor(() => expect(sent.length).toBe(1));
    expect(screen.getByRole("link", { name: /expected to read/ })).toHaveAttribute(
      "href",
      "/my-reading-list",
    );
  });
});
