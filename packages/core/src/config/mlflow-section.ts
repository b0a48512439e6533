import { z } from 'zod';

/** Where runs, models and artifacts are kept, and under which names. */
export const mlflowSection = z.strictObject({
  gnu_mlflow_config: z
    .string()
    .min(1)
    .default('gnu-mlops')
    .describe('Name of the experiment that runs are logged to. MLFLOW_EXPERIMENT_NAME.'),
  model_name: z
    .string()
    .regex(/^[^/:]{1,250}$/, 'a name of 1 to 250 characters without "/" and ":"')
    .default('gnu-mlops-model')
    .describe('Name under which model versions are registered.'),
  tracking_uri: z
    .string()
    .min(1)
    .default('sqlite:///mlflow.db')
    .describe(
      'The registry: sqlite:///relative.db or sqlite:////absolute.db, artifacts lie beside it; ' +
        'http(s)://host of gnu-mlops or MLflow; databricks or databricks-uc, with ://profile where ' +
        'a profile of ~/.databrickscfg is meant. MLFLOW_TRACKING_URI.',
    ),
});
