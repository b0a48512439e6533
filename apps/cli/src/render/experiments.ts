import type { Experiment } from '@gnu-mlops/registry-client';
import { formatTime } from './figures.ts';
import type { Style } from './style.ts';
import { formatPairs, formatTable } from './text-table.ts';

/** A table of experiments. */
export function formatExperimentList(experiments: readonly Experiment[], style: Style): string {
  if (experiments.length === 0) return 'No experiments.\n';
  return formatTable(
    [{ title: 'id' }, { title: 'name' }, { title: 'state' }, { title: 'updated' }],
    experiments.map((experiment) => [
      experiment.experimentId,
      experiment.name,
      experiment.lifecycleStage === 'deleted' ? style.warn('deleted') : 'active',
      formatTime(experiment.lastUpdateTime),
    ]),
    style,
  );
}

/** Everything about one experiment. */
export function formatExperiment(experiment: Experiment, style: Style): string {
  const tags = Object.entries(experiment.tags);
  const heading = formatPairs(
    [
      ['experiment', `${style.bold(experiment.name)} (${experiment.experimentId})`],
      ['state', experiment.lifecycleStage],
      ['created', formatTime(experiment.creationTime)],
      ['updated', formatTime(experiment.lastUpdateTime)],
      ['artifacts', experiment.artifactLocation],
    ],
    style,
  );
  return tags.length === 0
    ? heading
    : `${heading}\n${style.bold('Tags')}\n${formatPairs(tags, style)}`;
}
