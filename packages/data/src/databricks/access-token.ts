/** Who asks. */
export type DatabricksCredentials =
  | { readonly token: string }
  /** OAuth of a service principal. */
  | { readonly clientId: string; readonly clientSecret: string };

/** What a token of OAuth is got with. */
export interface TokenExchange {
  /** Send the form; gives the server's answer. Throws coded errors. */
  readonly send: (form: URLSearchParams, authorization: string) => Promise<unknown>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Whether a text can stand in a header; fetch would repeat one that cannot in its error. */
export function isTokenText(text: unknown): text is string {
  return typeof text === 'string' && /^[\x21-\x7e]+$/.test(text);
}

const renewedBeforeMs = 60_000;
const defaultLifeSeconds = 3600;

/**
 * What gives a valid access token whenever one is needed. A token of OAuth is asked for once, kept,
 * and renewed a minute before its end; all that need one meanwhile wait for the same answer.
 */
export function createAccessToken(
  credentials: DatabricksCredentials,
  { send, now }: TokenExchange,
): () => Promise<string> {
  if ('token' in credentials) return async () => credentials.token;
  const { clientId, clientSecret } = credentials;
  let kept: { readonly token: string; readonly endsAt: number } | undefined;
  let pending: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'all-apis' });
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const answer = (await send(form, `Basic ${basic}`)) as {
      readonly access_token: string;
      readonly expires_in?: number;
    };
    const lifeMs = (answer.expires_in ?? defaultLifeSeconds) * 1000;
    kept = { token: answer.access_token, endsAt: now() + lifeMs - renewedBeforeMs };
    return kept.token;
  }

  return async () => {
    if (kept !== undefined && now() < kept.endsAt) return kept.token;
    pending ??= renew().finally(() => (pending = undefined));
    return pending;
  };
}
