import { act, screen, waitFor } from "@testing-library/react";
import { contentAt, showing } from "../testing/showing";
import Figures from "./Figures";
import { Line } from "./Said";
import Screen from "./Screen";
import { When } from "./When";

vi.mock("@plone/volto/components/manage/Toolbar/Toolbar", () => ({
  default: ({ inner }) => inner,
}));

describe("Screen", () => {
  const path = "/board/agenda";
  const about = <Screen path={path} title="Who read this" />;

  it("says what it is and what it is about, and leads there", async () => {
    showing(about, { content: contentAt(path, "Agenda") });
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Who read this",
    );
    expect(screen.getByRole("link", { name: "Agenda" })).toHaveAttribute("href", path);
    await waitFor(() => expect(document.title).toBe("Who read this – Agenda"));
  });

  it("is what Volto's link to the main content leads to", () => {
    const { container } = showing(about, { content: contentAt(path, "Agenda") });
    expect(container.querySelector("#view h1")).toHaveTextContent("Who read this");
  });

  it("takes nothing else for what it is about", () => {
    showing(about, { content: contentAt("/board", "Board meeting") });
    expect(screen.queryByText("Board meeting")).toBeNull();
  });

  it("has the focus at its heading where somebody comes from another page of Volto", () => {
    const { history, rerender } = showing(about, {
      content: contentAt(path, "Agenda"),
    });
    const heading = screen.getByRole("heading", { level: 1 });
    expect(heading).not.toHaveFocus();
    act(() => history.push("/board/clicktracker-dashboard"));
    rerender(<Screen path="/board" title="Reading dashboard" />);
    expect(heading).toHaveFocus();
  });

  it("leads back from the toolbar", () => {
    const toolbar = document.createElement("div");
    toolbar.id = "toolbar";
    document.body.append(toolbar);
    showing(about, { content: contentAt(path, "Agenda") });
    expect(screen.getByRole("link", { name: "Back" })).toHaveAttribute("href", path);
    toolbar.remove();
  });
});

describe("Figures", () => {
  it("says how far people are, and where they are listed", () => {
    const { container } = showing(
      <Figures
        sentences={["2 of 3 have opened it."]}
        parts={[
          { name: "opened", title: "Opened", number: 2, to: "/agenda?level=opened" },
          { name: "absent", title: "Not yet", number: 1 },
        ]}
        total={3}
      />,
    );
    expect(screen.getByText("2 of 3 have opened it.")).toBeVisible();
    expect(screen.getByRole("link", { name: "Opened 2" })).toHaveAttribute(
      "href",
      "/agenda?level=opened",
    );
    expect(screen.getByText(/Not yet/)).toHaveTextContent("Not yet 1");
    const widths = [...container.querySelectorAll("[aria-hidden] > [style]")].map(
      (part) => Math.round(parseFloat(part.style.width)),
    );
    expect(widths).toEqual([67, 33]);
  });

  it("has no bar of nobody", () => {
    const { container } = showing(<Figures sentences={["Nobody."]} total={0} />);
    expect(container.querySelector("[aria-hidden]")).toBeNull();
  });
});

describe("When", () => {
  it.each([
    [
      "a moment",
      <When at="2026-05-04T23:30:00.123+11:00" />,
      /^May 4, 2026.* 11:30 PM$/,
    ],
    ["a day", <When at="2026-05-04" />, /^May 4, 2026$/],
    [
      "the day of a moment",
      <When at="2026-05-04T23:30:00+11:00" dayOnly />,
      /^May 4, 2026$/,
    ],
  ])("says %s on the clock of the user", (_what, shown, text) => {
    const { container } = showing(shown);
    expect(container).toHaveTextContent(text);
  });
});

describe("Line", () => {
  const link = {
    "@id": "http://localhost:3000/board/@@clicktracker-audience",
    title: "item",
  };
  const said = (line) => showing(<Line line={line} />).container;

  it("links the words that are meant, where they stand in it twice", () => {
    const shown = said({
      text: "Set for this item: item and all below it.",
      link,
      around: ["Set for this item: ", " and all below it."],
    });
    expect(shown).toHaveTextContent("Set for this item: item and all below it.");
    const leads = screen.getByRole("link", { name: "item" });
    expect(leads.previousSibling).toHaveTextContent("Set for this item:");
  });

  it("has a link behind a text that only happens to say the same", () => {
    expect(said({ text: "An item is late.", link })).toHaveTextContent(
      "An item is late. item",
    );
  });

  it("is a link alone, and a text alone", () => {
    expect(said({ text: "item", link, around: ["", ""] })).toHaveTextContent(/^item$/);
    expect(said({ text: "Nobody." })).toHaveTextContent("Nobody.");
  });
});
