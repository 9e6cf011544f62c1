import { fireEvent, screen, within } from "@testing-library/react";
import { showing } from "../testing/showing";
import List from "./List";
import { useAsked } from "./useAsked";

const COLUMNS = [
  { name: "reader", title: "Reader", sort_on: "name" },
  { name: "last", title: "Last opened", sort_on: "last" },
  { name: "note", title: "Note" },
];

const AT = "/board/who-read-this";
const SERVICE = "http://localhost:3000/board/@readers";

const ALICE = { reader: "Alice", last: "2026-05-04T12:00:00+00:00", note: null };

const answerWith = (items, total = items.length, batching = undefined) => ({
  items,
  items_total: total,
  batching,
});

const Showing = ({ answer, ...more }) => (
  <List
    title="Readers"
    columns={COLUMNS}
    answer={answer}
    asked={useAsked()}
    {...more}
  />
);

const showingList = (answer, { at = AT, ...more } = {}) =>
  showing(<Showing answer={answer} {...more} />, { at });

describe("List", () => {
  it("is a table of what the service says, with times as people read them", () => {
    showingList(answerWith([ALICE]));
    const row = within(screen.getByRole("row", { name: /Alice/ }));
    expect(row.getByRole("rowheader", { name: "Alice" })).toBeVisible();
    const [last, note] = row.getAllByRole("cell");
    expect(last).toHaveTextContent(/^May 4, 2026.* 12:00 PM$/);
    expect(note).toHaveTextContent("–");
  });

  it("shows in a column what the screen wants there", () => {
    const cell = (name, item) => (name === "note" ? `of ${item.reader}` : undefined);
    showingList(answerWith([ALICE]), { cell });
    expect(screen.getByText("of Alice")).toBeVisible();
    expect(screen.getByRole("rowheader", { name: "Alice" })).toBeVisible();
  });

  it("is sorted by a click, the other way by another, from its beginning", () => {
    const order = { column: "reader", isReverse: false };
    const at = `${AT}?tab=read&b_start=25`;
    const { history } = showingList(answerWith([ALICE]), { order, at });
    const head = screen.getByRole("columnheader", { name: /Reader/ });
    expect(head).toHaveAttribute("aria-sort", "ascending");
    fireEvent.click(within(head).getByRole("link"));
    expect(history.location.search).toBe("?tab=read&sort_on=name&sort_order=reverse");
    const last = screen.getByRole("columnheader", { name: "Last opened" });
    expect(last).not.toHaveAttribute("aria-sort");
    fireEvent.click(within(last).getByRole("link"));
    expect(history.location.search).toBe("?tab=read&sort_on=last");
    const note = screen.getByRole("columnheader", { name: "Note" });
    expect(within(note).queryByRole("link")).toBeNull();
  });

  it("leads to its other pages", () => {
    const batching = {
      "@id": `${SERVICE}?tab=read`,
      first: `${SERVICE}?tab=read&b_start=0`,
      prev: `${SERVICE}?tab=read&b_start=0`,
      next: `${SERVICE}?tab=read&b_start=50`,
      last: `${SERVICE}?tab=read&b_start=1200`,
    };
    const items = Array.from({ length: 25 }, () => ALICE);
    const at = `${AT}?tab=read&b_start=25`;
    showingList(answerWith(items, 1210, batching), { at });
    const pages = within(screen.getByRole("navigation", { name: "Pages" }));
    expect(pages.getByText("26 to 50 of 1,210")).toBeVisible();
    const places = pages.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(places).toEqual([
      `${AT}?tab=read`,
      `${AT}?tab=read`,
      `${AT}?tab=read&b_start=50`,
      `${AT}?tab=read&b_start=1200`,
    ]);
  });

  it("is shown from its beginning on another page, and has the focus", () => {
    const next = { first: SERVICE, next: `${SERVICE}?b_start=1`, last: SERVICE };
    const prev = { first: SERVICE, prev: SERVICE, last: SERVICE };
    const { rerender } = showingList(answerWith([ALICE], 2, next));
    const list = screen.getByRole("region", { name: "Readers" });
    fireEvent.click(screen.getByRole("link", { name: "Next" }));
    expect(list).not.toHaveFocus();
    rerender(<Showing answer={answerWith([ALICE], 2, prev)} />);
    expect(list).toHaveFocus();
  });

  it("knows where the last page ends", () => {
    const batching = { first: SERVICE, prev: SERVICE, last: `${SERVICE}?b_start=25` };
    showingList(answerWith([ALICE, ALICE], 27, batching));
    expect(screen.getByText("26 to 27 of 27")).toBeVisible();
    expect(screen.queryByRole("link", { name: "Next" })).toBeNull();
  });

  it("says so where it is empty", () => {
    showingList(answerWith([]), { empty: <p>Nobody yet.</p> });
    expect(screen.getByText("Nobody yet.")).toBeVisible();
    expect(screen.queryByRole("table")).toBeNull();
  });
});
