import { z } from 'zod';
import { notificationEmail } from './notification-email.ts';

/** When a change in the data is worth a word. */
export const monitoringSection = z.strictObject({
  enabled: z.boolean().default(false).describe('Whether predictions are watched for drift.'),
  drift_warning: z
    .number()
    .gt(0)
    .default(0.1)
    .describe('Population stability index (decile variant) from which a column is warned about.'),
  drift_alert: z
    .number()
    .gt(0)
    .default(0.25)
    .describe('Population stability index (decile variant) from which a column raises an alert.'),
  min_rows: z
    .int()
    .min(1)
    .default(500)
    .describe('Rows below which drift is not judged: chance alone moves the index then.'),
  notification_email: notificationEmail.describe('Who is told of an alert.'),
});
