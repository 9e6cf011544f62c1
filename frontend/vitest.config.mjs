/* The unit tests of the add-on, in the surroundings that Volto gives to those of its own. */
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { svgLoader } from "./core/packages/volto/vite-plugins/svg.mjs";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const volto = path("core/packages/volto");

/* What is installed is installed for Volto. */
const { resolve } = createRequire(`${volto}/package.json`);
const { default: react } = await import(pathToFileURL(resolve("@vitejs/plugin-react")));

export default {
  root: volto,
  plugins: [react(), svgLoader({})],
  resolve: {
    alias: {
      "@plone/volto-slate": path("core/packages/volto-slate/src"),
      "@plone/volto": `${volto}/src`,
      "@root": `${volto}/src`,
    },
    dedupe: [
      "@loadable/component",
      "history",
      "react",
      "react-dom",
      "react-intl",
      "react-redux",
      "react-router-dom",
      "react-toastify",
      "@testing-library/react",
      "redux",
      "semantic-ui-react",
    ],
  },
  /* What services answer is in the documentation. */
  server: { fs: { allow: [path("..")] } },
  test: {
    dir: path("packages"),
    include: ["*/src/**/*.test.{js,jsx}"],
    environment: "jsdom",
    globals: true,
    setupFiles: [
      `${volto}/test-setup-globals-vitest.js`,
      `${volto}/test-setup-config.jsx`,
      `${volto}/jest-setup-afterenv.js`,
    ],
  },
};
