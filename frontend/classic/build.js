/* Builds each bundle into the package's static files: minified, with a seal that ties
   it to its sources and to the versions of all that goes into it, esbuild's included
   (see tests/packaging/test_static.py). */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { buildSync } from "esbuild";

const STATIC = "../../src/slc/clicktracker/browser/static";
const BUNDLES = [
  "charts.js",
  "clicky.js",
  "events.js",
  "live.js",
  "map.js",
  "matomo.js",
  "print.js",
  "tracker.js",
];
const LOCK = "package-lock.json";

/* The licences that are to come with what is built. Those of other packages stand in
   their code. */
const licencesOf = ({ inputs }) => {
  const packages = Object.keys(inputs).map((path) =>
    path.match(/^node_modules\/(@[^/]+\/)?[^/]+/),
  );
  return [...new Set(packages.filter(Boolean).map(([folder]) => folder))]
    .filter((folder) => {
      const { license } = JSON.parse(readFileSync(`${folder}/package.json`));
      return license === "ISC";
    })
    .map((folder) => `\n${folder}:\n${readFileSync(`${folder}/LICENSE`)}`);
};

for (const name of BUNDLES) {
  const { metafile, outputFiles } = buildSync({
    entryPoints: [name],
    bundle: true,
    metafile: true,
    minify: true,
    target: "es2021",
    write: false,
  });
  const licences = licencesOf(metafile);
  const notice = licences.length ? `/*!${licences.join("")}*/\n` : "";
  const contents = Buffer.concat([outputFiles[0].contents, Buffer.from(notice)]);
  const sources = Object.keys(metafile.inputs).filter((path) => !path.startsWith("node_modules/"));
  const hash = createHash("sha256").update(readFileSync(LOCK));
  for (const source of sources.sort()) hash.update(readFileSync(source));
  const seal = hash.update(contents).digest("hex").slice(0, 16);
  writeFileSync(
    `${STATIC}/${name}`,
    Buffer.concat([Buffer.from(`/*${seal}*/`), contents]),
  );
}
