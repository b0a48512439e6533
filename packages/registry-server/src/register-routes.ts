import type { FastifyInstance } from 'fastify';
import { clientSignal } from './client-signal.ts';
import { EndpointNotFoundError, RequestInvalidError } from './errors.ts';
import type { Route } from './route.ts';
import { aliasRoutes } from './routes/aliases.ts';
import { artifactFileRoutes } from './routes/artifact-files.ts';
import { artifactListRoutes } from './routes/artifact-lists.ts';
import { datasetRoutes } from './routes/datasets.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { logModelRoutes } from './routes/log-model.ts';
import { loggedModelRoutes } from './routes/logged-models.ts';
import { metricsBulkRoutes } from './routes/metrics-bulk.ts';
import { metricsIntervalRoutes } from './routes/metrics-interval.ts';
import { metricRoutes } from './routes/metrics.ts';
import { modelVersionRoutes } from './routes/model-versions.ts';
import { pageFileRoutes, pageUploadRoute } from './routes/page-files.ts';
import { registeredModelRoutes } from './routes/registered-models.ts';
import { runDataRoutes } from './routes/run-data.ts';
import { runInputRoutes } from './routes/run-inputs.ts';
import { runRoutes } from './routes/runs.ts';
import { serverInfoRoutes } from './routes/server-info.ts';
import { stageRoutes } from './routes/stages.ts';
import { unsupportedRoutes } from './routes/unsupported.ts';
import type { SharedContext } from './server-context.ts';
import { parseJson } from './wire/read-request.ts';

/** Where clients look for the API, and where MLflow's web pages do. */
const PREFIXES = ['/api/2.0', '/api/3.0', '/ajax-api/2.0', '/ajax-api/3.0'];

/** Endpoints that take JSON. */
const jsonRoutes: readonly Route[] = [
  ...experimentRoutes,
  ...datasetRoutes,
  ...runRoutes,
  ...runDataRoutes,
  ...runInputRoutes,
  ...logModelRoutes,
  ...metricRoutes,
  ...metricsBulkRoutes,
  ...metricsIntervalRoutes,
  ...loggedModelRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...aliasRoutes,
  ...stageRoutes,
  ...artifactListRoutes,
  ...serverInfoRoutes,
  ...unsupportedRoutes,
];

/** Endpoints that take bytes, whatever their media type says. */
const byteRoutes: readonly Route[] = [...artifactFileRoutes, pageUploadRoute];

/** Serve every endpoint under every prefix, and say of everything else below them that it is none. */
export function registerRoutes(
  fastify: FastifyInstance,
  context: SharedContext,
  maxRequestBytes: number,
): void {
  fastify.register(async (json) => {
    takeJson(json);
    for (const prefix of PREFIXES) {
      for (const route of jsonRoutes) mount(json, context, { ...route, path: prefix + route.path });
      refuseOthers(json, prefix);
    }
  });
  fastify.register(async (bytes) => {
    takeBytes(bytes);
    for (const route of pageFileRoutes) mount(bytes, context, route);
    for (const prefix of PREFIXES) {
      for (const route of byteRoutes)
        mount(bytes, context, { ...route, path: prefix + route.path });
    }
  });

  function takeJson(scope: FastifyInstance): void {
    const options = { parseAs: 'string', bodyLimit: maxRequestBytes } as const;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      options,
      async (_request: unknown, body: string) => (body === '' ? undefined : parseJson(body)),
    );
    // A page of another site may send anything but JSON without being asked where it comes from.
    scope.addContentTypeParser('*', options, async (_request: unknown, body: string) => {
      if (body === '') return undefined;
      throw new RequestInvalidError(
        "Bad Request. Content-Type must be one of ['application/json'], which says that the body is JSON.",
      );
    });
  }
}

/** Hand on the body as the stream that it is. */
function takeBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
}

function mount(scope: FastifyInstance, context: SharedContext, route: Route): void {
  scope.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    config: { scope: route.scope },
    handler: (request, reply) =>
      route.answer({ ...context, signal: clientSignal(reply) }, request, reply),
  });
}

function refuseOthers(scope: FastifyInstance, prefix: string): void {
  scope.all(`${prefix}/*`, { config: { scope: 'read' } }, async ({ method, url }) => {
    throw new EndpointNotFoundError(method, url.split('?')[0]!);
  });
}
