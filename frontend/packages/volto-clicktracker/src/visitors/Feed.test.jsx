import { act, fireEvent, screen } from "@testing-library/react";
import { refused, showing } from "../testing/showing";
import Feed from "./Feed";

const SITE = "http://localhost:3000";

const view = (key, name) => ({
  key,
  at: "2026-05-06T09:30:00+00:00",
  said: {
    ago: "12 s ago",
    time: "May 6, 2026 09:30 AM",
    who: {
      text: name,
      link: { "@id": `${SITE}/@@clicktracker-visits?person=bob`, title: name },
      around: ["", ""],
      note: "no longer a member",
    },
    visit: "Pages: 2. Time on the site: 5 min.",
    page: {
      text: "Agenda",
      address: "/board/agenda",
      status: "Status 404",
      link: { "@id": `${SITE}/board/agenda`, title: "Agenda" },
      around: ["", ""],
    },
    facts: [
      { text: "Firefox · Linux" },
      {
        text: "198.51.100.7",
        link: {
          "@id": `${SITE}/@@clicktracker-ban?network=198.51.100.7`,
          title: "Ban",
          about: "198.51.100.7",
        },
      },
    ],
  },
});

const answerWith = (...items) => ({
  items_total: items.length,
  items,
  screen: {
    lead: [{ text: "Pages of this site." }],
    notices: [{ text: "The site records that you look." }],
    filters: [
      { name: "member", kind: "text", title: "Name or user id" },
      {
        name: "who",
        kind: "choice",
        title: "Who",
        choices: [{ name: "guests", title: "Guests" }],
      },
    ],
    sentences: [{ text: "On the site now: members: 1, guests: 0" }],
    empty: "Nobody has opened a page within the last hour.",
    links: [
      { "@id": `${SITE}/@@clicktracker-live`, title: "Live feed", is_shown: true },
      { "@id": `${SITE}/@@clicktracker-visits`, title: "All visits" },
      { "@id": `${SITE}/@@clicktracker-map`, title: "Map" },
    ],
    about: [{ text: "All times are in the time zone UTC." }],
  },
});

/* The feed, at a moment that is in our hands, as the answers are: functions, of which the
   last one is asked again and again. */
const watching = async (...answers) => {
  const rest = [...answers];
  const answer = () => (rest.length > 1 ? rest.shift() : rest[0])();
  const shown = showing(<Feed path="" />, { at: "/clicktracker-live", answer });
  await act(async () => {});
  return shown;
};

const one = () => answerWith(view("a", "Bob Berger"));
const silent = () => {
  throw refused(502);
};

/* Second by second, as what one has brought is to be shown with the next. */
const pass = async (seconds) => {
  for (let second = 0; second < seconds; second++) {
    await act(() => vi.advanceTimersByTimeAsync(1000));
  }
};

let visibility = "visible";
const look = (state) =>
  act(async () => {
    visibility = state;
    document.dispatchEvent(new Event("visibilitychange"));
  });

describe("Feed", () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: [
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "clearInterval",
        "performance",
      ],
    });
    visibility = "visible";
    vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("says who looks at what, and leads to all visits of theirs and to the ban", async () => {
    const { sent } = await watching(one);
    expect(sent[0]).toMatchObject({ path: "/@visitors-feed", params: { screen: 1 } });
    const links = Object.fromEntries(
      screen
        .getAllByRole("link")
        .map((link) => [
          link.getAttribute("aria-label") ?? link.textContent,
          link.getAttribute("href"),
        ]),
    );
    expect(links).toMatchObject({
      "Bob Berger": "/clicktracker-visits?person=bob",
      Agenda: "/board/agenda",
      "Ban 198.51.100.7": "/clicktracker-ban?network=198.51.100.7",
      "All visits": "/clicktracker-visits",
      /* Of which Volto has none. */
      Map: "/ClassicUI/@@clicktracker-map",
    });
    expect(screen.getByRole("link", { name: "Live feed" })).toHaveAttribute(
      "aria-current",
      "page",
    );
    for (const text of ["no longer a member", "Status 404", "12 s ago"]) {
      expect(screen.getByText(text)).toBeVisible();
    }
  });

  it("says that there is nothing", async () => {
    await watching(() => answerWith());
    expect(screen.getByText(/Nobody has opened a page/)).toBeVisible();
  });

  it("asks again each five seconds, and shows what is new", async () => {
    const { sent } = await watching(one, () =>
      answerWith(view("b", "Carol Castillo"), view("a", "Bob Berger")),
    );
    await pass(4);
    expect(sent.length).toBe(1);
    await pass(1);
    expect(sent.length).toBe(2);
    expect(screen.getByText("Carol Castillo")).toBeVisible();
    await pass(10);
    expect(sent.length).toBe(4);
  });

  it("asks less often while nobody answers, and says how old it is what it shows", async () => {
    const { sent } = await watching(one, silent);
    await pass(5);
    expect(screen.getByRole("status")).toHaveTextContent("The site doesn't answer.");
    expect(screen.getByText("Bob Berger")).toBeVisible();
    await pass(1);
    expect(screen.getByText(/Last updated 6 s ago/)).toBeVisible();
    await pass(8);
    expect(sent.length).toBe(2);
    await pass(1);
    expect(sent.length).toBe(3);
    await pass(20);
    expect(sent.length).toBe(4);
  });

  it("goes on at once as soon as the site is back", async () => {
    const { sent } = await watching(one, silent, one);
    await pass(5 + 10);
    expect(sent.length).toBe(3);
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    expect(screen.queryByText(/Last updated/)).toBeNull();
    await pass(5);
    expect(sent.length).toBe(4);
  });

  it("asks nothing while nobody can look, and at once when somebody does", async () => {
    const { sent } = await watching(one);
    await look("hidden");
    await pass(60);
    expect(sent.length).toBe(1);
    await look("visible");
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(sent.length).toBe(2);
  });

  it("stands still where somebody wants that", async () => {
    const { sent } = await watching(one);
    const pause = screen.getByRole("button", { name: "Pause updates" });
    fireEvent.click(pause);
    expect(pause).toHaveAttribute("aria-pressed", "true");
    await pass(20);
    expect(sent.length).toBe(1);
    expect(screen.getByText(/Last updated 20 s ago/)).toBeVisible();
    fireEvent.click(pause);
    await pass(5);
    expect(sent.length).toBe(2);
  });

  it("stops once whoever looks is logged out", async () => {
    const { sent } = await watching(one, () => {
      throw refused(401);
    });
    await pass(5);
    expect(screen.getByRole("status")).toHaveTextContent("no longer logged in");
    await pass(120);
    expect(sent.length).toBe(2);
    expect(screen.queryByRole("button", { name: "Pause updates" })).toBeNull();
  });

  it("tells those who listen of news, but not all the time", async () => {
    let number = 0;
    await watching(() => answerWith(view(`key ${number++}`, "Bob Berger")));
    await pass(25);
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    await pass(5);
    expect(screen.getByRole("status")).toHaveTextContent("New page views: 1");
    await pass(5);
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
  });

  it("is narrowed by its address", async () => {
    const { history, sent } = await watching(one);
    fireEvent.change(screen.getByLabelText("Name or user id"), {
      target: { value: "bob" },
    });
    await act(async () => {
      fireEvent.submit(screen.getByRole("search"));
    });
    expect(history.location.search).toBe("?member=bob");
    expect(sent.at(-1).params).toMatchObject({ member: "bob" });
  });
});
