import config from "@plone/volto/registry";
import { sendWithLogIn } from "./sendWithLogIn";

const ADDRESS = "/++api++/@@clicktracker-callback";
const OPTIONS = { method: "POST", credentials: "include" };

/* What the browser is told to send. */
const sentTo = (apiPath, token) => {
  config.settings.apiPath = apiPath;
  document.cookie = token ? `auth_token=${token}` : "auth_token=; max-age=0";
  const fetch = vi.spyOn(window, "fetch").mockResolvedValue(null);
  sendWithLogIn(ADDRESS, OPTIONS);
  const [, sent] = fetch.mock.lastCall;
  fetch.mockRestore();
  return sent;
};

describe("sendWithLogIn", () => {
  it("sends to another host the token of the moment", () => {
    const there = "https://api.example.org";
    const headers = { Authorization: "Bearer one" };
    expect(sentTo(there, "one")).toEqual({ ...OPTIONS, headers });
    expect(sentTo(there, "two").headers).toEqual({ Authorization: "Bearer two" });
    expect(sentTo(there, "")).toEqual(OPTIONS);
  });

  it("sends nothing but cookies to its own, wherever the backend is there", () => {
    expect(sentTo(window.location.origin, "one")).toEqual(OPTIONS);
    expect(sentTo(`${window.location.origin}/portal`, "one")).toEqual(OPTIONS);
  });
});
