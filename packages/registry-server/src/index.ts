export type { AuditEntry, AuditEvent, AuditHead } from './audit/audit-entry.ts';
export { AuditNotFoundError, AuditUnavailableError } from './audit/audit-errors.ts';
export {
  type AuditLog,
  type AuditLogOptions,
  type AuditSync,
  openAuditLog,
} from './audit/audit-log.ts';
export {
  type AuditRequestsOptions,
  type AuditScope,
  auditRequests,
} from './audit/audit-requests.ts';
export type { AuditProblem } from './audit/check-chain.ts';
export {
  type AuditVerification,
  type VerifyAuditOptions,
  verifyAudit,
} from './audit/verify-audit.ts';
export { type RegistryServerOptions, registryServer } from './registry-server.ts';
export type { Caller } from './security/caller.ts';
export type { ListenAddress } from './security/listen.ts';
export { type RateLimit, type RateLimiter, createRateLimiter } from './security/rate-limiter.ts';
export { type RequestGuardOptions, guardRequests } from './security/request-guard.ts';
export { type RouteScope, type Scope, SCOPES } from './security/route-scope.ts';
export {
  CertificateError,
  ListenError,
  RouteScopeMissingError,
  TokenFileError,
  TokenInvalidError,
  TokenNotFoundError,
  TokenRequiredError,
} from './security/security-errors.ts';
export {
  type RegistryServiceOptions,
  type RunningRegistryServer,
  needsToken,
  startRegistryServer,
} from './security/start-registry-server.ts';
export type { AnswerFacts } from './security/tell-answers.ts';
export { type TokenRecord, type TokenStatus, tokenStatus } from './security/token-record.ts';
export {
  type IssuedToken,
  type NewToken,
  type TokenStore,
  openTokenStore,
} from './security/token-store.ts';
