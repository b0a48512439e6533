import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({
  index: 'src/index.ts',
  'trainer-worker': 'src/trainer-worker.ts',
});
