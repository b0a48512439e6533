import { parseArgs } from 'node:util';
import { boostingTraining } from './boosting-training.ts';
import { cloudForests } from './cloud-forest.ts';
import { csvReading } from './csv-reading.ts';
import { fileScoring } from './file-scoring.ts';
import { forestTraining } from './forest-training.ts';
import { formatRows } from './format-rows.ts';
import { linearTraining } from './linear-training.ts';
import { logisticTraining } from './logistic-training.ts';
import { networkTraining } from './network-training.ts';
import { quickStartTraining } from './quick-start-training.ts';
import { registryServing } from './registry-serving.ts';
import { scoring } from './scoring.ts';
import { recipeFitting } from './recipe-fitting.ts';
import { recipeMemory } from './recipe-memory.ts';
import { serverStart } from './server-start.ts';
import { type ResultRow, summarise } from './summarise.ts';
import { trainingMemory } from './training-memory.ts';
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

const settings = {
  runs,
  python: process.env['GNU_MLOPS_INTEROP_PYTHON'],
  pandas2Python: process.env['GNU_MLOPS_BENCH_PANDAS_2_PYTHON'],
  nodePeers: process.env['GNU_MLOPS_BENCH_NODE_PEERS'],
};
const benchmarks = [
  quickStartTraining(1_000),
  quickStartTraining(5_000),
  ...forestTraining(),
  ...cloudForests(),
  ...boostingTraining(),
  recipeFitting(1_000_000),
  recipeMemory(1_000_000),
  ...linearTraining(),
  logisticTraining(),
  ...networkTraining(),
  trainingMemory(),
  ...scoring(),
  ...csvReading(),
  ...fileScoring(),
  ...registryServing(),
  ...serverStart(),
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
