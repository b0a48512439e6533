import { z } from 'zod';

/** A stage that can answer predictions. */
export const servingStage = z.enum(['Staging', 'GNU_Production']).default('GNU_Production');
