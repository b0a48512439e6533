import { collectContent } from '../collect-content.ts';
import type { Registry } from '../registry.ts';
import { deleteAlias, setAlias } from './aliases.ts';
import { findVersionByStage } from './find-by-stage.ts';
import { listModelFiles, openModelFile } from './model-files.ts';
import * as versions from './model-versions.ts';
import * as models from './registered-models.ts';
import type { Remote } from './remote.ts';
import { moveStage, readLedger } from './stages.ts';
import type { TrackingMethod } from './tracking-methods.ts';

/** What is about registered models, their versions, aliases and stages. */
export type ModelMethod = Exclude<
  keyof Registry,
  TrackingMethod | 'uri' | 'close' | 'collectGarbage'
>;

/** Every method is asynchronous, so that what goes wrong always arrives as a rejection. */
export function modelMethods(remote: Remote): Pick<Registry, ModelMethod> {
  const full = (name: string) => remote.models.resolveName(name);
  return {
    createRegisteredModel: async (name, options = {}) =>
      models.createRegisteredModel(remote, full(name), options),
    ensureRegisteredModel: async (name) => models.ensureRegisteredModel(remote, full(name)),
    findRegisteredModel: async (name) => remote.models.findModel(full(name)),
    updateRegisteredModel: async (name, { description }) =>
      models.updateRegisteredModel(remote, full(name), description),
    renameRegisteredModel: async (name, newName) =>
      models.renameRegisteredModel(remote, full(name), full(newName)),
    setRegisteredModelTag: async (name, key, value) =>
      models.setRegisteredModelTag(remote, full(name), { key, value }),
    deleteRegisteredModelTag: async (name, key) =>
      models.deleteRegisteredModelTag(remote, full(name), key),
    searchRegisteredModels: async (request = {}, options = {}) =>
      models.searchRegisteredModels(remote, request, options),
    deleteRegisteredModel: async (name) => models.deleteRegisteredModel(remote, full(name)),

    createModelVersion: async (version) =>
      versions.createModelVersion(remote, { ...version, name: full(version.name) }),
    getModelVersion: async (name, version) =>
      versions.getModelVersion(remote, { name: full(name), version }),
    updateModelVersion: async (name, version, { description }) =>
      versions.updateModelVersion(remote, { name: full(name), version }, description),
    setModelVersionTag: async (name, version, key, value) =>
      versions.setModelVersionTag(remote, { name: full(name), version }, { key, value }),
    deleteModelVersionTag: async (name, version, key) =>
      versions.deleteModelVersionTag(remote, { name: full(name), version }, key),
    searchModelVersions: async (request = {}, options = {}) =>
      versions.searchModelVersions(remote, request, options),
    deleteModelVersion: async (name, version) =>
      versions.deleteModelVersion(remote, { name: full(name), version }),
    getDownloadUri: async (name, version) =>
      versions.getDownloadUri(remote, { name: full(name), version }),
    listModelFiles: async (name, version, options = {}) =>
      listModelFiles(remote, { name: full(name), version }, options),
    downloadModelFile: async (name, version, path, options = {}) => {
      const file = { name: full(name), version, path };
      return collectContent((await openModelFile(remote, file, options)).content);
    },
    openModelFile: async (name, version, path, options = {}) =>
      openModelFile(remote, { name: full(name), version, path }, options),

    setAlias: async (name, alias, version) =>
      setAlias(remote, { name: full(name), version }, alias),
    deleteAlias: async (name, alias) => deleteAlias(remote, full(name), alias),
    findVersionByAlias: async (name, alias) => remote.models.findByAlias(full(name), alias),

    findVersionByStage: async (name, stage) => findVersionByStage(remote, full(name), stage),
    moveStage: async (move) => moveStage(remote, { ...move, name: full(move.name) }),
    readLedger: async (name) => readLedger(remote, full(name)),
    moveMlflowStage: async (move) =>
      versions.moveMlflowStage(remote, { ...move, name: full(move.name) }),
    findLatestVersions: async (name, stages = []) =>
      versions.findLatestVersions(remote, full(name), stages),
  };
}
