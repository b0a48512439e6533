/** Environment variables by name. */
type Environment = Readonly<Record<string, string | undefined>>;

const credentials = [
  'MLFLOW_TRACKING_USERNAME',
  'MLFLOW_TRACKING_PASSWORD',
  'MLFLOW_TRACKING_TOKEN',
];

/**
 * Which registry is at one end of a copy, and what of the environment is for it. The credentials of
 * the configured server go to no other: a server that is named has those whose names end in `_FROM`
 * or `_TO`.
 */
export function registryEnd(
  configuredUri: string,
  env: Environment,
  { uri, end }: { readonly uri: string | undefined; readonly end: 'from' | 'to' },
): { readonly trackingUri: string; readonly env: Environment } {
  if (uri === undefined || uri === configuredUri) return { trackingUri: configuredUri, env };
  const own = credentials.map((name) => [name, env[`${name}_${end.toUpperCase()}`]]);
  return { trackingUri: uri, env: { ...env, ...Object.fromEntries(own) } };
}
