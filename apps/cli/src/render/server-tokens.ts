import { type IssuedToken, type TokenRecord, tokenStatus } from '@gnu-mlops/registry-server';
import { type Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** A token without its hash, for a program. */
export function plainToken({ hash: _, ...token }: TokenRecord, at: number): object {
  return { ...token, status: tokenStatus(token as TokenRecord, at) };
}

/** Every token in a line. @param at milliseconds since the epoch. */
export function formatTokens(tokens: readonly TokenRecord[], at: number, style: Style): string {
  if (tokens.length === 0) return 'No tokens. Create one: gnu-mlops server tokens create.\n';
  const columns = ['id', 'name', 'scope', 'status', 'created', 'expires'];
  const rows = tokens.map((token) => {
    const status = tokenStatus(token, at);
    return [
      token.id,
      token.name,
      token.scope,
      status === 'valid' ? style.good(status) : style.dim(status),
      formatDay(token.createdAt),
      token.expiresAt === null ? 'never' : formatDay(token.expiresAt),
    ];
  });
  return formatTable(
    columns.map((title) => ({ title })),
    rows,
    style,
  );
}

/** What is said of a new token; there is no other time to see it. */
export function formatIssued({ token, text }: IssuedToken, style: Style): string {
  const until =
    token.expiresAt === null ? 'until it is revoked' : `to ${formatTime(token.expiresAt)}`;
  return [
    `Token ${token.id} (${token.name}) of scope ${token.scope}, valid ${until}; shown this once:\n\n`,
    `  ${style.bold(text)}\n`,
  ].join('');
}

function formatDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
