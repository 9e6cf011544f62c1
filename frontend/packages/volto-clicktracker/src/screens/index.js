/* The screens that Volto has in the place of Plone's own. */
import loadable from "@loadable/component";
import { about } from "./about";
import { notShownOn } from "./notShown";

/* Each by the name that it has in Plone, which is that of its address in Volto as well, unless
   that is `at` another: content may be called the same, and would never be shown. `isOwn` are
   those of a member about themselves, which look like the rest of the site; the others look
   like Volto's forms. Pages don't load any of them. */
export const SCREENS = {
  "clicktracker-dashboard": {
    component: loadable(
      () =>
        import(/* webpackChunkName: "reading-dashboard" */ "../dashboard/Documents"),
    ),
  },
  "clicktracker-dashboard-members": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-dashboard" */ "../dashboard/Members"),
    ),
  },
  "clicktracker-deleted": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-dashboard" */ "../deleted/Deleted"),
    ),
  },
  "clicktracker-deleted-seals": {
    component: loadable(
      () =>
        import(/* webpackChunkName: "reading-dashboard" */ "../deleted/DeletedSeals"),
    ),
  },
  "my-deadlines": {
    component: loadable(
      () => import(/* webpackChunkName: "own-reading" */ "../own/MyDeadlines"),
    ),
    isOwn: true,
  },
  "my-reading": {
    component: loadable(
      () => import(/* webpackChunkName: "own-reading" */ "../own/MyReading"),
    ),
    isOwn: true,
  },
  "my-reading-list": {
    component: loadable(
      () => import(/* webpackChunkName: "own-reading" */ "../own/MyReadingList"),
    ),
    isOwn: true,
  },
  "who-read-this": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-report" */ "../report/Readers"),
    ),
  },
  "clicktracker-live": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-visitors" */ "../visitors/Feed"),
    ),
  },
  "clicktracker-visits": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-visitors" */ "../visitors/Visits"),
    ),
  },
  "clicktracker-visitors-report": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-visitors" */ "../visitors/Report"),
    ),
  },
  "clicktracker-bans": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-bans" */ "../visitors/Bans"),
    ),
  },
  "clicktracker-ban": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-bans" */ "../visitors/Bans"),
    ),
  },
  "who-read-this-reader": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-report" */ "../report/Reader"),
    ),
  },
  tracking: {
    at: "clicktracker-tracking",
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../tracked/Tracking"),
    ),
  },
  "clicktracker-audience": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../audience/Audience"),
    ),
  },
  "clicktracker-audience-rule": {
    component: loadable(
      () =>
        import(/* webpackChunkName: "reading-changes" */ "../audience/AudienceRule"),
    ),
  },
  "clicktracker-excuse": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../exceptions/Excuse"),
    ),
  },
  "clicktracker-deadline": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../deadline/Deadline"),
    ),
  },
  "clicktracker-acknowledgement": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../asking/Asking"),
    ),
  },
  "clicktracker-minor-change": {
    component: loadable(
      () =>
        import(
          /* webpackChunkName: "reading-changes" */ "../minorChanges/MinorChanges"
        ),
    ),
  },
  "clicktracker-attest": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../attest/Attest"),
    ),
  },
  "clicktracker-as-of": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../asOf/AsOf"),
    ),
  },
  "clicktracker-seals": {
    component: loadable(
      () => import(/* webpackChunkName: "reading-changes" */ "../asOf/Seals"),
    ),
  },
};

/* The name of a screen in its address in Volto. */
export const nameInVolto = (name) => SCREENS[name].at ?? name;

const isScreen = (pathname) =>
  Object.keys(SCREENS).some((name) => pathname.endsWith(`/${nameInVolto(name)}`));

/* Volto doesn't look for content at their addresses, and nobody reads any there. */
export const addScreens = (config) => {
  const { settings } = config;
  const names = Object.keys(SCREENS);
  config.addonRoutes = [
    ...(config.addonRoutes ?? []),
    ...names.map((name) => ({
      path: [`/${nameInVolto(name)}`, `/**/${nameInVolto(name)}`],
      exact: true,
      component: about(SCREENS[name].component),
    })),
  ];
  settings.nonContentRoutes = [
    ...(settings.nonContentRoutes ?? []),
    ...names.map((name) => `/${nameInVolto(name)}`),
  ];
  settings.nonContentRoutesPublic = [
    ...(settings.nonContentRoutesPublic ?? []),
    ...names
      .filter((name) => SCREENS[name].isOwn)
      .map((name) => `/${nameInVolto(name)}`),
  ];
  if (__SERVER__) {
    settings.storeExtenders = [
      ...(settings.storeExtenders ?? []),
      (stack) => [notShownOn(isScreen), ...stack],
    ];
  }
  return config;
};
