import type { Config } from '#api/config.ts';
import { testConfig } from '#test/test-config.ts';

export const provinceCode = '38';
export const password = 'dang nhap do toc do';
export const officer = 'officer.bench';
export const administrator = 'admin.bench';
/** Connections to Postgres that each of the two servers may hold. */
export const poolSize = 20;

/** The server as in production, but for its fixed keys, on a free port. */
export function benchConfig(ownerUrl: string): Config {
  return testConfig(ownerUrl, { mode: 'production', poolSize, logLevel: 'error' });
}

export function asRole(ownerUrl: string, config: Config, role = 'cordon_api'): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = config.rolePasswords.api;
  return url.toString();
}
