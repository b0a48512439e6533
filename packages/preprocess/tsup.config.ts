import { libraryBuild } from '../../tsup.shared.ts';

export default libraryBuild({
  index: 'src/index.ts',
  expressions: 'src/expressions/expressions.ts',
});
