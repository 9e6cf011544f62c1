/* Volto fetches content for all that is about it, also where nobody is shown its text. Then the
   backend is told: else it would note that it was served to somebody. */
import { GET_CONTENT } from "@plone/volto/constants/ActionTypes";

const NOT_SHOWN = "own-reading=not-shown";

/* `action` is that of `getContent`. */
export const notShown = (action) => {
  const { request } = action;
  const mark = request.path.includes("?") ? "&" : "?";
  return {
    ...action,
    request: { ...request, path: `${request.path}${mark}${NOT_SHOWN}` },
  };
};

/* On the server, for pages that `isScreen` says are such, by their path. */
export const notShownOn =
  (isScreen) =>
  ({ getState }) =>
  (next) =>
  (action) => {
    const { pathname } = getState().router.location;
    const isOfScreen = action.type === GET_CONTENT && isScreen(pathname);
    return next(isOfScreen ? notShown(action) : action);
  };
