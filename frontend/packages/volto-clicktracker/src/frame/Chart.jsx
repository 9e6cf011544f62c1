/* A chart, as a service describes it, with the same figures as a table: docs/rest.md.

   It is drawn by hand, as a few bars and lines are no reason for a library that all have to
   load. Bars have the scale at the left; lines have one of their own at the right, unless all
   are of the same (`is_one_scale`). */
import { useEffect, useState } from "react";
import { FormattedMessage, FormattedNumber, useIntl } from "react-intl";
import "./chart.css";

/* Units of the drawing, which are about those of the screen: the `side` of what is drawn is
   for the scales, `most` labels can be read beside each other below it. */
const WIDE = { width: 720, height: 240, side: 56, most: 8 };
const NARROW = { width: 360, height: 220, side: 48, most: 3 };
const TOP = 12;
const BOTTOM = 28;

const PHONE = "(max-width: 767px)";

const useSize = () => {
  const [size, setSize] = useState(WIDE);
  useEffect(() => {
    const fit = () => setSize(window.matchMedia(PHONE).matches ? NARROW : WIDE);
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, []);
  return size;
};

/* The smallest round number of which `most` is no more than four times. */
const stepTo = (most) => {
  const exact = Math.max(1, most / 4);
  const power = 10 ** Math.floor(Math.log10(exact));
  const step = [1, 2, 5, 10].find((each) => each * power >= exact) * power;
  return Math.ceil(step);
};

const scaleOf = (series, { height }) => {
  const most = Math.max(0, ...series.flatMap(({ values }) => values));
  const step = stepTo(most);
  const ticks = Array.from(
    { length: Math.max(1, Math.ceil(most / step)) + 1 },
    (_, n) => n * step,
  );
  const top = ticks.at(-1);
  return { ticks, y: (value) => TOP + (height - TOP - BOTTOM) * (1 - value / top) };
};

const Bars = ({ series, scale, place, width }) =>
  series.map(({ title, values }, number) => {
    const own = (0.8 * width) / series.length;
    return (
      <g key={title} className={`own-reading-bars is-${number}`}>
        {values.map((value, label) => (
          <rect
            key={label}
            x={place(label) - 0.4 * width + number * own}
            y={scale.y(value)}
            width={own}
            height={scale.y(0) - scale.y(value)}
          />
        ))}
      </g>
    );
  });

const Line = ({ title, values, scale, place, number }) => (
  <g className={`own-reading-line is-${number}`}>
    <polyline
      points={values
        .map((value, label) => `${place(label)},${scale.y(value)}`)
        .join(" ")}
    />
    {values.length <= 31 &&
      values.map((value, label) => (
        <circle key={`${title} ${label}`} cx={place(label)} cy={scale.y(value)} r={3} />
      ))}
  </g>
);

const Ticks = ({ scale, size: { width, side }, isRight }) => {
  const intl = useIntl();
  return scale.ticks.map((tick) => (
    <g key={tick} className="own-reading-tick">
      {!isRight && (
        <line x1={side} x2={width - side} y1={scale.y(tick)} y2={scale.y(tick)} />
      )}
      <text
        x={isRight ? width - side + 6 : side - 6}
        y={scale.y(tick) + 4}
        textAnchor={isRight ? "start" : "end"}
      >
        {intl.formatNumber(tick)}
      </text>
    </g>
  ));
};

const Drawing = ({ chart: { title, labels, series, is_one_scale: isOne } }) => {
  const size = useSize();
  const width = (size.width - 2 * size.side) / labels.length;
  const place = (label) => size.side + width * (label + 0.5);
  const bars = series.filter(({ kind }) => kind === "bar");
  const lines = series.filter(({ kind }) => kind === "line");
  const hasOwn = lines.length > 0 && bars.length > 0 && !isOne;
  const left = scaleOf(hasOwn ? bars : series, size);
  const right = hasOwn ? scaleOf(lines, size) : left;
  const each = Math.ceil(labels.length / size.most);
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={title}>
      <Ticks scale={left} size={size} />
      {hasOwn && <Ticks scale={right} size={size} isRight />}
      <Bars series={bars} scale={left} place={place} width={width} />
      {lines.map((line, number) => (
        <Line key={line.title} {...line} {...{ place, number }} scale={right} />
      ))}
      {labels.map(
        (label, number) =>
          number % each === 0 && (
            <text key={label} x={place(number)} y={size.height - 8} textAnchor="middle">
              {label}
            </text>
          ),
      )}
    </svg>
  );
};

/* What the colours are. A line with a scale of its own says where that is. */
const Legend = ({ series }) => {
  const count = { bar: 0, line: 0 };
  return (
    <ul className="own-reading-parts" aria-hidden="true">
      {series.map(({ title, kind }) => (
        <li key={title}>
          <span className={`own-reading-key is-${kind} is-${count[kind]++}`} /> {title}
        </li>
      ))}
    </ul>
  );
};

const Table = ({ chart: { title, label_title: labelTitle, labels, series } }) => (
  <div className="own-reading-table" role="region" aria-label={title} tabIndex={0}>
    <table className="ui very compact collapsing table unstackable">
      <thead>
        <tr>
          {labelTitle ? <th scope="col">{labelTitle}</th> : <td />}
          {series.map((each) => (
            <th key={each.title} scope="col" className="right aligned">
              {each.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, number) => (
          <tr key={`${label} ${number}`}>
            <th scope="row">{label}</th>
            {series.map((each) => (
              <td key={each.title} className="right aligned">
                <FormattedNumber value={each.values[number]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Chart = ({ chart }) => (
  <figure className="own-reading-chart">
    <figcaption>
      <strong>{chart.title}</strong>
    </figcaption>
    <Drawing chart={chart} />
    <Legend series={chart.series} />
    <details>
      <summary>
        <FormattedMessage
          id="clicktracker-figures-as-table"
          defaultMessage="The figures as a table"
        />
      </summary>
      <Table chart={chart} />
    </details>
  </figure>
);

export default Chart;
