import { libraryBuild } from '../../tsup.shared.ts';

export default {
  ...libraryBuild({
    index: 'src/index.ts',
    transfer: 'src/transfer/transfer.ts',
    'node-only': 'src/node-only.ts',
    'node-only.browser': 'src/node-only.browser.ts',
  }),
  // Who imports the package decides which of the two it is.
  external: ['#node-only'],
};
