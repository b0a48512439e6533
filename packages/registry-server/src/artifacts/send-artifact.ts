import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ArtifactStream } from '@gnu-mlops/registry-client';
import { mediaType } from './media-type.ts';

/**
 * Answer with an artifact, piece by piece. Always as something to save, never to show: a page among
 * the artifacts must not run as a page of this server.
 */
export function sendArtifact(
  reply: FastifyReply,
  path: string,
  { content, sizeBytes }: ArtifactStream,
): FastifyReply {
  const name = path.slice(path.lastIndexOf('/') + 1);
  reply.header('content-type', mediaType(name));
  reply.header('content-disposition', `attachment; ${fileName(name)}`);
  reply.header('x-content-type-options', 'nosniff');
  if (sizeBytes !== undefined) reply.header('content-length', sizeBytes);
  return reply.send(Readable.from(content, { objectMode: false }));
}

/** RFC 6266: as it stands where every client can read that. */
function fileName(name: string): string {
  if (/^[\w.%+~-]+$/.test(name)) return `filename=${name}`;
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${exact}`;
}
