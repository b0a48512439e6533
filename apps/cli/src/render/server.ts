import type { ServedFacts } from '@gnu-mlops/app-runtime/server';
import { formatPairs } from './text-table.ts';
import type { Style } from './style.ts';

/** The server's address, what it serves, and how to use it. */
export function formatServer(facts: ServedFacts, style: Style): string {
  const { url, registry, isNew, isTokenRequired, auditFolder } = facts;
  const pairs: [string, string][] = [
    ['Registry', `${registry}${isNew ? style.warn(' (new)') : ''}`],
    ['Access', isTokenRequired ? withToken(url, style) : 'this machine only, without a token'],
    ['Audit log', auditFolder ?? 'off'],
  ];
  return [
    `${style.good('Ready')}  ${style.bold(url)}\n\n`,
    formatPairs(pairs, style),
    `\nClients:  export MLFLOW_TRACKING_URI=${url}\n`,
    style.dim('Ctrl-C ends it.\n'),
  ].join('');
}

/** Whoever listens on the way can read a token that is not sent over HTTPS. */
function withToken(url: string, style: Style): string {
  if (url.startsWith('https:')) return 'with a token';
  return `with a token, ${style.warn('unencrypted')}: give --cert and --key, or put a proxy with HTTPS before it`;
}

/** The only time that a token is shown. */
export function formatFirstToken(text: string, style: Style): string {
  return [
    `Token of scope admin, shown this once:\n\n`,
    `  export MLFLOW_TRACKING_TOKEN=${style.bold(text)}\n\n`,
  ].join('');
}
