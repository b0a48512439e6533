import { type Authorization, basicAuthorization } from '../http/authorization.ts';
import { type Answer, type Sending, sendRequest } from '../http/send-request.ts';
import { RemoteAnswerError, RemoteDeniedError } from '../remote-errors.ts';

/** A service principal's id and secret. */
export interface ServicePrincipal {
  readonly clientId: string;
  readonly clientSecret: string;
}

const RENEWED_BEFORE_MS = 60_000;
const USUAL_LIFE_SECONDS = 3600;

/**
 * Tokens of OAuth for a service principal. One is asked for when it is first needed, kept, and
 * renewed a minute before its end or when the workspace does not accept it any more; all who need one
 * meanwhile wait for the same answer.
 */
export function principalAuthorization(
  { clientId, clientSecret }: ServicePrincipal,
  sending: Sending,
): Authorization {
  const { server, now } = sending;
  let kept: { readonly header: string; readonly endsAt: number } | undefined;
  let pending: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const askedAt = now();
    const answer = await sendRequest(
      {
        method: 'POST',
        url: `${server}/oidc/v1/token`,
        label: '/oidc/v1/token',
        headers: {
          authorization: basicAuthorization(clientId, clientSecret),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials&scope=all-apis',
        twice: 'harmless',
        answer: 'bytes',
      },
      sending,
    );
    const { status } = answer;
    // 400 is how OAuth says that it does not know the client.
    if (status === 400 || status === 401) throw new RemoteDeniedError(server, 401);
    if (status === 403) throw new RemoteDeniedError(server, 403);
    const { token, lifeSeconds } = readToken(answer, server);
    const header = `Bearer ${token}`;
    kept = { header, endsAt: askedAt + lifeSeconds * 1000 - RENEWED_BEFORE_MS };
    return header;
  }

  return {
    async header() {
      if (kept !== undefined && now() < kept.endsAt) return kept.header;
      pending ??= ask().finally(() => (pending = undefined));
      return pending;
    },
    renew(refused) {
      // Several requests may be refused with the same token: the first of them drops it.
      if (kept?.header === refused) kept = undefined;
      return 'renewed';
    },
  };
}

function readToken(
  { status, bytes }: Answer,
  server: string,
): { readonly token: string; readonly lifeSeconds: number } {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const { access_token: token, expires_in: life } = answer as {
      readonly access_token?: unknown;
      readonly expires_in?: unknown;
    };
    if (status < 300 && typeof token === 'string') {
      return { token, lifeSeconds: typeof life === 'number' ? life : USUAL_LIFE_SECONDS };
    }
  } catch {
    // No JSON: said below, without what came, which may be a token.
  }
  throw new RemoteAnswerError(server, `/oidc/v1/token gave no access token (status ${status}).`);
}
