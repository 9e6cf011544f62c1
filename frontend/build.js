/* Builds each bundle into the package's static files: minified, with a seal that ties
   it to its source and to the versions of all that goes into it, esbuild's included
   (see tests/packaging/test_static.py). */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { buildSync } from "esbuild";

const STATIC = "../src/slc/clicktracker/browser/static";
const BUNDLES = ["charts.js", "live.js", "print.js", "tracker.js"];
const LOCK = "package-lock.json";

for (const name of BUNDLES) {
  const { outputFiles } = buildSync({
    entryPoints: [name],
    bundle: true,
    minify: true,
    target: "es2021",
    write: false,
  });
  const [{ contents }] = outputFiles;
  const seal = createHash("sha256")
    .update(readFileSync(LOCK))
    .update(readFileSync(name))
    .update(contents)
    .digest("hex")
    .slice(0, 16);
  writeFileSync(
    `${STATIC}/${name}`,
    Buffer.concat([Buffer.from(`/*${seal}*/`), contents]),
  );
}
