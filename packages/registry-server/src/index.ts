export { type RegistryServerOptions, registryServer } from './registry-server.ts';
