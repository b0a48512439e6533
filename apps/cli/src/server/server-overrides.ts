import type { ServerOverrides } from '@gnu-mlops/app-runtime/server';
import type { PlaceOptions } from './server-place.ts';

/** What `server` takes on the command line, in place of the configuration. */
export interface ServerOptions extends PlaceOptions {
  readonly host?: string;
  readonly port?: number;
  readonly artifacts?: string;
  readonly requireToken?: true;
  readonly allowedHosts?: string[];
  readonly allowedOrigins?: string[];
  readonly cert?: string;
  readonly key?: string;
  readonly audit?: 'writes' | 'all' | 'off';
  readonly auditSync?: 'line' | 'second' | 'never';
  readonly rateLimit?: number;
  readonly maxUpload?: number;
}

/** The options as the settings that they stand in for. */
export function serverOverrides(options: ServerOptions): ServerOverrides {
  const { registry, state, host, port, artifacts, cert, key, audit } = options;
  return {
    ...{ registry, state, host, port, artifacts, audit },
    tls_cert: cert,
    tls_key: key,
    anonymous: options.requireToken ? 'nobody' : undefined,
    allowed_hosts: options.allowedHosts,
    allowed_origins: options.allowedOrigins,
    audit_sync: options.auditSync,
    rate_limit: options.rateLimit,
    max_upload_mb: options.maxUpload,
  };
}
