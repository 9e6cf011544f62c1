import { act, fireEvent, screen } from "@testing-library/react";
import { showing } from "../testing/showing";
import Filters from "./Filters";
import { useAsked } from "./useAsked";

const FILTERS = [
  { name: "reader", title: "Name or user id", kind: "text" },
  {
    name: "level",
    title: "Level reached",
    kind: "choice",
    choices: [{ name: "finished", title: "Finished" }],
  },
  { name: "since", title: "Last opened from", kind: "day" },
  { name: "missing", title: "Only overdue", kind: "check" },
];

const Showing = (more) => <Filters filters={FILTERS} asked={useAsked()} {...more} />;

const at = "/board/who-read-this?tab=read&b_start=25";

describe("Filters", () => {
  it("asks for what is entered, from the first page on", () => {
    const { history } = showing(<Showing />, { at });
    fireEvent.change(screen.getByLabelText("Name or user id"), {
      target: { value: "a & b" },
    });
    fireEvent.change(screen.getByLabelText("Level reached"), {
      target: { value: "finished" },
    });
    fireEvent.click(screen.getByLabelText("Only overdue"));
    fireEvent.click(screen.getByRole("button", { name: "Filter" }));
    expect(history.location.search).toBe(
      "?tab=read&reader=a+%26+b&level=finished&missing=1",
    );
  });

  it("has nothing else to choose where one is always chosen", () => {
    const moment = { ...FILTERS[1], title: "Moment", value: "finished" };
    showing(<Showing filters={[moment]} />, { at });
    expect(screen.getByLabelText("Moment")).toHaveValue("finished");
    expect(screen.getAllByRole("option")).toHaveLength(1);
  });

  it("shows what is asked for, also after the browser has gone back", () => {
    const { history } = showing(<Showing />, { at: `${at}&level=finished` });
    expect(screen.getByLabelText("Level reached")).toHaveValue("finished");
    act(() => history.push("/board/who-read-this?since=2026-05-04"));
    expect(screen.getByLabelText("Level reached")).toHaveValue("");
    expect(screen.getByLabelText("Last opened from")).toHaveValue("2026-05-04");
    act(() => history.goBack());
    expect(screen.getByLabelText("Level reached")).toHaveValue("finished");
  });

  it("leads to the whole list where it is narrowed", () => {
    showing(<Showing />, { at: `${at}&level=finished` });
    const link = screen.getByRole("link", { name: "Show all" });
    expect(link).toHaveAttribute("href", "/board/who-read-this?tab=read");
  });

  it("keeps the focus where somebody is, also where the whole list is asked for", () => {
    showing(<Showing />, { at: `${at}&level=finished` });
    const field = screen.getByLabelText("Name or user id");
    field.focus();
    fireEvent.change(field, { target: { value: "alice" } });
    fireEvent.submit(screen.getByRole("search"));
    expect(field).toHaveFocus();
    expect(field).toHaveValue("alice");
    fireEvent.click(screen.getByRole("link", { name: "Show all" }));
    expect(screen.queryByRole("link")).toBeNull();
    expect(screen.getByRole("button", { name: "Filter" })).toHaveFocus();
    expect(field).toHaveValue("");
  });

  it("says at its field what was not understood", () => {
    const errors = [{ field: "since", message: "Enter a date like 2026-05-31." }];
    showing(<Showing errors={errors} />, { at: `${at}&since=then` });
    const field = screen.getByLabelText("Last opened from");
    expect(field).toHaveAttribute("aria-invalid", "true");
    expect(field).toHaveAccessibleDescription("Enter a date like 2026-05-31.");
  });

  it("is not there where there is nothing to narrow", () => {
    const { container } = showing(<Showing filters={[]} />);
    expect(container).toBeEmptyDOMElement();
  });
});
