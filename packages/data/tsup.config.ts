import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({ index: 'src/index.ts', 'csv-worker': 'src/csv-worker.ts' });
