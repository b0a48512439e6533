import { STAGES, type Stage } from '@gnu-mlops/core';
import { type Route, route } from '../route.ts';
import { choice, required, text, whole } from '../wire/field.ts';
import { readTags, tagList } from '../wire/tags.ts';

const stage = choice(
  Object.fromEntries(STAGES.map((each) => [each, each])) as { readonly [S in Stage]: S },
);

/** Our stages and their ledger, which MLflow has no words for: clients of ours ask for them here. */
export const stageRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: '/mlflow/gnu-mlops/move-stage', scope: 'write' },
    {
      name: required(text),
      version: required(text),
      stage: required(stage),
      expected_holder: text,
      expected_stage: stage,
      tags: tagList,
      description: text,
      actor: required(text),
      reason: text,
      evidence: required(text),
      at: required(whole),
    },
    async (
      { registry },
      { expected_holder: expectedHolder, expected_stage: expectedStage, ...sent },
    ) => {
      const { tags, description, reason = '', ...move } = sent;
      const entry = await registry.moveStage({
        ...move,
        reason,
        expectedHolder: expectedHolder ?? null,
        tags: readTags(tags),
        ...(expectedStage === undefined ? {} : { expectedStage }),
        ...(description === undefined ? {} : { description }),
      });
      return { entry };
    },
  ),
  route(
    { method: 'GET', path: '/mlflow/gnu-mlops/read-ledger', scope: 'read' },
    { name: required(text) },
    async ({ registry }, { name }) => ({ entries: await registry.readLedger(name) }),
  ),
];
