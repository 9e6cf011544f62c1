/* Writes the middle of each country by its code of two letters: the place within its
   largest part that is farthest from the outline of that, to a tenth of a degree. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { geoArea, geoBounds, geoContains, geoDistance } from "d3-geo";
import countries from "iso-3166-1";
import { feature } from "topojson-client";

const WRITTEN = "../../src/slc/clicktracker/geography/countries.json";
const SOURCES = ["package-lock.json", "countries.js"];

/* How many places are tried along and across a country. */
const STEPS = 24;

const largestPart = ({ geometry: { type, coordinates } }) => {
  const parts = type === "Polygon" ? [coordinates] : coordinates;
  return parts
    .map((part) => ({ type: "Polygon", coordinates: part }))
    .reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
};

const middleOf = (part) => {
  const [[west, south], [bound, north]] = geoBounds(part);
  const east = bound < west ? bound + 360 : bound;
  const outline = part.coordinates.flat();
  let best = { distance: -1 };
  for (let x = 1; x < STEPS; x += 1) {
    for (let y = 1; y < STEPS; y += 1) {
      const longitude = west + ((east - west) * x) / STEPS;
      const place = [
        longitude > 180 ? longitude - 360 : longitude,
        south + ((north - south) * y) / STEPS,
      ];
      if (!geoContains(part, place)) continue;
      const distance = Math.min(...outline.map((each) => geoDistance(each, place)));
      if (distance > best.distance) best = { distance, place };
    }
  }
  const [longitude, latitude] = best.place.map((each) => Number(each.toFixed(1)));
  return [latitude, longitude];
};

/* Kosovo has no number there, and in databases of places the code XK. */
const codeOf = ({ id, properties: { name } }) =>
  name === "Kosovo" ? "XK" : countries.whereNumeric(id)?.alpha2;

const world = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json"));
const parts = {};
for (const each of feature(world, world.objects.countries).features) {
  const [code, part] = [codeOf(each), largestPart(each)];
  /* Some islands have the code of the country that they belong to. */
  if (code && !(geoArea(parts[code] ?? part) > geoArea(part))) parts[code] = part;
}

const text = Object.keys(parts)
  .sort()
  .map((code) => `    "${code}": [${middleOf(parts[code]).join(", ")}]`)
  .join(",\n");
const hash = createHash("sha256");
for (const name of SOURCES) hash.update(readFileSync(name));
const seal = hash.update(text).digest("hex").slice(0, 16);
writeFileSync(WRITTEN, `{\n  "seal": "${seal}",\n  "middles": {\n${text}\n  }\n}\n`);
