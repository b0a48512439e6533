import { z } from 'zod';

/** Who is told by e-mail. */
export const notificationEmail = z.email().exactOptional();
