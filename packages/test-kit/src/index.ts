export { type FakeClock, createFakeClock } from './fake-clock.ts';
export { freePort } from './free-port.ts';
export { OBJECT_BUCKET, type ObjectServer, startObjectServer } from './object-server.ts';
export { type TestCertificate, makeCertificate } from './make-certificate.ts';
export type {
  ContractExceptions,
  RefusableOperation,
} from './registry-contract/contract-exceptions.ts';
export { expectCode } from './registry-contract/expect-code.ts';
export { modelRegistryContract, registryContract } from './registry-contract/registry-contract.ts';
export { sharedDataPath } from './shared-data.ts';
export { SOURCE_FLAGS } from './source-flags.ts';
export { temporaryFolder } from './temporary-folder.ts';
export { tinyChurnTable } from './tiny-churn-table.ts';
export { type WorkspaceDouble, startWorkspaceDouble } from './workspace-double.ts';
