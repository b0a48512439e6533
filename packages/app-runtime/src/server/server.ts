/*
 * A server over a configured registry, for the apps that run one. An entry of its own: whoever
 * does not serve loads nothing of it.
 */
export { type AuditedCommand, type AuditedPerson, auditCommand } from './audit-command.ts';
export {
  type ServerConfig,
  type ServerConfigLocation,
  loadServerConfig,
} from './load-server-config.ts';
export {
  type ServedFacts,
  type ServerListener,
  type ServerSurroundings,
  runServer,
} from './run-server.ts';
export { type ServerPlace, serverPlace } from './server-place.ts';
export { type ServerOverrides, type ServerSettings, serverSettings } from './server-settings.ts';
