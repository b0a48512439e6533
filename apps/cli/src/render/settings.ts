import { type ConfigSource, formatOrigin } from '@gnu-mlops/core/config';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** Every setting, its value, and where that comes from. Secrets are hidden already. */
export function formatSettings(sources: readonly ConfigSource[], style: Style): string {
  return formatTable(
    [{ title: 'setting' }, { title: 'value' }, { title: 'from' }],
    sources.map(({ path, value, origin }) => [
      path,
      typeof value === 'string' ? value : JSON.stringify(value),
      origin.kind === 'default' ? style.dim('default') : style.accent(formatOrigin(origin)),
    ]),
    style,
  );
}
