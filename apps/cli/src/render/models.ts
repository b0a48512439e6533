import type { ModelVersion, RegisteredModel } from '@gnu-mlops/registry-client';
import type { Stage } from '@gnu-mlops/core';
import { formatTime } from './figures.ts';
import type { Style } from './style.ts';
import { formatPairs, formatTable } from './text-table.ts';

/** A table of registered models. */
export function formatModelList(models: readonly RegisteredModel[], style: Style): string {
  if (models.length === 0) return 'No registered models. Train one: gnu-mlops train\n';
  return formatTable(
    [{ title: 'model' }, { title: 'production' }, { title: 'staging' }, { title: 'updated' }],
    models.map((model) => [
      model.name,
      versionText(model.aliases['production']),
      versionText(model.aliases['staging']),
      formatTime(model.lastUpdatedTime),
    ]),
    style,
  );
}

/** One registered model and its versions, newest first. */
export function formatModel(
  model: RegisteredModel,
  versions: readonly ModelVersion[],
  style: Style,
): string {
  const heading = formatPairs(
    [
      ['model', style.bold(model.name)],
      ['description', model.description || '-'],
      ['created', formatTime(model.creationTime)],
    ],
    style,
  );
  const newestFirst = [...versions].sort((a, b) => Number(b.version) - Number(a.version));
  const table = formatTable(
    [
      { title: 'version', align: 'right' },
      { title: 'stage' },
      { title: 'aliases' },
      { title: 'created' },
      { title: 'run id' },
    ],
    newestFirst.map((version) => [
      version.version,
      stageText(version.stage, style),
      version.aliases.join(', '),
      formatTime(version.creationTime),
      version.runId ?? '-',
    ]),
    style,
  );
  return `${heading}\n${table}`;
}

/** A stage in its colour. */
export function stageText(stage: Stage, style: Style): string {
  if (stage === 'GNU_Production') return style.good(stage);
  return stage === 'Staging' ? style.accent(stage) : style.dim(stage);
}

function versionText(version: string | undefined): string {
  return version === undefined ? '-' : `version ${version}`;
}
