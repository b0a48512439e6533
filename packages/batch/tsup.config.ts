import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({
  index: 'src/index.ts',
  'scoring-worker': 'src/scoring-worker.ts',
});
