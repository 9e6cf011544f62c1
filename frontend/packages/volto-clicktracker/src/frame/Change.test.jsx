import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { Provider } from "react-redux";
import { toast } from "react-toastify";
import { createStore } from "redux";
import Change from "./Change";

const form = {
  title: "Set a deadline here",
  submit: "Set the deadline",
  more: [{ title: "Preview", data: { is_preview: true } }],
  fields: [
    { name: "day", kind: "day", title: "To be read by", required: true, value: "" },
    {
      name: "level",
      kind: "one",
      title: "Evidence asked for",
      value: "opened",
      choices: [
        { name: "opened", title: "Opened", description: "Shown by their browser." },
        { name: "finished", title: "Finished" },
      ],
    },
    { name: "reminds", kind: "yes", title: "Remind by mail", value: true },
    {
      name: "roles",
      kind: "some",
      title: "Roles",
      value: [],
      choices: [{ name: "Editor", title: "Editor" }],
    },
    {
      name: "users",
      kind: "people",
      title: "People",
      value: ["bob"],
      choices: [{ name: "bob", title: "Bob Berger" }],
      search: "/board/@audience-search/people",
      only: { name: "level", value: "finished" },
    },
    {
      name: "reason",
      kind: "text",
      title: "Reason",
      description: "It is kept with your name.",
      value: "",
    },
  ],
};

/* What services answer is in our hands. */
const showing = (answer = async () => ({}), props = {}) => {
  const sent = [];
  const store = createStore(() => ({}));
  store.dispatch = (action) => {
    sent.push(action.request);
    return answer(action.request);
  };
  const Shown = ({ with: given }) => (
    <IntlProvider locale="en">
      <Provider store={store}>
        <Change
          form={given}
          send={(values, data) => ["patch", "/board/@deadline", { ...values, ...data }]}
          {...props}
        />
      </Provider>
    </IntlProvider>
  );
  const { rerender } = render(<Shown with={form} />);
  return { sent, now: (given) => rerender(<Shown with={given} />) };
};

const type = (label, value) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const click = (name = "Set the deadline") =>
  fireEvent.click(screen.getByRole("button", { name }));
const refusal = (status, body) => () => Promise.reject({ response: { status, body } });

describe("Change", () => {
  it("sends what is in the fields, and says what was done", async () => {
    const said = vi.spyOn(toast, "success");
    const onDone = vi.fn();
    const answer = { message: "To be read by: 1 March" };
    const { sent } = showing(async () => answer, { onDone });
    type("To be read by", "2036-03-01");
    fireEvent.click(screen.getByLabelText("Finished"));
    fireEvent.click(screen.getByLabelText("Remind by mail"));
    fireEvent.click(screen.getByLabelText("Editor"));
    type("Reason", "The vote");
    click();
    await waitFor(() => expect(onDone).toHaveBeenCalledWith(answer));
    expect(sent).toEqual([
      {
        op: "patch",
        path: "/board/@deadline",
        data: {
          day: "2036-03-01",
          level: "finished",
          reminds: false,
          roles: ["Editor"],
          users: ["bob"],
          reason: "The vote",
        },
      },
    ]);
    expect(said.mock.lastCall[0].props.content).toBe("To be read by: 1 March");
    /* What was typed is done with. */
    expect(screen.getByLabelText("Reason")).toHaveValue("");
  });

  it("says at its field what is wrong, and keeps what was typed", async () => {
    const body = {
      message: "There were some errors.",
      errors: [{ field: "day", message: "This day is past." }],
    };
    showing(refusal(400, body));
    type("To be read by", "2020-01-01");
    type("Reason", "The vote");
    click();
    const said = await screen.findByRole("alert");
    expect(said).toHaveTextContent("There were some errors.");
    await waitFor(() => expect(said).toHaveFocus());
    const day = screen.getByLabelText("To be read by");
    expect(day).toHaveAttribute("aria-invalid", "true");
    expect(day).toHaveAccessibleDescription("This day is past.");
    expect(day).toHaveValue("2020-01-01");
    expect(screen.getByLabelText("Reason")).toHaveValue("The vote");
  });

  it("keeps the focus at its button", async () => {
    showing();
    const button = screen.getByRole("button", { name: "Set the deadline" });
    button.focus();
    click();
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveFocus();
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "false"));
    expect(button).toHaveFocus();
  });

  it("is sent once where somebody clicks twice", async () => {
    let answered;
    const { sent } = showing(() => new Promise((done) => (answered = done)));
    click();
    click();
    fireEvent.submit(screen.getByRole("form"));
    expect(sent.length).toBe(1);
    answered({});
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Set the deadline" })).toHaveAttribute(
        "aria-disabled",
        "false",
      ),
    );
  });

  it("offers what somebody else has changed meanwhile, below what was typed", async () => {
    const again = vi.fn(async () => {});
    const body = { message: "The deadline has changed since you opened the form." };
    const { now } = showing(refusal(409, body), { again });
    type("Reason", "The vote");
    click();
    const newest = await screen.findByRole("button", { name: "Show what it says now" });
    fireEvent.click(newest);
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(again).toHaveBeenCalledOnce();
    const [day, ...others] = form.fields;
    now({ ...form, fields: [{ ...day, value: "2036-05-01" }, ...others] });
    expect(screen.getByLabelText("To be read by")).toHaveValue("2036-05-01");
    expect(screen.getByLabelText("Reason")).toHaveValue("The vote");
  });

  it("says that there is no site, until there is one", async () => {
    let isThere = false;
    showing(() =>
      isThere ? Promise.resolve({}) : Promise.reject(new Error("offline")),
    );
    click();
    expect(await screen.findByRole("alert")).toHaveTextContent("can't be reached");
    isThere = true;
    click();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("asks something else with another button, and nothing that was typed is gone", async () => {
    const { sent } = showing();
    type("Reason", "The vote");
    click("Preview");
    await waitFor(() => expect(sent[0].data.is_preview).toBe(true));
    expect(screen.getByLabelText("Reason")).toHaveValue("The vote");
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Preview" })).toHaveAttribute(
        "aria-disabled",
        "false",
      ),
    );
  });

  it("shows fields for one of the choices with that choice", () => {
    showing();
    expect(screen.queryByRole("group", { name: "People" })).toBeNull();
    fireEvent.click(screen.getByLabelText("Finished"));
    expect(screen.getByRole("group", { name: "People" })).toBeVisible();
  });

  it("finds people by a part of their name", async () => {
    const items = [
      { name: "bob", title: "Bob Berger" },
      { name: "bo", title: "Bo Olsen" },
    ];
    const { sent } = showing(async ({ op }) => (op === "get" ? { items } : {}));
    fireEvent.click(screen.getByLabelText("Finished"));
    type("Part of the name", "bo");
    fireEvent.click(await screen.findByLabelText("Bo Olsen"));
    expect(screen.getByLabelText("Bo Olsen")).toHaveFocus();
    expect(screen.getAllByLabelText("Bob Berger").length).toBe(1);
    fireEvent.click(screen.getByLabelText("Bob Berger"));
    expect(screen.getByLabelText("Bob Berger")).toHaveFocus();
    click();
    await waitFor(() => expect(sent.at(-1).data?.users).toEqual(["bo"]));
    expect(sent[0].path).toBe("/board/@audience-search/people?search=bo");
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Set the deadline" })).toHaveAttribute(
        "aria-disabled",
        "false",
      ),
    );
  });
});
