/* Puts Volto into core/, where pnpm-workspace.yaml expects it. Developers of Volto's own
   add-ons have a checkout there; here it is what the registry has of each package, whose
   package.json tells what it takes to build it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";

const CORE = [
  {
    folder: "volto",
    version: "18.33.1",
    integrity:
      "sha512-6GQ2B+KXw9yHSAizUtmIACrpnGSNuCpaBWb01afqXKBCEcgyk+oZpm28YTnlQnv2rk9+bo5rchIYMNnD+LEfug==",
  },
  {
    /* The one of this Volto, 18.9.1, is newer than what every registry has. */
    folder: "volto-slate",
    version: "18.9.0",
    integrity:
      "sha512-ynESJZYilWDnO2IxJJ+fcyoFmMvmlnfpLWINeTE459azFCvPxjJYtvKyLFWuh1LpYabXl74q+W8GrCkBvqfTVA==",
  },
];

const run = (command, ...args) => {
  const { status, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
  return stdout;
};

const versionIn = (folder) => {
  const manifest = `${folder}/package.json`;
  return existsSync(manifest) && JSON.parse(readFileSync(manifest)).version;
};

for (const { folder, version, integrity } of CORE) {
  const target = `core/packages/${folder}`;
  if (versionIn(target) === version) continue;
  const unpacked = `core/${folder}`;
  for (const old of [target, unpacked]) rmSync(old, { recursive: true, force: true });
  mkdirSync("core/packages", { recursive: true });
  mkdirSync(unpacked);
  const name = `@plone/${folder}@${version}`;
  console.log(`Fetching ${name}`);
  const packing = ["pack", "--json", "--pack-destination", "core", name];
  const [packed] = JSON.parse(run("npm", ...packing));
  if (packed.integrity !== integrity) {
    throw new Error(`${name} is another one: ${packed.integrity}`);
  }
  const archive = `core/${packed.filename}`;
  run("tar", "-xzf", archive, "-C", unpacked, "--strip-components=1");
  rmSync(archive);
  /* Whole, or not at all. */
  renameSync(unpacked, target);
}
