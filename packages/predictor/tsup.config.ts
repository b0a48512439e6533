import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({ index: 'src/index.ts', node: 'src/node.ts' });
