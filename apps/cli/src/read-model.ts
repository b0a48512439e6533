import {
  type ModelVersion,
  type RegisteredModel,
  RegisteredModelNotFoundError,
  type Registry,
  quoteFilterText,
} from '@gnu-mlops/registry-client';
import { collectPages } from './collect-pages.ts';

/** A registered model and all its versions. @throws {RegisteredModelNotFoundError} */
export async function readModel(
  registry: Registry,
  name: string,
): Promise<{ readonly model: RegisteredModel; readonly versions: readonly ModelVersion[] }> {
  const model = await registry.findRegisteredModel(name);
  if (model === undefined) throw new RegisteredModelNotFoundError(name);
  const versions = await collectPages((page) =>
    registry.searchModelVersions({ ...page, filter: `name = ${quoteFilterText(name)}` }),
  );
  return { model, versions };
}
