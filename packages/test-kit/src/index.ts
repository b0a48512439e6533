export { type FakeClock, createFakeClock } from './fake-clock.ts';
export { sharedDataPath } from './shared-data.ts';
export { temporaryFolder } from './temporary-folder.ts';
