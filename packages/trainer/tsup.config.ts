import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({
  index: 'src/index.ts',
  'forest-worker': 'src/forest-worker.ts',
  'boosting-worker': 'src/boosting-worker.ts',
  'search-worker': 'src/search-worker.ts',
});
