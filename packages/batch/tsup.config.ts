import { libraryBuild } from '../../tsup.shared.ts';

/** There is no module `sqlite`: `node:sqlite` is found with its prefix only. */
export default { ...libraryBuild(), removeNodeProtocol: false };
