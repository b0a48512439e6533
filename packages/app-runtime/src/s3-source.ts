import {
  type FileSourceOptions,
  type S3ConnectionOptions,
  type TableSource,
  inferColumns,
  openS3Connection,
  s3TableSource,
} from '@gnu-mlops/data';

/** A table in S3 that connects when it is read and lets go of the connection afterwards. */
export function s3Source(
  connection: S3ConnectionOptions,
  uri: string,
  options: FileSourceOptions,
): TableSource {
  const name = uri.replace(/\/+$/, '').split('/').at(-1)!;
  return {
    name,
    uri,
    sourceType: 's3',
    async read(request) {
      const opened = await openS3Connection(connection);
      try {
        return await s3TableSource(opened, uri, options).read(request);
      } finally {
        opened.close();
      }
    },
    async inferColumns(request) {
      const opened = await openS3Connection(connection);
      try {
        return await inferColumns(s3TableSource(opened, uri, options), request);
      } finally {
        opened.close();
      }
    },
    async copyHere(signal) {
      const opened = await openS3Connection(connection);
      try {
        // Whatever lies in S3 is made of files.
        return await s3TableSource(opened, uri, options).copyHere!(signal);
      } finally {
        opened.close();
      }
    },
    async open(request) {
      const opened = await openS3Connection(connection);
      try {
        const stream = await s3TableSource(opened, uri, options).open(request);
        return {
          header: stream.header,
          skippedRows: stream.skippedRows,
          async close() {
            await stream.close();
            opened.close();
          },
          async *[Symbol.asyncIterator]() {
            try {
              yield* stream;
            } finally {
              opened.close();
            }
          },
        };
      } catch (error) {
        opened.close();
        throw error;
      }
    },
  };
}
