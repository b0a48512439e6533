import { RegisteredModelNotFoundError, stageOfAlias } from '@gnu-mlops/registry-client';
import { RequestInvalidError } from '../errors.ts';
import { moveByAlias, leaveByAlias } from '../move-by-alias.ts';
import { type Route, route } from '../route.ts';
import { required, text, versionNumber } from '../wire/field.ts';
import { formatModelVersion } from '../wire/format-registered-model.ts';

const path = '/mlflow/registered-models/alias';
const alias = { name: required(text), alias: required(text) };

/** Aliases: names that point at one version of a model. */
export const aliasRoutes: readonly Route[] = [
  route(
    { method: 'POST', path, scope: 'write' },
    { ...alias, version: required(versionNumber) },
    async (context, { name, alias: word, version }, request) => {
      const stage = stageOfAlias(word);
      if (stage === undefined) await context.registry.setAlias(name, word, version);
      else await moveByAlias(context, { name, alias: word, version, stage }, request);
    },
  ),
  route(
    { method: 'GET', path, scope: 'read' },
    alias,
    async ({ registry }, { name, alias: word }) => {
      const version = await registry.findVersionByAlias(name, word);
      if (version !== undefined) return { model_version: formatModelVersion(version) };
      if ((await registry.findRegisteredModel(name)) === undefined) {
        throw new RegisteredModelNotFoundError(name);
      }
      throw new RequestInvalidError(
        `Registered model alias ${word} not found. Look at the aliases of "${name}".`,
      );
    },
  ),
  route({ method: 'DELETE', path, scope: 'write' }, alias, async (context, sent, request) => {
    const stage = stageOfAlias(sent.alias);
    if (stage === undefined) await context.registry.deleteAlias(sent.name, sent.alias);
    else await leaveByAlias(context, { ...sent, stage }, request);
  }),
];
