/**
 * True where a token with these scopes may do what a scope stands for: that very scope, its group's `ALL`, or the `ALL` of
 * a group around it (sheet §1.6). A group has at least a name behind the product's.
 */
export function allows(held: readonly string[], wanted: string): boolean {
  const parts = wanted.toLowerCase().split('.');
  const groups = parts.slice(2).map((_, index) => `${parts.slice(0, index + 2).join('.')}.all`);
  const accepted = new Set([wanted.toLowerCase(), ...groups]);
  return held.some((scope) => accepted.has(scope.toLowerCase()));
}

/** As {@link allows}; where a token's answer named no scopes nobody knows, and Zoho decides (sheet §1.2). */
export function mayAllow(held: readonly string[], wanted: string): boolean {
  return held.length === 0 || allows(held, wanted);
}
