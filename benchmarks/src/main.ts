import { parseArgs } from 'node:util';
import { boostingTraining } from './boosting-training.ts';
import { forestTraining } from './forest-training.ts';
import { formatRows } from './format-rows.ts';
import { quickStartTraining } from './quick-start-training.ts';
import { type ResultRow, summarise } from './summarise.ts';
import { writeResults } from './write-results.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
  },
});
const runs = Number(values.runs);
if (!Number.isSafeInteger(runs) || runs < 1) {
  console.error(`--runs is "${values.runs}"; it must be a whole number of at least 1.`);
  process.exit(2);
}

const settings = { runs, python: process.env['GNU_MLOPS_INTEROP_PYTHON'] };
const benchmarks = [
  quickStartTraining(1_000),
  quickStartTraining(5_000),
  ...forestTraining(),
  ...boostingTraining(),
];
const rows: ResultRow[] = [];
for (const benchmark of benchmarks.filter(({ name }) => name.includes(values.only))) {
  console.log(`\n${benchmark.name}\n${benchmark.measures}`);
  const outcome = await benchmark.run(settings);
  const summary = summarise(benchmark, outcome);
  rows.push(...summary);
  console.log(formatRows(summary));
  for (const note of outcome.notes) console.log(note);
}
console.log(
  `\nratio: median over that of the first line. Written to ${writeResults(rows, new Date())}`,
);
