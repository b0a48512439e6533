import { isIP } from 'node:net';

/** The name in a Host header, in lower case, without port and brackets; undefined for no name. */
export function hostNameOf(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:/?#@\s\\]+))(?::\d{1,5})?$/.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** Whether a name or address means this machine alone, wherever it is asked. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (isIP(name) === 4) return name.startsWith('127.');
  return isIP(name) === 6 && (name === '::1' || /^::ffff:127\./.test(name));
}

/**
 * Whether a host is among those allowed: equal, or below `*.example.org`; `*` allows all.
 *
 * @param host as {@link hostNameOf} gives it.
 */
export function isHostAllowed(host: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => {
    const pattern = entry.toLowerCase();
    if (pattern === '*' || pattern === host) return true;
    return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
  });
}
