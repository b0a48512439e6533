export { type FakeClock, createFakeClock } from './fake-clock.ts';
export { expectCode } from './registry-contract/expect-code.ts';
export { registryContract } from './registry-contract/registry-contract.ts';
export { sharedDataPath } from './shared-data.ts';
export { temporaryFolder } from './temporary-folder.ts';
export { tinyChurnTable } from './tiny-churn-table.ts';
