import { act, screen, waitFor } from "@testing-library/react";
import { refused, showing } from "../testing/showing";
import { useAnswer } from "./useAnswer";

const PATH = "/board/agenda/@readers";

const Asking = ({ path = PATH, params }) => {
  const { answer, problem, isLoading, again } = useAnswer(path, params);
  return (
    <>
      <output>{JSON.stringify({ answer, problem, isLoading })}</output>
      <button onClick={again}>again</button>
    </>
  );
};

const told = () => JSON.parse(screen.getByRole("status").textContent);

/* Answers that come when the test says so, by the parameter `reader`. */
const answersLater = () => {
  const waiting = {};
  const answer = ({ params }) =>
    new Promise((resolve, reject) => {
      waiting[params.reader] = { resolve, reject };
    });
  return { answer, waiting };
};

describe("useAnswer", () => {
  it("asks the service, with what is asked of it", async () => {
    const { sent } = showing(<Asking params={{ reader: "bob" }} />, {
      answer: () => ({ items: [] }),
    });
    expect(told()).toEqual({ answer: null, problem: null, isLoading: true });
    await waitFor(() => expect(told().answer).toEqual({ items: [] }));
    expect(told().isLoading).toBe(false);
    expect(sent).toEqual([{ op: "get", path: PATH, params: { reader: "bob" } }]);
  });

  it("shows what was told before until the next answer is there", async () => {
    const { answer, waiting } = answersLater();
    const { rerender } = showing(<Asking params={{ reader: "a" }} />, { answer });
    await act(async () => waiting.a.resolve("of a"));
    rerender(<Asking params={{ reader: "b" }} />);
    expect(told()).toMatchObject({ answer: "of a", isLoading: true });
    await act(async () => waiting.b.resolve("of b"));
    expect(told()).toMatchObject({ answer: "of b", isLoading: false });
  });

  it("never takes the answer to an older question for that to a newer one", async () => {
    const { answer, waiting } = answersLater();
    const { rerender } = showing(<Asking params={{ reader: "a" }} />, { answer });
    rerender(<Asking params={{ reader: "b" }} />);
    await act(async () => waiting.b.resolve("of b"));
    await act(async () => waiting.a.resolve("of a"));
    expect(told().answer).toBe("of b");
  });

  it("shows nothing of one document on the screen of another", async () => {
    const { rerender } = showing(<Asking />, {
      answer: ({ path }) => (path === PATH ? "of the agenda" : new Promise(() => {})),
    });
    await waitFor(() => expect(told().answer).toBe("of the agenda"));
    rerender(<Asking path="/board/budget/@readers" />);
    expect(told()).toEqual({ answer: null, problem: null, isLoading: true });
  });

  it("says what the service says where it refuses, and asks again", async () => {
    const answers = [
      () => {
        throw refused(503, { type: "ServiceUnavailable", message: "Down." });
      },
      () => "there",
    ];
    showing(<Asking />, { answer: () => answers.shift()() });
    await waitFor(() =>
      expect(told().problem).toEqual({
        status: 503,
        type: "ServiceUnavailable",
        message: "Down.",
        errors: [],
      }),
    );
    act(() => screen.getByRole("button").click());
    await waitFor(() =>
      expect(told()).toMatchObject({ answer: "there", problem: null }),
    );
  });

  it("keeps what was told where the next question is not understood", async () => {
    const errors = [{ field: "since", message: "Enter a date." }];
    const answer = ({ params }) => {
      if (params.since) throw refused(400, { message: "Enter a date.", errors });
      return "all";
    };
    const { rerender } = showing(<Asking params={{}} />, { answer });
    await waitFor(() => expect(told().answer).toBe("all"));
    rerender(<Asking params={{ since: "then" }} />);
    await waitFor(() =>
      expect(told()).toMatchObject({ answer: "all", problem: { status: 400, errors } }),
    );
  });

  it("knows that nobody answers", async () => {
    showing(<Asking />, {
      answer: () => {
        throw new Error("offline");
      },
    });
    await waitFor(() => expect(told().problem).toMatchObject({ status: null }));
  });

  it("asks nothing as long as there is nothing to ask", () => {
    const { sent } = showing(<Asking path={null} />);
    expect(told()).toEqual({ answer: null, problem: null, isLoading: false });
    expect(sent).toEqual([]);
  });
});
