/* Sends a change to a service, and keeps what it says.

   `send(op, path, data)` sends it once, however often somebody clicks, and returns the answer:
   null where nothing was done. What was done is said as Volto does, by the service's
   `message`. `problem` says why nothing was done: its `message`, the `errors` by the names of
   their fields, and whether something else has changed meanwhile (`isConflict`). */
import { useRef, useState } from "react";
import { defineMessages, useIntl } from "react-intl";
import { useDispatch } from "react-redux";
import { sayDone } from "./sayDone";

const CHANGE = "CLICKTRACKER_CHANGE";

const messages = defineMessages({
  unreachable: {
    id: "clicktracker-not-changed",
    defaultMessage:
      "Nothing was changed, because the site can't be reached. Try again.",
  },
});

/* Where nothing has answered, no more is known than that. */
const problemOf = (error, otherwise) => {
  const body = error?.response?.body ?? {};
  const errors = (body.errors ?? []).filter(({ field }) => field);
  return {
    message: body.message ?? body.error?.message ?? otherwise,
    errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    isConflict: error?.response?.status === 409,
    status: error?.response?.status,
    answer: body,
  };
};

export const useChange = () => {
  const intl = useIntl();
  const dispatch = useDispatch();
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState(null);
  /* Sooner than what is rendered: the second of two clicks finds it. */
  const isUnderWay = useRef(false);

  const send = async (op, path, data) => {
    if (isUnderWay.current) return null;
    isUnderWay.current = true;
    setIsSending(true);
    try {
      const request = { op, path, ...(data && { data }) };
      const answer = (await dispatch({ type: CHANGE, request })) || {};
      setProblem(null);
      if (answer.message) sayDone(answer.message);
      return answer;
    } catch (error) {
      setProblem(problemOf(error, intl.formatMessage(messages.unreachable)));
      return null;
    } finally {
      isUnderWay.current = false;
      setIsSending(false);
    }
  };

  return { send, isSending, problem, forget: () => setProblem(null) };
};
