import { REDACTED } from './secret.ts';

// Every repetition below is bounded or cannot overlap its neighbour, so that hostile text costs no more.
const userInfo = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@'"]+@/gi;
const authorization = /\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi;
const databricksToken = /\bdapi[0-9a-f]{16,}(?:-\d+)?\b/gi;
/** What a registry server of ours hands out. */
const serverToken = /\bgnu_mlops_[0-9a-f]{12}_[A-Za-z0-9_-]{43}/g;
const named =
  /\b([\w-]{0,40}(?:token|password|passwd|secret|api[_-]?key|access[_-]?key|signature))(["']?\s*[=:]\s*["']?)(?!\[redacted\])[^\s"'&,;]{4,}/gi;

/**
 * Hide what looks like a secret in a text that is about to be printed: user and password in a URI,
 * an Authorization value, a token of Databricks or of our own server,
 * `password=...` and its like.
 *
 * A net below the rule that no message carries a secret, not a licence to break it.
 */
export function redactText(text: string): string {
  return text
    .replace(userInfo, `$1${REDACTED}@`)
    .replace(authorization, `$1 ${REDACTED}`)
    .replace(databricksToken, REDACTED)
    .replace(serverToken, REDACTED)
    .replace(named, `$1$2${REDACTED}`);
}
