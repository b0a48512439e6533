/** What an export holds: an experiment with its runs, or a registered model with what made it. */
export type ExportKind = 'experiment' | 'model';

/** The version of the layout that is written, and the only one that is read. */
export const EXPORT_LAYOUT = 1;

/** A file of an export. */
export interface ExportedFile {
  /** From the folder of the export, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** What `manifest.json` says; it is written last. */
export interface ExportManifest {
  readonly format: 'gnu-mlops export';
  readonly layout: typeof EXPORT_LAYOUT;
  readonly kind: ExportKind;
  /** Of the experiment or the registered model. */
  readonly name: string;
  /** The URI of the registry that it was exported from. */
  readonly exportedFrom: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** Every file but the manifest, sorted by path. */
  readonly files: readonly ExportedFile[];
}

/** Where everything is, from the folder of an export. */
export const EXPORT_PATHS = {
  manifest: 'manifest.json',
  experiment: (experimentId: string) => `experiments/${experimentId}.json`,
  run: (runId: string) => `runs/${runId}/run.json`,
  metrics: (runId: string) => `runs/${runId}/metrics.jsonl`,
  loggedModel: (modelId: string) => `logged-models/${modelId}/model.json`,
  /** The folder of the files of a run or logged model. */
  artifacts: (ownerId: string) =>
    `${ownerId.startsWith('m-') ? 'logged-models' : 'runs'}/${ownerId}/artifacts`,
  model: 'model.json',
  versions: 'versions.json',
  ledger: 'ledger.json',
  versionFiles: (version: string) => `versions/${version}`,
} as const;
