import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { refused, showing } from "../testing/showing";
import Bans from "./Bans";
import Report from "./Report";
import Visits from "./Visits";

const SITE = "http://localhost:3000";

const screens = [
  { "@id": `${SITE}/@@clicktracker-visits`, title: "All visits", is_shown: true },
  { "@id": `${SITE}/@@clicktracker-live`, title: "Live feed" },
];

const shown = async (what, options) => {
  const view = showing(what, options);
  await act(async () => {});
  return view;
};

describe("Visits", () => {
  const answer = () => ({
    items_total: 1,
    items: [
      {
        start: "2026-05-06T09:30:00+00:00",
        views: [{ at: "2026-05-06T09:31:00+00:00" }],
        said: {
          time: "May 6, 2026 09:30 AM",
          ago: "last active 5 min ago",
          who: null,
          visit: "Pages: 1. Time on the site: 5 min.",
          facts: [{ text: "Firefox" }, { text: "logged out" }],
          left_out: "Earlier pages that are not listed: 3",
          views: [
            {
              time: "May 6, 2026 09:31 AM",
              engaged: "engaged for 12 s",
              page: { text: "a page that you may not view", is_hidden: true },
            },
          ],
        },
      },
    ],
    screen: {
      lead: [{ text: "The path of Bob Berger through this site." }],
      notices: [],
      filters: [],
      sentences: [],
      empty: "No visit is known.",
      links: screens,
      about: [],
    },
  });

  it("follows one person from page to page", async () => {
    const { sent } = await shown(<Visits path="/board" />, {
      at: "/board/clicktracker-visits?person=bob",
      answer,
    });
    expect(sent).toEqual([
      {
        op: "get",
        path: "/board/@visitors-visits",
        params: { person: "bob", screen: 1 },
      },
    ]);
    for (const text of [
      "The path of Bob Berger through this site.",
      "last active 5 min ago",
      "Earlier pages that are not listed: 3",
      "engaged for 12 s",
      "a page that you may not view",
    ]) {
      expect(screen.getByText(text)).toBeVisible();
    }
    expect(screen.getByText("Firefox").closest("p")).toHaveTextContent(
      "Firefox · logged out",
    );
  });
});

describe("Report", () => {
  const figure = {
    name: "visits",
    title: "Visits",
    is_part: false,
    now: "3",
    before: "2",
    change: "+50 %",
    notes: ["Page views left out: 2"],
  };
  const answerWith = (more) => () => ({
    items_total: 1,
    items: [
      {
        said: {
          what: {
            text: "House rules",
            is_page: true,
            address: "/rules",
            link: { "@id": `${SITE}/rules`, title: "House rules" },
            around: ["", ""],
          },
          views: "3",
        },
      },
    ],
    lists: [
      { name: "page", title: "Pages" },
      { name: "site", title: "Referring sites" },
    ],
    screen: {
      lead: [],
      notices: [],
      periods: [
        {
          "@id": `${SITE}/@@clicktracker-visitors-report?since=2026-01-01`,
          title: "This year",
        },
      ],
      filters: [
        { name: "since", kind: "day", title: "From", value: "2026-10-05" },
        { name: "by", kind: "choice", title: "Steps", usual: "Automatic", choices: [] },
      ],
      compared: "Oct 5, compared with the period before: Oct 4",
      empty: null,
      titles: {
        figures: "Figures",
        now: "This period",
        before: "Before",
        change: "Change",
        lists: "Lists",
        list: "Pages",
      },
      figures: [figure],
      remarks: [],
      chart: {
        title: "Visits per day",
        label_title: "Day",
        labels: ["Oct 5", "Oct 6"],
        series: [
          { title: "Visits", values: [1, 2], kind: "bar" },
          { title: "Page views", values: [30, 1200], kind: "line" },
        ],
      },
      steps: [],
      list: {
        columns: [
          { name: "what", title: "Page" },
          { name: "views", title: "Page views" },
        ],
        left_out: null,
        empty: "Nothing of this is known in this period.",
      },
      exports: [
        { "@id": `${SITE}/@@clicktracker-visitors-report.csv?by=day`, title: "CSV" },
      ],
      links: screens,
      ...more,
    },
  });
  const at = "/clicktracker-visitors-report";

  it("has the figures beside those before, a list, and files of Plone", async () => {
    await shown(<Report path="" />, { at, answer: answerWith() });
    const row = screen.getByRole("row", { name: /^Visits/ });
    expect(row).toHaveTextContent("VisitsPage views left out: 232+50 %");
    expect(screen.getByLabelText("From")).toHaveValue("2026-10-05");
    const links = Object.fromEntries(
      screen
        .getAllByRole("link")
        .map((each) => [each.textContent, each.getAttribute("href")]),
    );
    expect(links).toMatchObject({
      "House rules": "/rules",
      CSV: "/ClassicUI/@@clicktracker-visitors-report.csv?by=day",
      "Referring sites": `${at}?list=site`,
      "This year": `${at}?since=2026-01-01`,
    });
    expect(screen.getByRole("link", { name: "Pages" })).toHaveAttribute(
      "aria-current",
      "page",
    );
  });

  it("draws the course, and has it as a table", async () => {
    const { container } = await shown(<Report path="" />, { at, answer: answerWith() });
    const drawn = screen.getByRole("img", { name: "Visits per day" });
    const heights = [...drawn.querySelectorAll("rect")].map((each) =>
      Number(each.getAttribute("height")),
    );
    expect(heights[1]).toBeCloseTo(2 * heights[0]);
    /* Lines have a scale of their own. */
    expect(drawn).toHaveTextContent("1,500");
    const rows = within(container.querySelector("details")).getAllByRole("row", {
      hidden: true,
    });
    expect(rows.map((row) => row.textContent)).toEqual([
      "DayVisitsPage views",
      "Oct 5130",
      "Oct 621,200",
    ]);
  });

  it("says that nothing is known of some days", async () => {
    const answer = answerWith({ empty: "There are no known visits in this period." });
    await shown(<Report path="" />, { at, answer });
    expect(screen.getByText(/no known visits/)).toBeVisible();
    expect(screen.queryByRole("img")).toBeNull();
  });
});

describe("Bans", () => {
  const ban = (network) => ({
    "@id": `${SITE}/@visitors-bans/${network}`,
    network,
    since: "2026-05-06T09:30:00+00:00",
    said: [{ text: "Scraping" }, { text: "Until tomorrow" }],
  });
  const listed = ({ params }) => ({
    items_total: 1,
    items: [ban(params.earlier ? "203.0.113.9" : "203.0.113.0/24")],
    problem: null,
    screen: {
      lead: [],
      form: {
        title: "Ban an address",
        about: ["Your own address is 198.51.100.7."],
        submit: "Ban",
        fields: [
          {
            name: "network",
            kind: "line",
            title: "Address or network",
            value: params.network ?? "",
          },
        ],
      },
      lift: "Lift",
      filters: [],
      titles: { current: "Banned now", earlier: "Earlier bans" },
      empty: {},
      about: [],
    },
  });

  const looking = (answer, search = "") =>
    shown(<Bans path="" />, { at: `/clicktracker-bans${search}`, answer });
  const changes = (sent) => sent.filter(({ op }) => op !== "get");

  it("bans the address that a link of the feed names, and then lists it", async () => {
    const answer = (request) =>
      request.op === "get" ? listed(request) : { message: "It is banned." };
    const { sent, history } = await looking(answer, "?network=192.0.2.7");
    expect(screen.getByLabelText("Address or network")).toHaveValue("192.0.2.7");
    fireEvent.click(screen.getByRole("button", { name: "Ban" }));
    await waitFor(() => expect(history.location.search).toBe(""));
    expect(changes(sent)).toEqual([
      { op: "post", path: "/@visitors-bans", data: { network: "192.0.2.7" } },
    ]);
  });

  it("lifts a ban that holds, and none that has ended", async () => {
    const answer = (request) =>
      request.op === "get" ? listed(request) : { message: "It is lifted." };
    const { sent } = await looking(answer);
    expect(screen.queryByRole("button", { name: "Lift 203.0.113.9" })).toBeNull();
    const before = sent.length;
    fireEvent.click(screen.getByRole("button", { name: "Lift 203.0.113.0/24" }));
    await waitFor(() => expect(sent.length).toBe(before + 3));
    expect(changes(sent)).toEqual([
      { op: "del", path: "/@visitors-bans/203.0.113.0/24" },
    ]);
  });

  it("says at the field what must not be banned, and keeps it", async () => {
    const message = "This would ban everybody.";
    const answer = (request) => {
      if (request.op === "get") return listed(request);
      throw refused(400, { message, errors: [{ field: "network", message }] });
    };
    await looking(answer);
    const field = screen.getByLabelText("Address or network");
    fireEvent.change(field, { target: { value: "0.0.0.0/0" } });
    fireEvent.click(screen.getByRole("button", { name: "Ban" }));
    await waitFor(() => expect(field).toHaveAccessibleDescription(message));
    expect(field).toHaveValue("0.0.0.0/0");
  });

  it("has no form where bans are off, and says why", async () => {
    const problem = "Bans are off: requests come from 127.0.0.1.";
    const answer = (request) => {
      const found = listed(request);
      return { ...found, problem, screen: { ...found.screen, form: null } };
    };
    await looking(answer);
    expect(screen.getByText(problem)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Ban" })).toBeNull();
  });
});
