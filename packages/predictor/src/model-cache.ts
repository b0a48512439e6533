import type { Model } from '@gnu-mlops/model';

/** Models by version, the most lately used ones kept. May be shared between predictors. */
export interface ModelCache {
  /** The model of that key; loaded when it is not here, once for all who ask meanwhile. */
  load(key: string, load: () => Promise<Model>): Promise<Model>;
}

/**
 * Make an empty cache. A version's model never changes, so nothing in it grows old.
 *
 * @param options.maxModels how many to keep, at least 1; default 2: the current one and the one that
 *   a rollback brings back.
 */
export function createModelCache(options: { readonly maxModels?: number } = {}): ModelCache {
  const maxModels = Math.max(1, options.maxModels ?? 2);
  const models = new Map<string, Promise<Model>>();

  function remember(key: string, model: Promise<Model>): void {
    models.delete(key);
    models.set(key, model);
    for (const oldest of models.keys()) {
      if (models.size <= maxModels) break;
      models.delete(oldest);
    }
  }
  return {
    async load(key, load) {
      const model = models.get(key) ?? load();
      remember(key, model);
      try {
        return await model;
      } catch (error) {
        if (models.get(key) === model) models.delete(key);
        throw error;
      }
    },
  };
}
