import { type Route, route } from '../route.ts';

/** What newer clients ask before they use more than the basics. */
export const serverInfoRoutes: readonly Route[] = [
  route({ method: 'GET', path: '/mlflow/server-info', scope: 'read' }, {}, async () => ({
    store_type: null,
    workspaces_enabled: false,
    trace_archival_enabled: false,
    multipart_uploads_enabled: false,
    multipart_downloads_enabled: false,
    gnu_mlops_stages: true,
  })),
];
