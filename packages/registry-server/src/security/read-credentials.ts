/**
 * The token that a request carries: `Authorization: Bearer <token>`, or the password of
 * `Authorization: Basic`, whoever the user is said to be, because that is how MLflow's clients send
 * MLFLOW_TRACKING_PASSWORD.
 *
 * @returns undefined without such a header; an empty text for one that holds no token.
 */
export function readCredentials(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [, scheme = '', value = ''] = /^([A-Za-z]+) +([^ ]+) *$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return '';
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon === -1 ? '' : pair.slice(colon + 1);
}
