import { registryContract, temporaryFolder } from '@gnu-mlops/test-kit';
import { openRegistry } from '../../src/open-registry.ts';

registryContract('the SQLite registry', () =>
  openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`),
);
