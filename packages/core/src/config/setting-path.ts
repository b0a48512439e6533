/** The way to a setting: keys, and positions within lists. */
export type SettingPath = readonly (string | number)[];

/** `deployment.thresholds.staging[0].metric`; the configuration itself for an empty path. */
export function formatSettingPath(path: SettingPath): string {
  if (path.length === 0) return 'the configuration';
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
