import type {
  DataSummary,
  NextAction,
  PredictionExample,
  QuickstartEvent,
  QuickstartResult,
  QuickstartStep,
  StageOutcome,
  TrainingSummary,
} from '@gnu-mlops/pipeline';
import { relative } from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { formatBatchReport } from './batch-report.ts';
import { formatVerdicts } from './deployment.ts';
import { formatConfusionMatrix, formatMetrics } from './evaluation.ts';
import { formatDuration, formatQuantity } from './figures.ts';
import { formatFindings } from './findings.ts';
import { stageText } from './models.ts';
import { formatPredictions } from './predictions.ts';
import { formatProfile } from './profile.ts';
import { shellWord } from './shell-word.ts';
import type { Style } from './style.ts';
import { formatPairs } from './text-table.ts';
import { formatImportances } from './training.ts';

const stepTitles: Record<QuickstartStep, string> = {
  data: '1  The table',
  train: '2  Training',
  record: '3  The run on record',
  promote: '4  Through the gates',
  predict: '5  Predictions',
  batch: '6  Waiting files',
  summary: '7  Done',
};

const exampleTitles: Record<PredictionExample['form'], string> = {
  object: 'one row, as an object',
  array_of_objects: 'three rows, as an array of objects',
  columns_and_data: 'the same rows, as arrays with column names',
};

/** Tells a quick start while it runs, and sums it up at the end. */
export interface QuickstartReporter {
  readonly listener: (event: QuickstartEvent) => void;
  readonly summary: (result: QuickstartResult) => string;
}

/** Where a quick start was typed, and under which name its model is kept: to say what to type next. */
export interface QuickstartPlace {
  /** The person's folder; the terminal's is the one that everything is made in. */
  readonly startedIn: string;
  readonly modelName: string;
  readonly isConfiguredName: boolean;
}

export function createQuickstartReporter(
  context: CommandContext,
  place: QuickstartPlace,
): QuickstartReporter {
  const { style, terminal } = context;

  function listener(event: QuickstartEvent): void {
    if (event.type === 'progress') return context.onProgress(event.progress);
    const text = formatEvent(event, style);
    if (text !== '') context.print(text);
  }
  function summary(result: QuickstartResult): string {
    const made = result.summary.made.map(
      ({ what, where }) => [what, shorten(where, place.startedIn)] as const,
    );
    const isScript = terminal.env['npm_lifecycle_event'] !== undefined;
    const command = isScript ? 'npm run gnu-mlops --' : 'gnu-mlops';
    const next = result.summary.next.map(
      (action) => [commandOf(action, { result, place, command }), nextWords[action]] as const,
    );
    if (!isScript && place.startedIn !== terminal.cwd) {
      next.unshift([
        `cd ${shellWord(shorten(terminal.cwd, place.startedIn))}`,
        'where all this is',
      ]);
    }
    return [
      `${headline(result, style)}\n`,
      formatPairs(made, style),
      `${style.bold('What to type next')}\n${next
        .map(([line, words]) => `  ${style.accent(line)}\n      ${style.dim(words)}\n`)
        .join('')}`,
    ].join('\n');
  }
  return { listener, summary };
}

function formatEvent(event: QuickstartEvent, style: Style): string {
  switch (event.type) {
    case 'step':
      return `\n${style.bold(stepTitles[event.step])}\n\n`;
    case 'data':
      return formatData(event.data, style);
    case 'findings':
      return event.findings.length === 0
        ? `\n${style.good('checks')}  nothing wrong\n`
        : `\n${formatFindings(event.findings, style)}`;
    case 'split':
      return `${formatQuantity(event.rows.train, 'row')} to train, ${formatQuantity(event.rows.test, 'row')} held out\n\n`;
    case 'evaluation':
      return formatEvaluation(event.training, style);
    case 'run':
      return formatPairs(
        [
          ['run', `${event.run.runName} (${event.run.runId})`],
          ['experiment', event.run.experimentName],
        ],
        style,
      );
    case 'version':
      return `${style.good('registered')}  ${event.version.modelName} version ${event.version.version}\n`;
    case 'stage':
      return formatStage(event.outcome, style);
    case 'serving':
      return 'reason' in event.serving
        ? `${style.warn('No model answers')}: ${event.serving.reason}.\n`
        : `Version ${event.serving.version} in ${stageText(event.serving.stage, style)} answers.\n`;
    case 'prediction':
      return formatExample(event.example, style);
    case 'waiting_files':
      return `${formatQuantity(event.paths.length, 'file')} put where files wait.\n\n`;
    case 'batch':
      return formatBatchReport(event.report, style);
    case 'folds':
    case 'progress':
    case 'summary':
      return '';
  }
}

function formatData(data: DataSummary, style: Style): string {
  const origins = { made: 'made just now', found: 'made earlier', given: 'yours' };
  const heading = formatPairs(
    [
      ['file', `${data.name} (${origins[data.origin]})`],
      ['target', `${data.target} (${data.task})`],
      ['digest', data.digest],
    ],
    style,
  );
  const skipped =
    data.skippedRowCount === 0
      ? ''
      : style.warn(`${formatQuantity(data.skippedRowCount, 'ragged row')} left out\n`);
  return `${heading}${skipped}\n${formatProfile(data.profile, style)}`;
}

function formatEvaluation(training: TrainingSummary, style: Style): string {
  const { crossValidation, fit } = training.durationsMs;
  return [
    formatMetrics(training, style),
    formatConfusionMatrix(training.evaluation, style),
    formatImportances(training.featureImportances, style),
    `${training.algorithm}, seed ${training.seed}: cross-validation ${formatDuration(crossValidation)}, fit ${formatDuration(fit)}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function formatStage(outcome: StageOutcome, style: Style): string {
  const words = {
    promoted: style.good('in'),
    refused: style.bad('refused'),
    not_tried: 'not tried',
  };
  const archived =
    outcome.displacedVersion === null ? '' : `, version ${outcome.displacedVersion} archived`;
  const why = outcome.status === 'promoted' ? '' : `  ${outcome.message}\n`;
  return `${stageText(outcome.stage, style)}: version ${outcome.version} ${words[outcome.status]}${archived}\n${formatVerdicts(outcome.verdicts, style)}${why}`;
}

function formatExample({ form, predictions, actual }: PredictionExample, style: Style): string {
  const truth = style.dim(`actual: ${actual.map((value) => String(value)).join(', ')}`);
  return `\n${exampleTitles[form]}\n${formatPredictions(predictions, style)}${truth}\n`;
}

function headline(
  { version, staging, production, durationMs }: QuickstartResult,
  style: Style,
): string {
  const name = `${version.modelName} version ${version.version}`;
  const took = `in ${formatDuration(durationMs)}`;
  if (production.status === 'promoted') {
    return `${style.good(`${name} is in production`)}, ${took}.`;
  }
  const where =
    staging.status === 'promoted' ? 'is in Staging, but not in production' : 'was refused';
  return `${style.warn(`${name} ${where}`)}, ${took}. The figures above say why.`;
}

const nextWords: Record<NextAction, string> = {
  predict: 'a prediction; --help shows the other forms of input',
  score_files: 'put CSV files into the input folder first',
  show_deployment: 'what is where, since when, how good, and what a rollback would do',
  compare_runs: 'every run of the experiment; then: runs compare <run-id> <run-id>',
  improve_model: 'other hyperparameters, until the gates are met',
  use_own_data: 'the same with your own table',
};

/** What a command that a person is to type is made of. */
interface CommandFacts {
  readonly result: QuickstartResult;
  readonly place: QuickstartPlace;
  readonly command: string;
}

function commandOf(action: NextAction, { result, place, command }: CommandFacts): string {
  const model = place.isConfiguredName ? '' : ` --model ${shellWord(place.modelName)}`;
  switch (action) {
    case 'predict': {
      const row = JSON.stringify(result.predictions[0]?.input ?? {});
      return `${command} predict${model} --row ${shellWord(row)}`;
    }
    case 'score_files':
      return `${command} batch run${model}`;
    case 'show_deployment':
      return `${command} deploy info${model}`;
    case 'compare_runs':
      return `${command} runs list --experiment ${shellWord(result.run.experimentName)}`;
    case 'improve_model':
      return improvement({ result, place, command });
    case 'use_own_data':
      return `${command} quickstart --data <file> --target <column>`;
  }
}

/** A training on the same table, for the same model, with a larger forest or what a search finds. */
function improvement({ result, place, command }: CommandFacts): string {
  const { data, training } = result;
  const name = place.isConfiguredName
    ? ''
    : `GNU_MLOPS_MLFLOW_MODEL_NAME=${shellWord(place.modelName)} `;
  const table = `--data ${shellWord(data.uri)} --target ${shellWord(data.target)}`;
  return training.algorithm === 'random_forest'
    ? `${name}${command} train ${table} -p n_estimators=300 -p max_depth=16`
    : `${name}${command} tune ${table}`;
}

function shorten(where: string, cwd: string): string {
  const path = where.replace(/^file:\/\//, '');
  return path.startsWith(cwd) ? relative(cwd, path) : where;
}
