import { z } from 'zod';

const file = z.string().min(1);

/** How a registry is served to others. Paths are relative to the working directory. */
export const serverSection = z.strictObject({
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on; on any but loopback every request needs a token.'),
  port: z.int().min(0).max(65_535).default(5000).describe('Port to listen on; 0: any free one.'),
  registry: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'The registry that is served; left out: mlflow.tracking_uri. They differ where that names ' +
        'the server to its clients.',
    ),
  artifacts: file
    .exactOptional()
    .describe('Folder of the artifacts; left out: mlartifacts beside the database.'),
  state: file
    .exactOptional()
    .describe('Folder of tokens and audit log; left out: gnu-mlops-server beside the database.'),
  tls_cert: file.exactOptional().describe('Certificate in PEM form, to serve HTTPS; with tls_key.'),
  tls_key: file.exactOptional().describe('File of the key of the certificate, in PEM form.'),
  anonymous: z
    .enum(['loopback', 'nobody'])
    .default('loopback')
    .describe(
      'Who needs no token: whoever asks a server that only this machine reaches, or nobody.',
    ),
  allowed_hosts: z
    .array(z.string().min(1))
    .default([])
    .describe('Names that the server goes by, such as mlops.example.org or *.example.org.'),
  allowed_origins: z
    .array(z.string().min(1))
    .default([])
    .describe('Origins whose web pages may use the server, such as https://mlops.example.org.'),
  rate_limit: z
    .int()
    .min(0)
    .default(500)
    .describe('Requests a second for each token, ten times as many at once; 0: any number.'),
  max_upload_mb: z
    .int()
    .min(1)
    .exactOptional()
    .describe('Megabytes of the largest artifact that is taken; left out: any.'),
  audit: z
    .enum(['writes', 'all', 'off'])
    .default('writes')
    .describe('What goes to the audit log; what is refused goes there with either.'),
  audit_sync: z
    .enum(['second', 'line', 'never'])
    .default('second')
    .describe('When lines of the audit log are forced to the disk.'),
  log_level: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('The least level that gnu-mlops-api logs; requests are logged at info.'),
});
