const secretWords =
  /(?:^|[_-])(?:token|password|passwd|secret|api_?key|(?:access|private|secret)_?key|credentials?)$/;

/** Whether a setting of this name would hold a secret: `token`, `smtp_password`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  return secretWords.test(name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase());
}
