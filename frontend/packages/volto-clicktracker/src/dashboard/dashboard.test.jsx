import { screen, waitFor } from "@testing-library/react";
import { showing } from "../testing/showing";
import Deleted from "../deleted/Deleted";
import DeletedSeals from "../deleted/DeletedSeals";
import Documents from "./Documents";
import Members from "./Members";

vi.mock("@plone/volto/components/manage/Toolbar/Toolbar", () => ({
  default: () => null,
}));

const API = "http://localhost:3000";
const AT = "2026-05-04T12:00:00+00:00";

const head = {
  lead: "Tracked content in this site.",
  pages: ["clicktracker-dashboard", "clicktracker-dashboard-members"].map((name) => ({
    "@id": `${API}/board/@@${name}`,
    name,
    title: name.endsWith("members") ? "Members" : "Documents",
  })),
  others: [
    { "@id": `${API}/board/@@clicktracker-mails`, name: "mails", title: "By mail" },
  ],
  notes: ["Documents that are not counted: 1."],
  timezone: "UTC",
};

const agenda = {
  "@id": `${API}/board/agenda`,
  title: "Agenda",
  screen: `${API}/board/agenda/@@who-read-this`,
  type_title: "Page",
  folder: "board",
  modified: AT,
  deadline_text: "May 01, 2026",
  evidence_title: "Finished",
  overdue: true,
  share: "2 of 3",
  percent: 66,
  opened: 2,
  expected: 3,
  missing: `${API}/board/agenda/@@who-read-this?tab=missing#readers`,
  levels: [
    {
      name: "opened",
      title: "Opened",
      people: 2,
      readers: `${API}/board/agenda/@@who-read-this?tab=read&level=opened#readers`,
    },
  ],
  notes: [],
  times: 7,
  times_before: null,
};

const hidden = {
  ...agenda,
  "@id": `${API}/board/budget`,
  title: "Budget",
  screen: `${API}/board/budget`,
  deadline_text: null,
  evidence_title: null,
  overdue: null,
  share: null,
  levels: [],
  missing: null,
  notes: ["Not shown, because it would reveal what single people did."],
  times: null,
};

const answer = {
  ...head,
  items: [agenda, hidden],
  items_total: 2,
  documents_total: 2,
  columns: [
    { name: "title", title: "Document", order: "title", sorted: null },
    { name: "deadline", title: "Deadline", order: "deadline", sorted: null },
    {
      name: "share",
      title: "Known to have read it",
      order: "far",
      sorted: "ascending",
    },
    { name: "times", title: "Times opened", order: "most", sorted: null },
    { name: "times_before", title: "The period before", order: null, sorted: null },
  ],
  recent: {
    says: "Changed since Monday:",
    changed: 5,
    more: 4,
    items: [{ ...agenda }],
  },
  sentences: [["2 documents are tracked"], ["2 of 6 expected readings known", "And."]],
  says: ["Each document counts once."],
  filters: [
    { name: "search", title: "Title", kind: "text" },
    {
      name: "only",
      title: "Documents",
      kind: "choice",
      choices: [{ name: "overdue", title: "Overdue" }],
    },
  ],
  periods: [
    { name: "year", title: "52 weeks" },
    { name: "month", title: "30 days" },
  ],
  period: { name: "year" },
  chart: {
    title: "Pages opened per week",
    label_title: "Week from (UTC)",
    labels: ["May 4"],
    series: [{ title: "Times opened", values: [7], kind: "bar" }],
  },
  most: [{ ...agenda }],
  least: [],
};

const href = (name) => screen.getByRole("link", { name }).getAttribute("href");

describe("the reading dashboard", () => {
  it("says how far people are, and leads to who they are", async () => {
    const { sent } = showing(<Documents path="/board" />, {
      at: "/board/clicktracker-dashboard?search=a",
      answer: () => answer,
    });
    const [row, other] = (await screen.findAllByRole("row")).slice(1);
    expect(sent[0]).toEqual({
      op: "get",
      path: "/board/@reading-dashboard",
      params: { search: "a" },
    });
    expect(row).toHaveTextContent(/Agenda.*Page · board/);
    expect(row).toHaveTextContent(/May 01, 2026 Overdue.*Evidence asked for: Finished/);
    expect(row).toHaveTextContent(/2 of 3 \(66 %\).*Opened 2/);
    expect(other).toHaveTextContent(/Not shown, because/);
    expect(href("2 of 3")).toBe("/board/agenda/who-read-this?tab=missing#readers");
    expect(href("Opened 2")).toBe(
      "/board/agenda/who-read-this?tab=read&level=opened#readers",
    );
    expect(screen.getByText("2 of 6 expected readings known")).toBeVisible();
    expect(screen.getByText("Documents that are not counted: 1.")).toBeVisible();
    expect(href("By mail")).toBe("/ClassicUI/board/@@clicktracker-mails");
    expect(href("Members")).toBe("/board/clicktracker-dashboard-members");
  });

  it("leads to other orders, periods and what has changed, with what is searched for", async () => {
    showing(<Documents path="/board" />, {
      at: "/board/clicktracker-dashboard?search=a&b_start=25",
      answer: () => answer,
    });
    const sorted = await screen.findByRole("columnheader", { name: /Known to have/ });
    expect(sorted).toHaveAttribute("aria-sort", "ascending");
    const base = "/board/clicktracker-dashboard?search=a";
    expect(href(/Known to have read it/)).toBe(`${base}&order=far`);
    expect(href("Times opened")).toBe(`${base}&order=most`);
    expect(screen.queryByRole("link", { name: "The period before" })).toBeNull();
    expect(href("30 days")).toBe(`${base}&b_start=25&period=month`);
    expect(href("4 more")).toBe(`${base}&order=changed`);
  });

  it("says what to do where nothing is tracked", async () => {
    const nothing = {
      ...answer,
      ...{ items: [], items_total: 0, documents_total: 0, filters: [], recent: null },
      says: ["None of the content you manage here is tracked yet."],
    };
    showing(<Documents path="/board" />, { answer: () => nothing });
    expect(await screen.findByText(/tracked yet/)).toBeVisible();
    expect(screen.queryByRole("heading", { level: 2 })).toBeNull();
  });
});

describe("the members of the dashboard", () => {
  const members = {
    ...head,
    says: ["The least first."],
    filters: [],
    columns: [
      { name: "name", title: "Member" },
      { name: "missing", title: "Not known to be read" },
      { name: "share", title: "Known to be read" },
    ],
    items: [
      {
        user: "bob",
        user_folder: null,
        name: "Bob Berger",
        missing: 2,
        share: "1 of 3",
        opened: 1,
        expected: 3,
      },
    ],
    items_total: 1,
  };
  const at = "/board/clicktracker-dashboard-members";

  it("are listed, and each leads to what is missing", async () => {
    showing(<Members path="/board" />, { at, answer: () => members });
    expect((await screen.findAllByRole("row"))[1]).toHaveTextContent(
      "Bob Bergerbob21 of 3",
    );
    expect(href("Bob Berger")).toBe(`${at}?member=bob`);
  });

  it("are shown one by one", async () => {
    const one = {
      ...head,
      user: "b/b",
      name: "Bob Berger",
      sentence: "Not known to be read: 1.",
      items: [{ "@id": `${API}/board/budget`, title: "Budget" }],
      says: ["This proves nothing."],
    };
    const { sent } = showing(<Members path="/board" />, {
      at: `${at}?member=b%2Fb&folder=/acl_users`,
      answer: () => one,
    });
    expect(await screen.findByText("Not known to be read: 1.")).toBeVisible();
    expect(sent[0].path).toBe("/board/@reading-dashboard-members/b%2Fb");
    expect(sent[0].params).toEqual({ folder: "/acl_users" });
    expect(href("Budget")).toBe("/board/budget");
    expect(href("All members")).toBe(at);
  });
});

describe("what is deleted", () => {
  it("is listed, with who had read it and the sealed reports", async () => {
    const deleted = {
      ...head,
      notes: undefined,
      says: ["As recorded."],
      filters: [{ name: "search", title: "Title or address", kind: "text" }],
      columns: [
        { name: "title", title: "Document" },
        { name: "readers", title: "Readers" },
        { name: "last", title: "Last opened or downloaded" },
      ],
      items: [
        {
          "@id": `${API}/@deleted-documents/1`,
          title: "Agenda",
          address: "/board/agenda",
          readers_text: "anonymous visitors only",
          last: AT,
          screen: `${API}/@@clicktracker-deleted-document?uid=1`,
        },
      ],
      items_total: 1,
      seals: `${API}/@@clicktracker-deleted-seals`,
    };
    showing(<Deleted path="" />, { answer: () => deleted });
    expect((await screen.findAllByRole("row"))[1]).toHaveTextContent(
      /Agenda.*\/board\/agenda.*anonymous visitors only.*May 4, 2026/,
    );
    expect(href("Agenda")).toMatch(/clicktracker-deleted-document\?uid=1$/);
    expect(href(/Sealed reports/)).toBe("/clicktracker-deleted-seals");
  });

  it("has sealed reports, of which the files are in Plone", async () => {
    const seal = {
      number: 3,
      title: "Agenda",
      address: "/board/agenda",
      as_of: AT,
      made: AT,
      made_by: "Carol",
      stamped: null,
      hash: "9a1b",
    };
    showing(<DeletedSeals path="" />, {
      answer: () => ({ items: [seal], items_total: 1 }),
    });
    await waitFor(() => expect(screen.getByText("9a1b")).toBeVisible());
    expect(screen.getByText(/Seal 3, as of/)).toBeVisible();
    expect(href("Download the file")).toBe(
      "/ClassicUI/@@clicktracker-deleted-seal.json?number=3",
    );
  });
});
