import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({ index: 'src/index.ts', config: 'src/config/config.ts' });
