import { keepFromCaches } from "./keepFromCaches";

const headersFor = (headers) => {
  const set = vi.fn();
  const next = vi.fn();
  keepFromCaches()({ headers }, { set }, next);
  expect(next).toHaveBeenCalledOnce();
  return set.mock.calls;
};

describe("keepFromCaches", () => {
  it.each([
    ["the token", { cookie: "I18N_LANGUAGE=de; auth_token=e30.e30.x" }],
    ["Plone's cookie", { cookie: "__ac=abc" }],
    ["a header", { authorization: "Bearer e30.e30.x" }],
  ])("keeps the page of who is logged in by %s", (_how, headers) => {
    expect(headersFor(headers)).toEqual([["Cache-Control", "private, no-store"]]);
  });

  it.each([
    ["no cookie", {}],
    ["other cookies", { cookie: "I18N_LANGUAGE=de; not__ac=1; auth_token_old=2" }],
    ["a cookie that was emptied", { cookie: "auth_token=; __ac=" }],
  ])("leaves the page of a guest with %s alone", (_what, headers) => {
    expect(headersFor(headers)).toEqual([]);
  });
});
