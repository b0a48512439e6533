/** What a model learns: one of a set of classes, or a number. */
export type Task = 'classification' | 'regression';
