// Reduces Natural Earth (npm: world-atlas, public domain data, ISC package) to what the map draws:
// `npm ci && npm run worldmap` writes kernel/web/pictures/world.json. Same input, same bytes.
import fs from "node:fs";
import * as d3 from "d3-geo";
import { feature, merge } from "topojson-client";

const OUT = new URL("../kernel/web/pictures/world.json", import.meta.url);
const WIDTH = 960;
const HEIGHT = 440;
const ANTARCTICA = "010";

// Areas that Natural Earth keeps apart, by the ISO 3166-1 numeric code of the state they are drawn with.
// Networks approve this list; the map prints a disclaimer on boundaries.
const DRAWN_WITH = {
  "N. Cyprus": "196",
  "Dhekelia": "196",
  "Akrotiri": "196",
  "Cyprus U.N. Buffer Zone": "196",
  "Somaliland": "706",
  "Kosovo": "688",
};

// Small and scattered states get a dot on their capital: [longitude, latitude] in degrees.
const CAPITALS = {
  "028": [-61.85, 17.12], "044": [-77.35, 25.06], "052": [-59.62, 13.1], "084": [-88.77, 17.25],
  "212": [-61.39, 15.3], "308": [-61.75, 12.05], "659": [-62.72, 17.3], "662": [-61.0, 14.01],
  "670": [-61.23, 13.16], "780": [-61.52, 10.65], "388": [-76.79, 17.97], "242": [178.44, -18.14],
  "296": [173.03, 1.45], "520": [166.92, -0.55], "882": [-171.77, -13.83], "090": [159.95, -9.43],
  "776": [-175.2, -21.14], "798": [179.2, -8.52], "548": [168.32, -17.73], "690": [55.45, -4.62],
  "480": [57.5, -20.16], "462": [73.51, 4.18], "470": [14.51, 35.9], "196": [33.37, 35.17],
  "702": [103.85, 1.29], "096": [114.94, 4.94], "270": [-16.58, 13.45], "426": [27.48, -29.31],
  "748": [31.13, -26.32], "646": [30.06, -1.94],
};

// Below this area, in steradians (about 20 000 km²), a country is too small to find without a dot.
const SMALL = 5e-4;

const load = (scale) =>
  JSON.parse(fs.readFileSync(new URL(`../node_modules/world-atlas/countries-${scale}.json`, import.meta.url)));
const atlas = { coarse: load("110m"), middle: load("50m"), fine: load("10m") };

const codeOf = (geometry) => DRAWN_WITH[geometry.properties.name] ?? geometry.id;

function byCountry(topology) {
  const groups = new Map();
  for (const geometry of topology.objects.countries.geometries) {
    const code = codeOf(geometry);
    if (code && code !== ANTARCTICA) groups.set(code, [...(groups.get(code) ?? []), geometry]);
  }
  return groups;
}

// Absolute "M1,2L3,4Z" to relative whole-pixel steps "M1 2l2 2z", without steps of nothing and without
// rings smaller than `least` square pixels: a third of the size.
function compact(path, least) {
  return (path ?? "")
    .split("M")
    .slice(1)
    .map((ring) => ring.replace("Z", "").split("L").map((pair) => pair.split(",").map(Number)))
    .filter((ring) => Math.abs(area(ring)) >= least)
    .map(steps)
    .join("");
}

const area = (ring) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

function steps(ring) {
  let [x, y] = ring[0];
  let text = `M${x} ${y}l`;
  for (const [nextX, nextY] of ring.slice(1)) {
    if (nextX === x && nextY === y) continue;
    for (const step of [nextX - x, nextY - y]) text += step < 0 || text.endsWith("l") ? step : ` ${step}`;
    [x, y] = [nextX, nextY];
  }
  return text + "z";
}

const rounded = (point) => point.map((value) => Math.round(value * 10) / 10);

const world = d3.geoEqualEarth().rotate([-11, 0]).scale(172).translate([WIDTH / 2 - 5, HEIGHT / 2 + 32]);
const draw = d3.geoPath(world).digits(0);

function shapes() {
  const paths = {};
  for (const [code, geometries] of byCountry(atlas.coarse)) {
    const path = compact(draw(merge(atlas.coarse, geometries)), 2);
    if (path) paths[code] = path;
  }
  return paths;
}

function largestPart(shape) {
  const polygons = shape.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return polygons.reduce((best, part) => (d3.geoArea(part) > d3.geoArea(best) ? part : best));
}

function places() {
  const found = {};
  for (const [code, geometries] of byCountry(atlas.fine)) {
    const shape = merge(atlas.fine, geometries);
    const at = CAPITALS[code] ?? d3.geoCentroid(largestPart(shape));
    found[code] = { at, small: d3.geoArea(shape) < SMALL || code in CAPITALS };
  }
  return found;
}

function inset(all, topology, { rotate, scale, width, height }) {
  const projection = d3.geoEquirectangular().rotate(rotate).scale(scale).translate([width / 2, height / 2])
    .clipExtent([[0, 0], [width, height]]);
  const path = d3.geoPath(projection).digits(0);
  const shapes = [...byCountry(topology).values()].map((parts) => compact(path(merge(topology, parts)), 1));
  const whole = compact(`M0,0L${width},0L${width},${height}L0,${height}Z`, 1).slice(0, 8);
  const land = shapes.filter((shape) => !shape.includes(whole)).join("");
  const points = {};
  for (const [code, { at, small }] of Object.entries(all)) {
    const point = projection(at);
    const inside = point && point[0] > 5 && point[0] < width - 5 && point[1] > 5 && point[1] < height - 5;
    if (small && inside) points[code] = rounded(point);
  }
  return { width, height, land, points };
}

const all = places();
const codes = Object.keys(all).sort();
const result = {
  source: "Natural Earth by way of world-atlas 2.0.2; written by scripts/worldmap.mjs",
  width: WIDTH,
  height: HEIGHT,
  shapes: shapes(),
  points: Object.fromEntries(codes.map((code) => [code, rounded(world(all[code].at))])),
  small: codes.filter((code) => all[code].small),
  insets: {
    caribbean: inset(all, atlas.fine, { rotate: [58.8, -13.9], scale: 1450, width: 340, height: 280 }),
    pacific: inset(all, atlas.middle, { rotate: [-174, 10], scale: 330, width: 340, height: 280 }),
  },
};
fs.writeFileSync(OUT, JSON.stringify(result) + "\n");
console.log(`${fs.statSync(OUT).size} bytes, ${Object.keys(result.shapes).length} shapes, ${result.small.length} dots`);
for (const [name, { land, points }] of Object.entries(result.insets))
  console.log(name, land.length, Object.keys(points).join(" "));
