import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { documented } from "../testing/documented";
import { contentAt, refused, showing } from "../testing/showing";
import Reader from "./Reader";
import Readers from "./Readers";

const PATH = "/board/agenda";
const REPORT = `${PATH}/who-read-this`;
const READERS = documented("GET /board/agenda/@readers");
const BOB = documented("GET /board/agenda/@readers/bob");

const FILTERS = [
  { name: "reader", title: "Name or user id", kind: "text" },
  { name: "since", title: "Last opened from", kind: "day" },
];

/* The report, with what the service says of it in another way than documented. */
const reportWith = (changes, { at = REPORT, path = PATH } = {}) =>
  showing(<Readers path={path} />, {
    at,
    content: contentAt(path, "Agenda"),
    answer: () => ({ ...READERS, ...changes }),
  });

const rowOf = async (name) => within(await screen.findByRole("row", { name }));

describe("Who read this", () => {
  it("says how far the people are who are expected, and where they are listed", async () => {
    reportWith({});
    expect(
      await screen.findByText("2 of 3 have opened the current version."),
    ).toBeVisible();
    expect(screen.getByText("Nothing is known of Carol Castillo.")).toBeVisible();
    const places = ["Opened 2", "Not yet 1"].map((name) =>
      screen.getAllByRole("link", { name })[0].getAttribute("href"),
    );
    expect(places).toEqual([`${REPORT}?tab=read&level=opened`, `${REPORT}?tab=absent`]);
  });

  it("has the lists of the service, and forgets there how one is narrowed", async () => {
    const { sent } = reportWith({}, { at: `${REPORT}?tab=read&reader=bo&b_start=25` });
    const lists = within(
      await screen.findByRole("navigation", { name: "Lists of readers" }),
    );
    const links = lists.getAllByRole("link");
    expect(links.map((link) => link.textContent)).toEqual([
      "Read 2",
      "Not yet 1",
      "Older version 0",
      "Excused 0",
    ]);
    expect(links[0]).toHaveAttribute("aria-current", "page");
    expect(links[2]).toHaveAttribute("href", `${REPORT}?tab=older`);
    expect(sent[0]).toEqual({
      op: "get",
      path: `${PATH}/@readers`,
      params: { tab: "read", reader: "bo", b_start: "25" },
    });
  });

  it("lists the readers, each with the way to all that is known of them", async () => {
    reportWith({}, { at: `${REPORT}?sort_on=last` });
    const bob = await rowOf(/Bob Berger/);
    expect(bob.getByText("bob")).toBeVisible();
    expect(bob.getByText("Opened")).toBeVisible();
    expect(bob.getByText("not reported")).toBeVisible();
    expect(bob.getByText("May 5, 2026")).toBeVisible();
    expect(bob.getByRole("link")).toHaveAttribute(
      "href",
      `${REPORT}-reader?reader=bob&generation=1&back=sort_on%3Dlast`,
    );
  });

  it("marks what is special about a reader", async () => {
    const [item] = READERS.items;
    reportWith({
      about: { ...READERS.about, list: "older" },
      items: [
        {
          ...item,
          overdue: true,
          note: "not expected",
          acknowledged: "2026-05-04T12:00:00+00:00",
          attested: "2026-05-05T12:00:00+00:00",
          is_current: false,
          standing: "older version",
          versions_behind: 2,
          seconds: 125,
          percent: 40,
          ended: false,
          printed: true,
          opened_any: 3,
        },
      ],
      items_total: 1,
    });
    const row = await rowOf(/Alice Anders/);
    for (const text of [
      "Overdue",
      "not expected",
      "older version",
      "2 versions behind",
      "2 min 5 s",
      "up to 40 %",
      "printed",
      "3 with all versions",
    ]) {
      expect(row.getByText(text)).toBeVisible();
    }
    expect(row.getByText(/^acknowledged/)).toHaveTextContent(/May 4, 2026/);
    expect(row.getByText(/^attested/)).toHaveTextContent(/May 5, 2026/);
  });

  it("says of those who have not read it what is known", async () => {
    reportWith({
      about: { ...READERS.about, list: "absent" },
      columns: [
        { name: "reader", title: "Reader", sort_on: null },
        { name: "user", title: "User id", sort_on: null },
        { name: "served", title: "Served, no report back", sort_on: null },
      ],
      items: [
        { reader: "Carol", user: "carol", served: null, overdue: null },
        { reader: "Dave", user: "dave", served: "2026-05-04T12:00:00+00:00" },
      ],
    });
    const carol = await rowOf(/Carol/);
    expect(carol.getByText("Nothing is known.")).toBeVisible();
    const dave = await rowOf(/Dave/);
    expect(dave.getByText(/has not reported back/)).toHaveTextContent(/May 4, 2026/);
  });

  it("says what a reader of the report has to know", async () => {
    reportWith({
      notices: ["This item is not tracked."],
      deadline: { text: "Mar 1, 2036", is_over: true, title: "Opened" },
    });
    expect(await screen.findByText("This item is not tracked.")).toBeVisible();
    expect(screen.getByText(/^To be read by/)).toHaveTextContent(
      "To be read by: Mar 1, 2036 Over Evidence asked for: Opened.",
    );
    expect(screen.getByText(/“No evidence” does not mean/)).toBeVisible();
  });

  it("is narrowed as the service says, and says by what it is", async () => {
    const { history } = reportWith({
      filters: FILTERS,
      filtered: ["name or user id contains bo"],
      items_total: 9,
    });
    fireEvent.change(await screen.findByLabelText("Name or user id"), {
      target: { value: "bo" },
    });
    fireEvent.click(screen.getByRole("button", { name: "Filter" }));
    expect(history.location.search).toBe("?reader=bo");
    expect(await screen.findByText(/^Filtered \(9\):/)).toHaveTextContent(
      "Filtered (9): name or user id contains bo.",
    );
  });

  it("says why it is empty", async () => {
    reportWith({ items: [], items_total: 0, explanation: ["Nobody is excused."] });
    expect(await screen.findByText("Nobody is excused.")).toBeVisible();
    expect(screen.queryByRole("table", { name: "Readers" })).toBeNull();
  });

  it("says at its field what the service has not understood, and keeps the list", async () => {
    const { history } = showing(<Readers path={PATH} />, {
      at: REPORT,
      content: contentAt(PATH, "Agenda"),
      answer: ({ params }) => {
        if (!params.since) return { ...READERS, filters: FILTERS };
        const message = "This day is too far away.";
        throw refused(400, { message, errors: [{ field: "since", message }] });
      },
    });
    fireEvent.change(await screen.findByLabelText("Last opened from"), {
      target: { value: "0001-01-01" },
    });
    fireEvent.click(screen.getByRole("button", { name: "Filter" }));
    await waitFor(() =>
      expect(screen.getByLabelText("Last opened from")).toHaveAccessibleDescription(
        "This day is too far away.",
      ),
    );
    expect(history.location.search).toBe("?since=0001-01-01");
    expect(screen.getByText("Bob Berger")).toBeVisible();
  });

  it("has the course as a picture and as a table", async () => {
    reportWith({
      chart: {
        title: "New readers of the current version",
        label_title: "Week from (UTC)",
        labels: ["May 4", "May 11"],
        are_names: false,
        is_one_scale: true,
        series: [
          { title: "New readers", kind: "bar", values: [3, 1] },
          { title: "Total readers", kind: "line", values: [3, 4] },
        ],
      },
    });
    const picture = await screen.findByRole("img", {
      name: "New readers of the current version",
    });
    expect(picture.querySelectorAll("rect").length).toBe(2);
    const row = screen.getByText("May 11", { selector: "th" }).closest("tr");
    expect([...row.cells].map((cell) => cell.textContent)).toEqual([
      "May 11",
      "1",
      "4",
    ]);
  });

  it("leads to its files, and to what Plone itself has", async () => {
    reportWith({});
    const csv = await screen.findByText("CSV, for any spreadsheet");
    expect(csv.getAttribute("href")).toMatch(
      /^\/ClassicUI\/board\/agenda\/@@who-read-this\.csv\?/,
    );
  });

  it("lists everything in a folder, with the page of each reading", async () => {
    const about = { ...READERS.about, list: null };
    reportWith(
      { about, lists: [], answer: null },
      { at: "/board/who-read-this", path: "/board" },
    );
    const alice = await rowOf(/Alice/);
    expect(alice.getByRole("link", { name: "Agenda" })).toHaveAttribute("href", PATH);
    expect(screen.getByRole("link", { name: "People and papers" })).toHaveAttribute(
      "href",
      "/ClassicUI/board/@@who-read-this",
    );
  });
});

describe("What is known about a reader", () => {
  const at = `${REPORT}-reader?reader=bob&generation=1&back=tab%3Dread%26b_start%3D25`;
  const readerWith = (changes) =>
    showing(<Reader path={PATH} />, {
      at,
      content: contentAt(PATH, "Agenda"),
      answer: () => ({ ...BOB, ...changes }),
    });

  it("says who it is, and how far they got, and leads back to the list", async () => {
    const { sent } = readerWith({});
    expect(await screen.findByText("Bob Berger")).toBeVisible();
    expect(screen.getByText("This person is expected to read this.")).toBeVisible();
    const versions = within(screen.getByRole("region", { name: "Versions" }));
    expect(versions.getByText("current")).toBeVisible();
    expect(versions.getByText("opened once")).toBeVisible();
    const openings = within(screen.getByRole("region", { name: "Every opening" }));
    expect(openings.getByText("The page came from the server.")).toBeVisible();
    expect(screen.getByRole("link", { name: "Back to the report" })).toHaveAttribute(
      "href",
      `${REPORT}?tab=read&b_start=25`,
    );
    expect(sent[0]).toEqual({
      op: "get",
      path: `${PATH}/@readers/bob`,
      params: { generation: "1" },
    });
  });

  it("says what excuses them, what is missing, and what they have acknowledged", async () => {
    readerWith({
      expectation: null,
      exception: {
        reason: "On leave",
        by: "Carol",
        since: "2026-05-04T12:00:00+00:00",
      },
      missing: [{ "@id": "http://localhost:3000/board/budget", title: "Budget" }],
      acknowledgements: [
        {
          kind: "attested",
          title: "Attested",
          at: "2026-05-04T12:00:00+00:00",
          way: "Read on paper",
          why: "In the meeting",
          by: "Carol",
          version: "Version 2",
          state: "does not stand any more",
        },
      ],
    });
    expect(await screen.findByText(/^This person is excused/)).toHaveTextContent(
      /On leave \(recorded by Carol, May 4, 2026/,
    );
    expect(screen.getByRole("link", { name: "Budget" })).toHaveAttribute(
      "href",
      "/board/budget",
    );
    expect(screen.getByText("Read on paper: In the meeting")).toBeVisible();
    expect(screen.getByText("does not stand any more")).toBeVisible();
  });

  it("says so where nothing is known of them", async () => {
    showing(<Reader path={PATH} />, {
      at,
      content: contentAt(PATH, "Agenda"),
      answer: () => {
        throw refused(404, { type: "NotFound", message: "bob" });
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "There is nothing here.",
    );
  });
});
