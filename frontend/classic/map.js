/* Draws the places of a list on a map of the world: a circle for each entry with
   data-latitude and data-longitude, the larger the more there are (data-number). The list
   says the same in words; so the map is one picture to who can't see it. */
import { geoCentroid, geoDistance, geoEqualEarth, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import world from "world-atlas/countries-110m.json";

const SVG = "http://www.w3.org/2000/svg";

/* Pixels: of a circle for one, and for however many, and beside the map. */
const SMALLEST = 5;
const LARGEST = 22;
const MARGIN = 8;

/* How wide the map is for its height, and how many times the world it may be. */
const SHAPE = 2.05;
const CLOSEST = 12;

const SPHERE = { type: "Sphere" };
const LAND = feature(world, world.objects.land);
const BORDERS = mesh(world, world.objects.countries, (one, other) => one !== other);

const element = (name, attributes, style = {}) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  /* Not as an attribute, which a strict site forbids. */
  Object.assign(made.style, style);
  return made;
};

const placesIn = (list) =>
  [...list.querySelectorAll("li[data-latitude][data-longitude]")].map((entry) => {
    const { latitude, longitude, number } = entry.dataset;
    return {
      entry,
      point: [Number(longitude), Number(latitude)],
      number: Number(number),
      title: entry.querySelector("h3").textContent.trim(),
    };
  });

const worldIn = (size) => geoEqualEarth().fitExtent(extentOf(size), SPHERE);

const extentOf = ([width, height], margin = MARGIN) => [
  [margin, margin],
  [width - margin, height - margin],
];

/* The places around the largest one that more than half of all are at. */
const mostOf = (places) => {
  const sum = (some) => some.reduce((total, { number }) => total + number, 0);
  const [largest] = [...places].sort((one, other) => other.number - one.number);
  const away = ({ point }) => geoDistance(point, largest.point);
  const near = [...places].sort((one, other) => away(one) - away(other));
  const all = sum(places);
  return near.filter((_place, index) => 2 * sum(near.slice(0, index)) <= all);
};

/* Turned so that the places are in the middle, also those on both sides of the
   Pacific. */
const closerIn = (size, places) => {
  const whole = worldIn(size);
  const coordinates = mostOf(places).map(({ point }) => point);
  const all = { type: "MultiPoint", coordinates };
  const middle = geoCentroid(all);
  const turned = geoEqualEarth().rotate([-middle[0], 0]);
  turned.fitExtent(extentOf(size, MARGIN + LARGEST), all);
  const most = CLOSEST * whole.scale();
  if (turned.scale() > most || !Number.isFinite(turned.scale())) {
    turned.scale(most).translate([0, 0]);
    const [x, y] = turned(middle);
    turned.translate([size[0] / 2 - x, size[1] / 2 - y]);
  }
  return turned;
};

const circleOf = ({ point, title, entry }, r, projection) => {
  const [cx, cy] = projection(point);
  const circle = element(
    "circle",
    { cx, cy, r },
    {
      fill: "var(--bs-primary)",
      fillOpacity: 0.65,
      stroke: "var(--bs-body-bg)",
      strokeWidth: 1.5,
    },
  );
  circle.append(Object.assign(element("title", {}), { textContent: title }));
  const mark = (marked) => () => {
    circle.style.stroke = marked ? "var(--bs-emphasis-color)" : "var(--bs-body-bg)";
    circle.style.fillOpacity = marked ? 1 : 0.65;
    entry.classList.toggle("bg-body-secondary", marked);
  };
  for (const part of [circle, entry]) {
    part.addEventListener("pointerenter", mark(true));
    part.addEventListener("pointerleave", mark(false));
  }
  entry.addEventListener("focusin", mark(true));
  entry.addEventListener("focusout", mark(false));
  return circle;
};

const start = (map) => {
  const box = map.closest("[data-clicktracker-live], [data-news]");
  const [svg, button] = ["svg", "button"].map((name) => map.querySelector(name));
  const list = box.querySelector("[data-part=list]");
  let isCloser = false;

  const draw = () => {
    map.hidden = !list.querySelector("[data-has-map]");
    const width = svg.clientWidth;
    if (!width) return;
    const size = [width, Math.round(width / SHAPE)];
    const places = placesIn(list);
    button.hidden = !places.length;
    const projection = (isCloser && places.length ? closerIn : worldIn)(size, places);
    projection.clipExtent([[0, 0], size]);
    const path = geoPath(projection);
    const shape = (what, style) => element("path", { d: path(what) ?? "" }, style);
    const most = Math.max(...places.map(({ number }) => number));
    const largest = Math.min(LARGEST, width / 25);
    const radiusOf = ({ number }) =>
      SMALLEST + (largest - SMALLEST) * Math.sqrt((number - 1) / Math.max(most - 1, 9));
    svg.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    svg.replaceChildren(
      shape(SPHERE, { fill: "var(--bs-tertiary-bg)" }),
      shape(LAND, { fill: "var(--bs-secondary-color)", fillOpacity: 0.3 }),
      shape(BORDERS, { fill: "none", stroke: "var(--bs-body-bg)" }),
      /* The large ones first, so that none is hidden. */
      ...places
        .sort((one, other) => other.number - one.number)
        .map((place) => circleOf(place, radiusOf(place), projection)),
    );
  };

  button.addEventListener("click", () => {
    isCloser = !isCloser;
    button.setAttribute("aria-pressed", isCloser);
    button.classList.toggle("active", isCloser);
    draw();
  });
  box.addEventListener("clicktracker-updated", draw);
  new ResizeObserver(draw).observe(map.parentElement);
  draw();
};

document.querySelectorAll("[data-part=map]").forEach(start);
