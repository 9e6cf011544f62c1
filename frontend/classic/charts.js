/* Draws each chart of a page: a canvas with what it shows in data-chart, as JSON. Beside
   it stands a table with the same figures, for all who can't see it. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";

/* The box has a height of its own, as the canvas takes that of the box. Of names each has a
   row, as none can be left out. */
const HEIGHT = 16;
const ROW = 2;
const heightOf = ({ length }, areNames) =>
  `${areNames ? Math.max(HEIGHT, (length + 3) * ROW) : HEIGHT}rem`;

/* Characters of a name beside its bar, by the width of the chart. All of it is said where
   somebody points at it, and in the table. */
const shortened = (name, width) => {
  const most = Math.max(18, Math.floor(width / 20));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
};

/* Bootstrap's, so that the colours are those of the theme. */
const BARS = ["--bs-primary", "--bs-gray", "--bs-success"];
const LINES = ["--bs-emphasis-color", "--bs-danger", "--bs-indigo"];

/* Points of a line that can be told apart. */
const MOST_POINTS = 31;

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/* Lines are drawn over the bars, each kind by the scale of its own name, or all by one. */
const datasetOf = ({ title, values, kind }, colour, areNames, isOneScale) => ({
  type: kind,
  label: title,
  data: values,
  [areNames ? "xAxisID" : "yAxisID"]: isOneScale ? "bar" : kind,
  order: kind === "line" ? 0 : 1,
  backgroundColor: colour,
  borderColor: colour,
  borderWidth: kind === "line" ? 2 : 0,
  pointRadius: values.length > MOST_POINTS ? 0 : 3,
  maxBarThickness: 48,
});

/* A scale of numbers that says what it is of where there is another one beside it. */
const scaleOf = (kind, series, colour, areNames, isOneScale) => {
  const isOwn = (each) => (isOneScale ? "bar" : each.kind) === kind;
  const own = series.filter(isOwn);
  const isAlone = own.length === series.length;
  const isSecond = kind === "line" && !isAlone;
  const side = isSecond ? "right" : "left";
  return {
    axis: areNames ? "x" : "y",
    display: own.length > 0,
    position: areNames ? "bottom" : side,
    beginAtZero: true,
    grid: { color: colour("--bs-border-color"), drawOnChartArea: !isSecond },
    ticks: { color: colour("--bs-body-color"), precision: 0 },
    title: {
      color: colour("--bs-body-color"),
      display: !isAlone,
      text: own.map(({ title }) => title).join(", "),
    },
  };
};

const draw = (canvas) => {
  const shown = JSON.parse(canvas.dataset.chart);
  const { labels, labelTitle, areNames, isOneScale, series } = shown;
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const unused = { bar: [...BARS], line: [...LINES] };
  const box = canvas.parentElement;
  canvas.closest("details").hidden = false;
  box.style.height = heightOf(labels, areNames);
  return new Chart(canvas, {
    data: {
      labels,
      datasets: series.map((each) =>
        datasetOf(
          each,
          colour(unused[each.kind].shift() || "--bs-gray"),
          areNames,
          isOneScale,
        ),
      ),
    },
    options: {
      /* Nothing moves, whether somebody prefers that or not. */
      animation: false,
      color: colour("--bs-body-color"),
      font: { family: style.fontFamily },
      indexAxis: areNames ? "y" : "x",
      interaction: { mode: "index", axis: areNames ? "y" : "x", intersect: false },
      locale: document.documentElement.lang || undefined,
      maintainAspectRatio: false,
      plugins: { legend: { position: "bottom" } },
      scales: {
        [areNames ? "y" : "x"]: {
          grid: { display: false },
          ticks: {
            color: colour("--bs-body-color"),
            maxRotation: 0,
            ...(areNames && {
              autoSkip: false,
              callback: (place) => shortened(labels[place], canvas.clientWidth),
            }),
          },
          title: {
            color: colour("--bs-body-color"),
            display: Boolean(labelTitle),
            text: labelTitle,
          },
        },
        bar: scaleOf("bar", series, colour, areNames, isOneScale),
        line: scaleOf("line", series, colour, areNames, isOneScale),
      },
    },
  });
};

/* On a phone a chart is folded, once it has been drawn in its place. A desktop has nothing to
   unfold it with, so it is open there. */
const WIDE = matchMedia("(min-width: 768px)");
const fold = (canvas) => {
  const drawn = canvas.closest("details");
  drawn.open = WIDE.matches;
  WIDE.addEventListener("change", () => {
    drawn.open ||= WIDE.matches;
  });
};

/* A chart has the colours that the page had when it was drawn. */
const followTheme = (canvas, drawn) => {
  let chart = drawn;
  new MutationObserver(() => {
    chart.destroy();
    chart = draw(canvas);
  }).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
};

document.querySelectorAll("canvas[data-chart]").forEach((canvas) => {
  followTheme(canvas, draw(canvas));
  fold(canvas);
});
