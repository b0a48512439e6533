import { z } from 'zod';
import { notificationEmail } from './notification-email.ts';

/** When a model is trained anew, and what becomes of it. */
export const retrainingSection = z.strictObject({
  enabled: z.boolean().default(false).describe('Whether the model is trained anew on a schedule.'),
  interval_days: z.int().min(1).default(30).describe('Days from one training to the next.'),
  auto_deploy: z
    .boolean()
    .default(false)
    .describe('Whether a version that passes every gate is promoted without asking.'),
  min_improvement: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'How much better than the version in production the new one must measure, in the unit of ' +
        'the first production threshold.',
    ),
  notification_email: notificationEmail.describe('Who is told of a retraining.'),
});
