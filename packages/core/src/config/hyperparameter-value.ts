import { z } from 'zod';

/** A number, a text, true, false or null. */
const scalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** What a hyperparameter of one algorithm can be: a map is from class to weight. */
const plainValue = z.union([scalar, z.array(scalar), z.record(z.string(), scalar)]);

/** An algorithm of an ensemble: its name, its hyperparameters, its weight. */
const entry = z.record(z.string(), z.union([plainValue, z.record(z.string(), plainValue)]));

/** What a hyperparameter can be; what it must be is checked by the algorithm. */
export const hyperparameterValue = z.union([scalar, z.array(scalar), entry, z.array(entry)]);
