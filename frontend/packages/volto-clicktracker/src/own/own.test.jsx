import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { showing } from "../testing/showing";
import MyDeadlines from "./MyDeadlines";
import MyReading from "./MyReading";
import MyReadingList from "./MyReadingList";

vi.mock("@plone/volto/components/manage/Toolbar/Toolbar", () => ({
  default: () => null,
}));

const API = "http://localhost:3000";
const AT = "2026-05-04T12:00:00+00:00";

const document = (title, more = {}) => ({
  "@id": `${API}/board/${title.toLowerCase()}`,
  title,
  deadline_text: null,
  evidence: "Opened",
  since: null,
  changes: null,
  states: [],
  ...more,
});

const budget = document("Budget", {
  deadline_text: "Mar 01, 2026 05:30 PM (UTC)",
  changes: `${API}/board/budget/@@history?one=current&two=1`,
  states: [
    { name: "overdue", title: "Overdue", says: null },
    { name: "changed", title: "Changed", says: "It has changed since you read it." },
    { name: "to-acknowledge", title: "To acknowledge", says: "Acknowledge it below." },
  ],
});

const listOf = (items, more = {}) => ({
  columns: [
    { name: "title", title: "Document" },
    { name: "deadline", title: "By when" },
    { name: "evidence", title: "Evidence asked for" },
  ],
  items,
  items_total: items.length,
  timezone: "UTC",
  says: items.length ? "You are expected to read these." : "There is nothing left.",
  list: "to-read",
  lists: [
    { name: "to-read", title: "To read", documents: items.length },
    { name: "done", title: "Done", documents: 3 },
  ],
  ...more,
});

const rows = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.textContent);

describe("MyReadingList", () => {
  it("shows what is to be read, by when, and what became of it", async () => {
    showing(<MyReadingList path="" />, {
      answer: () =>
        listOf([budget, document("Agenda.pdf", { "@id": `${API}/a.pdf/view` })]),
    });
    await waitFor(() => expect(rows().length).toBe(2));
    expect(rows()[0]).toContain("It has changed since you read it.");
    expect(rows()[0]).toContain("Overdue");
    expect(rows()[0]).toContain("Acknowledge it below.");
    expect(rows()[1]).toContain("no deadline");
    expect(screen.getByRole("link", { name: "Budget" })).toHaveAttribute(
      "href",
      "/board/budget",
    );
    expect(screen.getByRole("link", { name: "What has changed" })).toHaveAttribute(
      "href",
      "/ClassicUI/board/budget/@@history?one=current&two=1",
    );
    /* Volto shows files where they are. */
    expect(screen.getByRole("link", { name: "Agenda.pdf" })).toHaveAttribute(
      "href",
      "/a.pdf",
    );
  });

  it("asks for the list of the address, and leads to the other", async () => {
    const { sent } = showing(<MyReadingList path="" />, {
      at: "/my-reading-list?list=done",
      answer: () => listOf([document("Agenda", { since: AT })], { list: "done" }),
    });
    expect(sent[0]).toMatchObject({
      path: "/@my-reading-list",
      params: { list: "done" },
    });
    const done = await screen.findByRole("link", { name: "Done 3" });
    expect(done).toHaveAttribute("aria-current", "page");
    const toRead = screen.getByRole("link", { name: "To read 1" });
    expect(toRead).toHaveAttribute("href", "/my-reading-list?list=to-read");
    expect(rows()[0]).toContain("May 4, 2026");
  });

  it("says that nothing is left", async () => {
    showing(<MyReadingList path="" />, { answer: () => listOf([]) });
    expect(await screen.findByText("There is nothing left.")).toBeVisible();
    expect(screen.queryByRole("table")).toBeNull();
  });
});

describe("MyDeadlines", () => {
  const deadlines = (address, is_offered = true) => ({
    ...listOf([budget]),
    calendar: {
      file: `${API}/@@my-deadlines.ics`,
      is_offered,
      private_address:
        address && `${API}/@@my-deadlines.ics?member=bob&token=${address}`,
    },
  });

  it("makes an address for the calendar, and takes it back", async () => {
    let address = null;
    const { sent } = showing(<MyDeadlines path="" />, {
      answer: ({ op }) => {
        if (op === "post") address = "S";
        if (op === "del") address = null;
        return deadlines(address);
      },
    });
    const link = await screen.findByRole("link", { name: /Download the calendar/ });
    expect(link).toHaveAttribute("href", "/ClassicUI/@@my-deadlines.ics");
    fireEvent.click(screen.getByRole("button", { name: "Make a private address" }));
    const field = await screen.findByLabelText("Address for your calendar");
    expect(field).toHaveValue(
      `${window.location.origin}/ClassicUI/@@my-deadlines.ics?member=bob&token=S`,
    );
    fireEvent.click(screen.getByRole("button", { name: "Withdraw the address" }));
    await screen.findByRole("button", { name: "Make a private address" });
    expect(screen.queryByLabelText("Address for your calendar")).toBeNull();
    expect(sent.map(({ op }) => op)).toEqual(["get", "post", "del"]);
  });

  it("offers none to accounts of Zope's root", async () => {
    showing(<MyDeadlines path="" />, { answer: () => deadlines(null, false) });
    expect(await screen.findByText(/not one of this site/)).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });
});

describe("MyReading", () => {
  const parts = ["readings", "looks"].map((name) => ({ name, title: `About ${name}` }));
  const part = {
    ...parts[0],
    says: "What you have read.",
    kept: "Kept as evidence.",
    columns: ["Document", "Version", "First"],
    items: [[{ "@id": `${API}/board/agenda`, title: "Agenda" }, "Version of May", AT]],
    items_total: 1,
    explained: [{ title: "Opened", says: "It was in front of you." }],
    timezone: "UTC",
  };
  const answer = ({ path }) => (path === "/@my-reading" ? { items: parts } : part);

  it("shows a part, and leads to the others and to all of it as a file", async () => {
    const { sent, history } = showing(<MyReading path="" />, {
      at: "/my-reading",
      answer,
    });
    expect(await screen.findByText("It was in front of you.")).toBeVisible();
    expect(rows()[0]).toMatch(/Agenda.*Version of May.*May 4, 2026/);
    expect(screen.getByRole("link", { name: "Agenda" })).toHaveAttribute(
      "href",
      "/board/agenda",
    );
    expect(screen.getByRole("link", { name: /Download all of it/ })).toHaveAttribute(
      "href",
      "/ClassicUI/@@my-reading.json",
    );
    act(() => history.push(screen.getByText("About looks").getAttribute("href")));
    await waitFor(() => expect(sent.at(-1).path).toBe("/@my-reading/looks"));
  });

  it("says where nothing is recorded", async () => {
    showing(<MyReading path="" />, {
      answer: (request) => ({
        ...answer(request),
        ...(request.path.includes("/@my-reading/") && { items: [], items_total: 0 }),
      }),
    });
    expect(await screen.findByText("Nothing is recorded here.")).toBeVisible();
  });
});
