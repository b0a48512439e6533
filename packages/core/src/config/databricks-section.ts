import { z } from 'zod';
import { secretSetting } from './secret-setting.ts';

/** Where the Databricks workspace is and who asks. Only needed where Databricks is used. */
export const databricksSection = z.strictObject({
  host: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Workspace URL, such as https://dbc-1234.cloud.databricks.com. DATABRICKS_HOST.'),
  token: secretSetting(
    'Personal access token. Only from the environment: DATABRICKS_TOKEN.',
  ).exactOptional(),
  client_id: z
    .string()
    .min(1)
    .exactOptional()
    .describe('OAuth client of a service principal, instead of a token. DATABRICKS_CLIENT_ID.'),
  client_secret: secretSetting(
    'OAuth secret of the service principal. Only from the environment: DATABRICKS_CLIENT_SECRET.',
  ).exactOptional(),
  catalog: z
    .string()
    .min(1)
    .default('main')
    .describe('Unity Catalog that tables and models live in. DATABRICKS_CATALOG.'),
  schema: z
    .string()
    .min(1)
    .default('default')
    .describe('Schema within the catalog. DATABRICKS_SCHEMA.'),
  http_path: z
    .string()
    .min(1)
    .exactOptional()
    .describe('SQL warehouse that reads tables: /sql/1.0/warehouses/... DATABRICKS_HTTP_PATH.'),
  use_cloud_fetch: z
    .boolean()
    .default(true)
    .describe(
      "Whether large results may come from the cloud's storage (CloudFetch), which is faster; false where only the warehouse can be reached.",
    ),
});
