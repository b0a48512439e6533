import type { AddressedCall, KeptAddress } from './kept-address.ts';
import { sendParts } from './send-parts.ts';
import type { SignedAddress } from './signed-address.ts';
import type { Part } from './split-parts.ts';

const nothing = new Uint8Array();
const encoder = new TextEncoder();

/**
 * Write a blob in blocks, which become the blob when all of them are there.
 *
 * @see Azure Blob Storage, Put Block and Put Block List.
 */
export async function putBlocks(address: KeptAddress, parts: AsyncIterable<Part>): Promise<void> {
  const ids = await sendParts(parts, async ({ bytes }, number) => {
    const id = blockId(number);
    const query = `comp=block&blockid=${encodeURIComponent(id)}`;
    await address.ask((at) => ({ ...callTo(at, query), headers: blockHeaders(at), body: bytes }));
    return id;
  });
  const body = encoder.encode(blockList(ids));
  await address.ask((at) => ({ ...callTo(at, 'comp=blocklist'), body }));
}

/**
 * Write a file of Data Lake storage: it is made first, gets its bytes, and is told that they are all.
 *
 * @see Azure Data Lake Storage Gen2, Path Create and Path Update.
 */
export async function putDataLakeFile(
  address: KeptAddress,
  parts: AsyncIterable<Part>,
): Promise<void> {
  await address.ask((at) => ({ ...callTo(at, 'resource=file'), body: nothing }));
  const sizes = await sendParts(parts, async ({ bytes, offset }) => {
    const query = `action=append&position=${offset}`;
    if (bytes.length > 0) {
      await address.ask((at) => ({ ...callTo(at, query), method: 'PATCH', body: bytes }));
    }
    return bytes.length;
  });
  const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
  const query = `action=flush&position=${sizeBytes}`;
  await address.ask((at) => ({ ...callTo(at, query), method: 'PATCH', body: nothing }));
}

/** Ids of blocks, all of the same length, as the service demands. */
function blockId(number: number): string {
  return btoa(`part-${String(number).padStart(6, '0')}`);
}

/** The blocks that a blob consists of, in their order. */
function blockList(ids: readonly string[]): string {
  const blocks = ids.map((id) => `<Uncommitted>${id}</Uncommitted>`).join('');
  return `<?xml version="1.0" encoding="utf-8"?><BlockList>${blocks}</BlockList>`;
}

/** What describes a whole blob is refused by the operations on parts of it. */
function callTo({ url, headers }: SignedAddress, query: string): AddressedCall {
  const kept = Object.entries(headers).filter(([name]) => !/^x-ms-blob-/i.test(name));
  return { method: 'PUT', url: `${url}&${query}`, headers: Object.fromEntries(kept) };
}

function blockHeaders({ headers }: SignedAddress): { readonly [name: string]: string } {
  const isForBlocks = (name: string) =>
    !/^x-ms-/i.test(name) || /^x-ms-(date|version|lease-id|encryption-|client-)/i.test(name);
  const kept = Object.entries(headers).filter(([name]) => isForBlocks(name));
  return { ...Object.fromEntries(kept), 'x-ms-blob-type': 'BlockBlob' };
}
