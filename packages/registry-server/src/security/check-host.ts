import { isIP } from 'node:net';
import { hostNameOf, isHostAllowed, isLoopbackHost } from './host-name.ts';
import type { Refusal } from './refusal.ts';

/**
 * Refuse a request that was sent to a name that this server does not go by: a web page whose own name
 * was made to point here (DNS rebinding) would otherwise be let in as if it came from this server.
 * An address in digits cannot be such a name.
 *
 * @param allowed names beside those of this machine; see {@link isHostAllowed}.
 */
export function checkHost(
  header: string | undefined,
  allowed: readonly string[],
): Refusal | undefined {
  const host = hostNameOf(header);
  if (host !== undefined) {
    if (isLoopbackHost(host) || isIP(host) !== 0 || isHostAllowed(host, allowed)) return undefined;
  }
  return {
    status: 403,
    errorCode: 'PERMISSION_DENIED',
    message: `This server does not go by the name ${JSON.stringify(host ?? '')}. If it should, start it with --allowed-hosts ${host ?? 'NAME'}, or name it in server.allowed_hosts.`,
  };
}
