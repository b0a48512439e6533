/**
 * The code of a standalone module, but for its data. What stands between `/*:` and `*\/` are types:
 * they become annotations in TypeScript and go away in JavaScript. It does what `createScorer` does
 * for one row, in the same order, so that scores have the same bits.
 */
export const moduleSource = String.raw`
/*! type Cell = string | number | null;
interface CategoryCodes {
  categories: Cell[];
  codes: number[];
  missing: number | string | null;
  unknown: number | string | null;
}
interface Operation {
  kind: string;
  value?: string | number;
  minimum?: number | null;
  maximum?: number | null;
  mean?: number;
  scale?: number;
  offset?: number;
  list?: number;
  code?: number;
  lambda?: number;
  edges?: number[];
  kept?: string[];
  label?: string;
  formula?: Formula;
}
interface Call {
  call: string;
  of: Formula[];
}
type Formula = number | Call | Data['features'][number];
interface Data {
  task: string;
  classes: string[];
  inputs: { name: string; type: string }[];
  features: { input: number; operations: Operation[] }[];
  lists: CategoryCodes[];
  estimator: Estimator;
  calibration: Calibration | null;
  threshold: { code: number; value: number } | null;
}
interface Sigmoid {
  slope: number;
  intercept: number;
}
interface Isotonic {
  scores: number[];
  probabilities: number[];
}
interface Calibration {
  method: string;
  maps: (Sigmoid | Isotonic)[];
}
interface Shared {
  link: string;
  outputCount: number;
}
interface Linear extends Shared {
  kind: 'linear';
  values: number[];
  base: number[];
}
interface Network extends Shared {
  kind: 'neural_network';
  activation: string;
  layerSizes: number[];
  values: number[];
  base: number[];
}
interface Trees extends Shared {
  kind: 'tree_ensemble';
  divisor: number;
  roots: number[];
  feature: number[];
  threshold: (number | string)[];
  left: number[];
  right: number[];
  missingLeft: number[];
  leaf: number[];
  values: number[];
  base: number[];
  setOf: number[];
  setStarts: number[];
  setWords: number[];
}
interface Ensemble extends Shared {
  kind: 'ensemble';
  members: Estimator[];
  weights?: number[];
  final?: Estimator;
  passthrough?: boolean;
}
type Estimator = Linear | Network | Trees | Ensemble;
export interface Prediction {
  prediction: string | number;
  probability?: number;
  probabilities?: number[];
} !*/

/** The class labels, in the order of the probabilities; empty for a model of numbers. */
export const classes/*: readonly string[]*/ = data.classes;

/** The columns that a row must have, and their types. */
export const inputs/*: readonly { name: string; type: string }[]*/ = data.inputs;

const codeMaps = data.lists.map(
  (list) => new Map(list.categories.map((category, i) => [category, list.codes[i]])),
);
/**
 * Predict one row: an object with the columns of inputs. A number where a number is expected, true
 * or false, text, a Date or milliseconds; null, undefined, NaN and blank text are missing.
 */
export function predict(row/*: { readonly [name: string]: unknown }*/)/*: Prediction*/ {
  const cells = inputs.map((input) => cellOf(row, input.name, input.type));
  const values = data.features.map((feature) => valueOf(cells, feature));
  const scores = score(data.estimator, values);
  if (scores.some((output) => !Number.isFinite(output))) {
    throw new RangeError('The row has no finite score: a value is missing, infinite or too large.');
  }
  if (data.task === 'regression') return { prediction: scores[0]/*!*/ };
  const outputs = data.calibration === null ? scores : calibrate(data.calibration, scores);
  const label = decide(outputs);
  return { prediction: classes[label]/*!*/, probability: outputs[label]/*!*/, probabilities: outputs };
}

function decide(outputs/*: number[]*/)/*: number*/ {
  if (data.threshold !== null) {
    const { code, value } = data.threshold;
    return outputs[code]/*!*/ >= value ? code : 1 - code;
  }
  let best = 0;
  for (let k = 1; k < outputs.length; k++) if (outputs[k]/*!*/ > outputs[best]/*!*/) best = k;
  return best;
}

function calibrate({ maps }/*: Calibration*/, scores/*: number[]*/)/*: number[]*/ {
  if (scores.length === 2) {
    const positive = calibrated(maps[0]/*!*/, scores[1]/*!*/);
    return [1 - positive, positive];
  }
  const mapped = scores.map((score, k) => calibrated(maps[k]/*!*/, score));
  const total = mapped.reduce((sum, share) => sum + share, 0);
  return mapped.map((share) => (total === 0 ? 1 / mapped.length : share / total));
}

function calibrated(map/*: Sigmoid | Isotonic*/, score/*: number*/)/*: number*/ {
  if ('slope' in map) {
    const logit = map.slope * score + map.intercept;
    const smaller = exponential(-Math.abs(logit));
    return (logit >= 0 ? 1 : smaller) / (1 + smaller);
  }
  const { scores, probabilities } = map;
  const last = scores.length - 1;
  if (score >= scores[last]/*!*/) return probabilities[last]/*!*/;
  if (score <= scores[0]/*!*/) return probabilities[0]/*!*/;
  let below = 0;
  let above = last;
  while (above - below > 1) {
    const middle = (below + above) >>> 1;
    if (scores[middle]/*!*/ <= score) below = middle;
    else above = middle;
  }
  const rise = probabilities[above]/*!*/ - probabilities[below]/*!*/;
  const share = (score - scores[below]/*!*/) / (scores[above]/*!*/ - scores[below]/*!*/);
  return probabilities[below]/*!*/ + rise * share;
}

function cellOf(row/*: { readonly [name: string]: unknown }*/, name/*: string*/, type/*: string*/)/*: Cell*/ {
  if (!Object.hasOwn(row, name)) throw new TypeError('The row has no column ' + JSON.stringify(name) + '.');
  const value = row[name];
  if (type === 'string') {
    if (value === null || value === undefined || Number.isNaN(value)) return null;
    if (typeof value === 'string') return value.trim() === '' ? null : value;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  } else {
    if (value === null || value === undefined) return NaN;
    if (type === 'boolean' && typeof value === 'boolean') return Number(value);
    if (type === 'datetime' && value instanceof Date) return value.getTime();
    if (typeof value === 'number' && (type !== 'boolean' || value === 0 || value === 1 || Number.isNaN(value))) return value;
  }
  throw new TypeError('The column ' + JSON.stringify(name) + ' holds a value that is no ' + type + '.');
}

function isMissing(cell/*: Cell | undefined*/) {
  return cell === null || cell === undefined || Number.isNaN(cell);
}

function valueOf(cells/*: Cell[]*/, feature/*: Data['features'][number]*/)/*: number*/ {
  let cell/*: Cell*/ = cells[feature.input] ?? null;
  for (const operation of feature.operations) {
    cell =
      operation.kind === 'derive'
        ? compute(cells, operation.formula/*!*/)
        : operate(cell, operation, feature.input);
  }
  return Number(cell);
}

function compute(cells/*: Cell[]*/, formula/*: Formula*/)/*: number*/ {
  if (typeof formula === 'number') return formula;
  if (!('call' in formula)) return valueOf(cells, formula);
  const { call, of } = formula;
  const args = of.map((part) => compute(cells, part));
  const first = args[0]/*!*/;
  if (call === 'coalesce') return args.reduce((filled, next) => (Number.isNaN(filled) ? next : filled));
  if (call === 'if') return Number.isNaN(first) ? NaN : first === 0 ? args[2]/*!*/ : args[1]/*!*/;
  if (args.length === 1) return Number.isNaN(first) ? NaN : finite(apply(call, first, first));
  return args.reduce((a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : finite(apply(call, a, b))));
}

function finite(result/*: number*/)/*: number*/ {
  return Number.isFinite(result) ? result : NaN;
}

function apply(call/*: string*/, a/*: number*/, b/*: number*/)/*: number*/ {
  switch (call) {
    case 'add': return a + b;
    case 'subtract': return a - b;
    case 'multiply': return a * b;
    case 'divide': return a / b;
    case 'power': return a ** b;
    case 'negate': return -a;
    case 'abs': return Math.abs(a);
    case 'min': return Math.min(a, b);
    case 'max': return Math.max(a, b);
    case 'exp': return Math.exp(a);
    case 'log': return Math.log(a);
    case 'log1p': return Math.log1p(a);
    case 'sqrt': return Math.sqrt(a);
    case 'floor': return Math.floor(a);
    case 'ceil': return Math.ceil(a);
    case 'equal': return a === b ? 1 : 0;
    case 'unequal': return a === b ? 0 : 1;
    case 'larger': return a > b ? 1 : 0;
    case 'larger_or_equal': return a >= b ? 1 : 0;
    case 'smaller': return a < b ? 1 : 0;
    case 'smaller_or_equal': return a <= b ? 1 : 0;
    case 'and': return a !== 0 && b !== 0 ? 1 : 0;
    case 'or': return a !== 0 || b !== 0 ? 1 : 0;
    default: return a === 0 ? 1 : 0;
  }
}

function power(value/*: number*/, lambda/*: number*/)/*: number*/ {
  const of = value >= 0 ? lambda : 2 - lambda;
  const log = Math.log1p(Math.abs(value));
  const result = of === 0 ? log : Math.expm1(log * of) / of;
  return value >= 0 ? result : -result;
}

function operate(cell/*: Cell*/, operation/*: Operation*/, input/*: number*/)/*: Cell*/ {
  switch (operation.kind) {
    case 'fill':
      return isMissing(cell) ? operation.value/*!*/ : cell;
    case 'is_missing':
      return isMissing(cell) ? 1 : 0;
    case 'clip':
      return Math.min(Math.max(Number(cell), operation.minimum ?? -Infinity), operation.maximum ?? Infinity);
    case 'log1p':
      return Number(cell) <= -1 ? NaN : Math.log1p(Number(cell));
    case 'standardize':
      return (Number(cell) - operation.mean/*!*/) / operation.scale/*!*/;
    case 'scale':
      return Number(cell) * operation.scale/*!*/ + operation.offset/*!*/;
    case 'log':
      return Number(cell) <= 0 ? NaN : Math.log(Number(cell));
    case 'power':
      return power(Number(cell), operation.lambda/*!*/);
    case 'bin':
      return isMissing(cell) ? NaN : operation.edges/*!*/.filter((edge) => edge <= Number(cell)).length;
    case 'is':
      return cell === operation.value ? 1 : 0;
    case 'group':
      return isMissing(cell) || operation.kept/*!*/.includes(String(cell)) ? cell : operation.label/*!*/;
    case 'code':
      return codeOf(cell, operation.list/*!*/, input);
    default:
      return codeOf(cell, operation.list/*!*/, input) === operation.code ? 1 : 0;
  }
}

function codeOf(cell/*: Cell*/, list/*: number*/, input/*: number*/)/*: number*/ {
  const { missing, unknown } = data.lists[list]/*!*/;
  const known = isMissing(cell) ? missing : codeMaps[list]/*!*/.get(cell);
  const code = known === undefined ? unknown : known;
  if (code === 'error') {
    throw new RangeError('The column ' + JSON.stringify(inputs[input]/*!*/.name) + ' holds a category that is not known.');
  }
  return code === null ? NaN : Number(code);
}

function score(estimator/*: Estimator*/, values/*: number[]*/)/*: number[]*/ {
  switch (estimator.kind) {
    case 'ensemble':
      return combine(estimator, values);
    case 'linear':
      return applyLink(estimator, linearScores(estimator, values));
    case 'neural_network':
      return applyLink(estimator, networkScores(estimator, values));
    default:
      return applyLink(estimator, treeScores(estimator, values));
  }
}

function combine({ members, outputCount, weights, final, passthrough }/*: Ensemble*/, values/*: number[]*/)/*: number[]*/ {
  const outputs = members.map((member) => score(member, values));
  if (final !== undefined) {
    const stacked = outputs.flatMap((own) => (own.length === 2 ? own.slice(1) : own));
    return score(final, passthrough === true ? [...stacked, ...values] : stacked);
  }
  const mean/*: number[]*/ = new Array(outputCount).fill(0);
  outputs.forEach((own, m) => own.forEach((output, k) => (mean[k]/*!*/ += weights/*!*/[m]/*!*/ * output)));
  return mean;
}

function linearScores({ values, base }/*: Linear*/, inputs/*: number[]*/)/*: number[]*/ {
  return base.map((intercept, k) =>
    inputs.reduce((sum, input, i) => sum + input * values[k * inputs.length + i]/*!*/, intercept),
  );
}

function networkScores({ layerSizes, values, base, activation }/*: Network*/, features/*: number[]*/)/*: number[]*/ {
  let inputs = features;
  let valueStart = 0;
  let baseStart = 0;
  for (let layer = 1; layer < layerSizes.length; layer++) {
    const width = layerSizes[layer]/*!*/;
    const sums = base.slice(baseStart, baseStart + width).map((bias, unit) =>
      inputs.reduce((sum, input, i) => sum + input * values[valueStart + i * width + unit]/*!*/, bias),
    );
    valueStart += inputs.length * width;
    baseStart += width;
    inputs = layer === layerSizes.length - 1 ? sums : sums.map((sum) => activate(activation, sum));
  }
  return inputs;
}

function activate(activation/*: string*/, sum/*: number*/)/*: number*/ {
  if (activation === 'relu') return sum <= 0 ? 0 : sum;
  if (activation === 'identity') return sum;
  if (activation === 'tanh') {
    const smaller = exponential(-2 * Math.abs(sum));
    const magnitude = (1 - smaller) / (1 + smaller);
    return sum < 0 ? -magnitude : magnitude;
  }
  const smaller = exponential(-Math.abs(sum));
  return sum < 0 ? smaller / (1 + smaller) : 1 / (1 + smaller);
}

function treeScores(trees/*: Trees*/, values/*: number[]*/)/*: number[]*/ {
  const { outputCount, divisor, roots, leaf, base } = trees;
  const raw = base.map(() => 0);
  for (const root of roots) {
    const start = leaf[leafReached(trees, root, values)]/*!*/ * outputCount;
    for (let k = 0; k < outputCount; k++) raw[k]/*!*/ += trees.values[start + k]/*!*/;
  }
  return raw.map((sum, k) => sum / divisor + base[k]/*!*/);
}

function leafReached(trees/*: Trees*/, root/*: number*/, values/*: number[]*/)/*: number*/ {
  const { feature, threshold, left, right, missingLeft, setOf } = trees;
  let node = root;
  while (feature[node]/*!*/ >= 0) {
    const value = values[feature[node]/*!*/]/*!*/;
    const set = setOf[node] ?? -1;
    const goesLeft = Number.isNaN(value)
      ? missingLeft[node] === 1
      : set < 0
        ? value <= Number(threshold[node])
        : isInSet(trees, set, value);
    node = (goesLeft ? left[node] : right[node])/*!*/;
  }
  return node;
}

function isInSet({ setStarts, setWords }/*: Trees*/, set/*: number*/, value/*: number*/) {
  const start = setStarts[set]/*!*/;
  const size = (setStarts[set + 1]/*!*/ - start) * 32;
  if (size === 0 || !(value > -1 && value < size)) return false;
  const category = Math.trunc(value);
  return ((setWords[start + (category >>> 5)]/*!*/ >>> (category & 31)) & 1) === 1;
}

function applyLink({ link }/*: Shared*/, raw/*: number[]*/)/*: number[]*/ {
  if (link === 'identity') return raw;
  if (link === 'exponential') return raw.map(exponential);
  if (link === 'logistic') {
    const smaller = exponential(-Math.abs(raw[0]/*!*/));
    const likely = 1 / (1 + smaller);
    const unlikely = smaller / (1 + smaller);
    return raw[0]/*!*/ >= 0 ? [unlikely, likely] : [likely, unlikely];
  }
  const largest = raw.reduce((most, score) => Math.max(most, score));
  const weights = raw.map((score) => exponential(score - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** e to the power of x, with the same bits on every engine, which Math.exp has not. */
function exponential(x/*: number*/)/*: number*/ {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const power = Math.round(x * 1.4426950408889634);
  const rest = x - power * 0.6931471803691238 - power * 1.9082149292705877e-10;
  let sum = 1 / 6227020800;
  for (const factorial of [479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6]) {
    sum = sum * rest + 1 / factorial;
  }
  sum = sum * rest + 0.5;
  let scaled = 1 + (rest + rest * rest * sum);
  let left = power;
  for (; left > 512; left -= 512) scaled *= 2 ** 512;
  for (; left < -512; left += 512) scaled *= 2 ** -512;
  let factor = 1;
  let base = left < 0 ? 0.5 : 2;
  for (let bits = Math.abs(left); bits > 0; bits >>= 1) {
    if (bits & 1) factor *= base;
    base *= base;
  }
  return scaled * factor;
}
`;
