/** Where a model version stands. Backends that know other words translate. */
export const STAGES = ['None', 'Staging', 'GNU_Production', 'Archived'] as const;

/** Where a model version stands: None -> Staging -> GNU_Production -> Archived. */
export type Stage = (typeof STAGES)[number];
