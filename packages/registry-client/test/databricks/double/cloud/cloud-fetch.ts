import { createNodeFetch } from '../../../../src/http/node-fetch.ts';

/** The header that says where a request should have gone. */
export const ORIGINAL_URL = 'x-original-url';

/** A `fetch` that reaches the double, and brings it what was meant for a cloud as well. */
export function cloudFetch({
  address,
  ca,
}: {
  readonly address: string;
  readonly ca: string;
}): typeof globalThis.fetch {
  const fetch = createNodeFetch({ ca });
  return (input, init = {}) => {
    const url = input as string;
    if (url.startsWith(`${address}/`)) return fetch(url, init);
    const headers = { ...(init.headers as Record<string, string>), [ORIGINAL_URL]: url };
    return fetch(`${address}/cloud`, { ...init, headers });
  };
}
