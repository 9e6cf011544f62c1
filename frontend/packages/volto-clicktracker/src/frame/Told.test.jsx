import { fireEvent, screen, waitFor } from "@testing-library/react";
import { refused, showing } from "../testing/showing";
import { Told } from "./Told";
import { useAnswer } from "./useAnswer";

const Asking = () => {
  const told = useAnswer("/board/agenda/@readers");
  return <Told told={told}>{({ names }) => <p>{names}</p>}</Told>;
};

const AT = { at: "/board/agenda/who-read-this?tab=older" };

const refusing = (status, body, more) =>
  showing(<Asking />, {
    ...AT,
    ...more,
    answer: () => {
      throw status === null ? new Error("offline") : refused(status, body);
    },
  });

describe("Told", () => {
  it("says that it is loading, then shows what was told", async () => {
    showing(<Asking />, { answer: () => ({ names: "Alice" }) });
    expect(screen.getByText("Loading …")).toBeVisible();
    expect(await screen.findByText("Alice")).toBeVisible();
    expect(screen.queryByText("Loading …")).toBeNull();
  });

  it("leads guests to the log-in, and back", async () => {
    refusing(401, {}, { token: null });
    const link = await screen.findByRole("link", { name: "Log in to see this." });
    const back = encodeURIComponent("/board/agenda/who-read-this?tab=older");
    expect(link).toHaveAttribute("href", `/login?return_url=${back}`);
  });

  it.each([
    [401, { type: "Unauthorized", message: "You aren't" }, /not allowed to see this/],
    [403, {}, /not allowed to see this/],
    [404, { type: "NotFound", message: "Resource not found: x" }, /is nothing here/],
    [404, { type: "NothingKnown", message: "Nothing is kept." }, /Nothing is kept/],
    [500, { type: "KeyError", message: "'x'" }, /Something went wrong/],
    [503, { type: "ServiceUnavailable", message: "It is down." }, /It is down/],
    [null, null, /can't be reached/],
  ])("says why there is nothing: %s %o", async (status, body, text) => {
    refusing(status, body);
    expect(await screen.findByRole("alert")).toHaveTextContent(text);
  });

  it("leads out of an address that asks for what there isn't", async () => {
    refusing(400, { type: "BadRequest", message: "There is no such choice." });
    const link = await screen.findByRole("link", { name: "Show all" });
    expect(link).toHaveAttribute("href", "/board/agenda/who-read-this");
  });

  it("asks again where that may help", async () => {
    const { sent } = refusing(503, { message: "It is down." });
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await waitFor(() => expect(sent.length).toBe(2));
  });

  it("asks for the reason where the site wants one, and then for the names", async () => {
    let reason = null;
    const { sent } = showing(<Asking />, {
      answer: ({ op, data }) => {
        if (op === "patch") {
          ({ reason } = data);
          return { reason };
        }
        if (!reason) throw refused(403, { type: "Forbidden", message: "A reason." });
        return { names: "Alice" };
      },
    });
    const field = await screen.findByLabelText("Why do you need to see names?");
    fireEvent.change(field, { target: { value: "The audit" } });
    fireEvent.click(screen.getByRole("button", { name: "Show the names" }));
    expect(await screen.findByText("Alice")).toBeVisible();
    expect(sent[1]).toEqual({
      op: "patch",
      path: "/@clicktracker-reason",
      data: { reason: "The audit" },
    });
  });

  it("keeps what was typed where the reason is refused", async () => {
    showing(<Asking />, {
      answer: ({ op }) => {
        throw op === "patch"
          ? refused(400, { message: "Enter a reason." })
          : refused(403, { type: "Forbidden", message: "A reason." });
      },
    });
    const field = await screen.findByLabelText("Why do you need to see names?");
    fireEvent.change(field, { target: { value: " . " } });
    fireEvent.click(screen.getByRole("button", { name: "Show the names" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Enter a reason.");
    expect(field).toHaveValue(" . ");
  });
});
