import { z } from 'zod';
import { metricThreshold } from './metric-threshold.ts';
import { servingStage } from './serving-stage.ts';

const explanation =
  'A metric of the other kind of task (r2 for a classifier) is passed over, so that one list can ' +
  'serve both; every other one must be reached. An empty list asks for nothing.';

/** What a version must measure to enter a stage, and how it is served there. */
export const deploymentSection = z.strictObject({
  model_stage: servingStage.describe('Stage whose version answers predictions.'),
  thresholds: z
    .strictObject({
      staging: z
        .array(metricThreshold)
        .prefault([
          { metric: 'accuracy', threshold: 0.7, direction: 'at_least' },
          { metric: 'r2', threshold: 0.5, direction: 'at_least' },
        ])
        .describe(`What a version must measure to enter Staging. ${explanation}`),
      production: z
        .array(metricThreshold)
        .prefault([
          { metric: 'accuracy', threshold: 0.8, direction: 'at_least' },
          { metric: 'r2', threshold: 0.6, direction: 'at_least' },
        ])
        .describe(`What a version must measure to enter GNU_Production. ${explanation}`),
    })
    .prefault({})
    .describe('Gates in front of the stages.'),
  endpoint_name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,63}$/, 'a name of 1 to 63 letters, digits, "-" and "_"')
    .default('gnu-mlops-endpoint')
    .describe('Name of the serving endpoint.'),
  compute_config: z
    .strictObject({
      workload_size: z
        .enum(['Small', 'Medium', 'Large'])
        .default('Small')
        .describe('Size of the serving endpoint.'),
      scale_to_zero_enabled: z
        .boolean()
        .default(true)
        .describe('Whether the endpoint may stop while nobody asks.'),
    })
    .prefault({})
    .describe('Machines of the serving endpoint.'),
});
