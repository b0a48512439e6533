import { nearestName } from '../nearest-name.ts';
import { type SettingNode, childSetting } from './setting-node.ts';

/** Variables that other tools share, and the settings they set here. */
export const SHARED_VARIABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['MLFLOW_TRACKING_URI', ['mlflow', 'tracking_uri']],
  ['MLFLOW_EXPERIMENT_NAME', ['mlflow', 'gnu_mlflow_config']],
  ['DATABRICKS_HOST', ['databricks', 'host']],
  ['DATABRICKS_TOKEN', ['databricks', 'token']],
  ['DATABRICKS_CLIENT_ID', ['databricks', 'client_id']],
  ['DATABRICKS_CLIENT_SECRET', ['databricks', 'client_secret']],
  ['DATABRICKS_CATALOG', ['databricks', 'catalog']],
  ['DATABRICKS_SCHEMA', ['databricks', 'schema']],
  ['DATABRICKS_HTTP_PATH', ['databricks', 'http_path']],
  ['AWS_REGION', ['s3', 'region']],
  ['AWS_ENDPOINT_URL_S3', ['s3', 'endpoint']],
  ['AWS_ACCESS_KEY_ID', ['s3', 'access_key_id']],
  ['AWS_SECRET_ACCESS_KEY', ['s3', 'secret_access_key']],
  ['AWS_SESSION_TOKEN', ['s3', 'session_token']],
]);

/** What the variable of every setting starts with: `GNU_MLOPS_TRAINING_TEST_SIZE`. */
export const VARIABLE_PREFIX = 'GNU_MLOPS_';

/** The general variable of a setting, such as `GNU_MLOPS_TRAINING_TEST_SIZE`. */
export function variableOf(path: readonly string[]): string {
  return VARIABLE_PREFIX + path.join('_').toUpperCase();
}

/** The variable to recommend for a setting: the shared one where there is one. */
export function preferredVariable(path: readonly string[]): string {
  const key = path.join('.');
  const shared = [...SHARED_VARIABLES].find(([, setting]) => setting.join('.') === key);
  return shared?.[0] ?? variableOf(path);
}

/**
 * The setting that a general variable names, or why it names none.
 *
 * Underscores separate sections from keys and also occur within keys: the schema decides. What is
 * left of a variable below free-form settings is one key in lower case:
 * `GNU_MLOPS_MODEL_HYPERPARAMETERS_MAX_DEPTH`.
 *
 * @returns the path; or a hint where the variable starts with a section or is nearly a setting's;
 *   undefined where it looks like somebody else's.
 */
export function settingOfVariable(
  variable: string,
  root: SettingNode,
): { readonly path: readonly string[] } | { readonly hint: string } | undefined {
  const rest = variable.slice(VARIABLE_PREFIX.length).toLowerCase();
  const path = splitPath(rest, root);
  if (path !== undefined) return { path };
  const known = leafPaths(root).map(variableOf);
  const nearest = nearestName(
    rest,
    known.map((name) => name.slice(VARIABLE_PREFIX.length)),
  );
  if (nearest !== undefined) return { hint: `Did you mean ${VARIABLE_PREFIX}${nearest}?` };
  const section = Object.keys(root.properties!).find((name) => startsWithKey(rest, name));
  if (section === undefined) return undefined;
  const inSection = known.filter((name) => name.startsWith(`${variableOf([section])}_`));
  return { hint: `Those of its section are ${inSection.join(', ')}.` };
}

/** Every setting that is no section, free-form settings as one. */
export function leafPaths(node: SettingNode): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    child.properties === undefined ? [[key]] : leafPaths(child).map((path) => [key, ...path]),
  );
}

function splitPath(rest: string, node: SettingNode): string[] | undefined {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    if (rest === key) return [key];
    if (!startsWithKey(rest, key)) continue;
    const inner = splitPath(rest.slice(key.length + 1), child);
    if (inner !== undefined) return [key, ...inner];
  }
  const isFreeForm = node.properties === undefined && childSetting(node, rest) !== undefined;
  return isFreeForm && rest !== '' ? [rest] : undefined;
}

function startsWithKey(rest: string, key: string): boolean {
  return rest.startsWith(`${key}_`);
}
