/* Asks a service for what a screen shows. */
import { useCallback, useEffect, useState } from "react";
import { useDispatch } from "react-redux";

const ANSWER = "CLICKTRACKER_ANSWER";

/* What the service says where it doesn't answer; `status` is null where nobody says
   anything, as there is no connection. */
const problemOf = ({ response }) => ({
  status: response?.status ?? null,
  type: response?.body?.type ?? null,
  message: response?.body?.message ?? null,
  errors: response?.body?.errors ?? [],
});

const NOTHING = { answer: null, problem: null, path: null, asked: null };

/* `path` is that of the service, null to ask for nothing yet; `params` go into its query.

   While something else is asked of the same service, the `answer` is the one before; and so
   it is where the service has not understood what was asked (400). `again` asks once more. */
export const useAnswer = (path, params = {}) => {
  const dispatch = useDispatch();
  const [told, setTold] = useState(NOTHING);
  const [times, setTimes] = useState(0);
  const asked = JSON.stringify([path, params, times]);

  useEffect(() => {
    const [thisPath, thisParams] = JSON.parse(asked);
    if (thisPath === null) return undefined;
    /* A later question may be answered before this one. */
    let isCurrent = true;
    const tell = (found) => isCurrent && setTold({ ...found, path: thisPath, asked });
    dispatch({
      type: ANSWER,
      request: { op: "get", path: thisPath, params: thisParams },
    }).then(
      (answer) => tell({ answer, problem: null }),
      (error) => {
        const problem = problemOf(error);
        const keeps = (before) => problem.status === 400 && before.path === thisPath;
        if (!isCurrent) return;
        setTold((before) => ({
          answer: keeps(before) ? before.answer : null,
          problem,
          path: thisPath,
          asked,
        }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [dispatch, asked]);

  const again = useCallback(() => setTimes((before) => before + 1), []);
  const { answer, problem } = told.path === path ? told : NOTHING;
  return { answer, problem, isLoading: path !== null && told.asked !== asked, again };
};
