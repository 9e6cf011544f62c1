/* Brings what a service tells up to date: each few seconds while somebody may be looking,
   less often while the site doesn't answer. */
import { useEffect, useRef, useState } from "react";

/* Milliseconds. */
const EVERY = 5_000;
const MOST = 60_000;

/* Longer than this, nobody takes what is shown for what is so now. */
const FRESH = 15_000;

const isHidden = () => document.visibilityState === "hidden";

const useHidden = () => {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const look = () => setHidden(isHidden());
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return hidden;
};

/* Seconds since something was, as a state. */
const useAge = (since) => {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.round((now - since) / 1000));
};

/* `told` is what useAnswer gives, `question` what was asked. Returns the same, with the last
   answer to this question as long as there is no other; whether it is `isPaused`, and how to
   `pause` or go on; `isSilent` where the site doesn't answer, `isClosed` where it answers
   nothing any more to who asks; and the `age` in seconds of what is old. */
export const useLive = (told, question) => {
  const { answer, problem, isLoading, again } = told;
  const [isPaused, setPaused] = useState(false);
  const last = useRef({ question, answer: null, at: performance.now() });
  const wait = useRef(EVERY);
  const wasHidden = useRef(false);
  const hidden = useHidden();

  if (last.current.question !== question) {
    last.current = { question, answer: null, at: performance.now() };
  }
  if (answer && !isLoading && answer !== last.current.answer) {
    last.current = { question, answer, at: performance.now() };
  }
  const kept = last.current.answer;
  const isClosed = Boolean(kept) && [401, 403].includes(problem?.status);
  const isSilent = Boolean(kept && problem) && !isClosed;
  const isIdle = isPaused || hidden || isClosed || !kept;

  useEffect(() => {
    if (isLoading || isIdle) {
      wasHidden.current ||= hidden;
      return undefined;
    }
    wait.current = problem ? Math.min(2 * wait.current, MOST) : EVERY;
    const timer = setTimeout(again, wasHidden.current ? 0 : wait.current);
    wasHidden.current = false;
    return () => clearTimeout(timer);
  }, [again, hidden, isIdle, isLoading, problem]);

  const seconds = useAge(last.current.at);
  const isOld = isPaused || isSilent || 1000 * seconds > FRESH;
  return {
    ...told,
    answer: kept ?? answer,
    problem: kept ? null : problem,
    isPaused,
    pause: () => setPaused(!isPaused),
    isClosed,
    isSilent,
    age: kept && isOld ? seconds : null,
  };
};
