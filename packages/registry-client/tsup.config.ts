import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({ index: 'src/index.ts', transfer: 'src/transfer/transfer.ts' });
