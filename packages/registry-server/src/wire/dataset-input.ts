import type { DatasetInput } from '@gnu-mlops/registry-client';
import { DATASET_CONTEXT_TAG } from './format-run.ts';
import { required, text } from './field.ts';
import { type Message, message } from './message.ts';
import { readTags, tagList } from './tags.ts';

const fields = {
  dataset: required(
    message({
      name: required(text),
      digest: required(text),
      source_type: required(text),
      source: required(text),
      schema: text,
      profile: text,
    }),
  ),
  tags: tagList,
};

/** A data set that a run read, as the protocol writes it. */
export const datasetInput = message(fields);

/** What it was used for is a tag in the protocol. */
export function readDatasetInput({ dataset, tags: sent }: Message<typeof fields>): DatasetInput {
  const { name, digest, source_type: sourceType, source, schema, profile } = dataset;
  const { [DATASET_CONTEXT_TAG]: context, ...tags } = readTags(sent);
  return {
    name,
    digest,
    sourceType,
    source,
    ...(schema === undefined ? {} : { schema }),
    ...(profile === undefined ? {} : { profile }),
    ...(context === undefined ? {} : { context }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}
