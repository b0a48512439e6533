import type { RegisteredTuning } from '@gnu-mlops/pipeline';
import { formatMetric, formatQuantity } from './figures.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';
import { formatTraining } from './training.ts';

type Trial = RegisteredTuning['best'];

const shownTrials = 10;

/** What the next commands are told with. */
export interface TuningHints {
  /** What to type behind `gnu-mlops` to train with the best. */
  readonly toRegister: string;
  /** The configuration that was named. */
  readonly configFile?: string | undefined;
}

/** The best trials, how many ended how, and the model that was trained with the best. */
export function formatTuning(
  tuning: RegisteredTuning,
  style: Style,
  { toRegister, configFile }: TuningHints,
): string {
  const { trials, trained } = tuning;
  const ends = (['COMPLETE', 'PRUNED', 'FAIL'] as const)
    .map((state) => [trials.filter((trial) => trial.state === state).length, state] as const)
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${endings[state]}`);
  return [
    `${formatQuantity(trials.length, 'trial')}: ${ends.join(', ')}\n`,
    formatBestTrials(tuning, style),
    trained === undefined
      ? `Nothing was registered. To train with the best: gnu-mlops ${toRegister}\n`
      : `Trained with the hyperparameters of trial ${tuning.best.number + 1}.\n\n` +
        formatTraining(trained, style, configFile),
  ].join('\n');
}

const endings = { COMPLETE: 'completed', PRUNED: 'pruned', FAIL: 'failed' } as const;

function formatBestTrials(tuning: RegisteredTuning, style: Style): string {
  const { trials, metric, direction, best } = tuning;
  const sign = direction === 'maximize' ? -1 : 1;
  const ranked = trials
    .filter(({ state }) => state === 'COMPLETE')
    .toSorted((a, b) => sign * (a.value! - b.value!) || a.number - b.number)
    .slice(0, shownTrials);
  const names = Object.keys(best.hyperparameters);
  return formatTable(
    [
      { title: 'trial', align: 'right' },
      { title: metric, align: 'right' },
      ...names.map((title) => ({ title, align: 'right' as const })),
    ],
    ranked.map((trial) => [
      String(trial.number + 1),
      trial === best ? style.good(formatMetric(trial.value)) : formatMetric(trial.value),
      ...names.map((name) => formatValue(trial, name)),
    ]),
    style,
  );
}

function formatValue({ hyperparameters }: Trial, name: string): string {
  const value = hyperparameters[name];
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || Number.isInteger(value)) return JSON.stringify(value);
  return String(Number(value.toPrecision(4)));
}
