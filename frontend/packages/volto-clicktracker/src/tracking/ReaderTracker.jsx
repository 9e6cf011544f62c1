/* Begins a page view for each page that is shown, and ends it with the page. Shows nothing
   itself. */
import { useEffect, useRef } from "react";
import { useSelector } from "react-redux";
import { useLocation } from "react-router-dom";
import { pageOf } from "./pageOf";
import { sendWithLogIn } from "./sendWithLogIn";
import { makeTracker } from "./tracker";

/* Content that is fetched once more, as Volto does with the first page, is no other page, and
   its ticket is not needed. With another text, or elsewhere, it is. */
const isSame = (one, other) =>
  one?.renewal === other?.renewal && one?.version === other?.version;

const ReaderTracker = () => {
  const location = useLocation();
  const content = useSelector((state) => state.content.data);
  const show = useRef(null);
  const shown = useRef(null);
  const route = useRef({
    pathname: location.pathname,
    before: null,
    isFirst: true,
  });

  useEffect(() => {
    /* Content that was there before the route changed is not that of the new one, even at
       the same address: it may have been edited meanwhile. */
    if (route.current.pathname !== location.pathname) {
      route.current = { pathname: location.pathname, before: content, isFirst: false };
    }
    const { before, isFirst } = route.current;
    const page = content === before ? null : pageOf(content, location, isFirst);
    if (isSame(page, shown.current)) return;
    shown.current = page;
    show.current ??= makeTracker(sendWithLogIn);
    show.current(page);
  }, [content, location]);

  /* Without the app there is no page. */
  useEffect(() => () => show.current?.(null), []);

  return null;
};

export default ReaderTracker;
