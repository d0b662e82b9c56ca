import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, testPassword, type TestServer } from '#test/server.ts';
import { enrolled } from '#test/second-factor-desk.ts';
import { tryToSignIn, whoIs } from '#test/sign-in-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true } });
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

const dataDir = mkdtempSync(join(tmpdir(), 'cordon-issue-'));
const root = join(import.meta.dirname, '../../..');

/** Runs the command as its own process, as whoever installs Cordon does. */
async function issue(...words: string[]): Promise<{ code: number; out: string; err: string; password: string }> {
  const args = [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'api/src/issue-administrator.ts'), ...words];
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: server.ownerUrl, DATA_DIR: dataDir };
  const ran = await promisify(execFile)(process.execPath, args, { cwd: root, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
  const password = ran.stdout.trim().split('\n').at(-1) ?? '';
  return { code: ran.code, out: ran.stdout, err: ran.stderr, password };
}

describe('npm run admin:issue', () => {
  it('makes the first administrator of the nation, with a password that works once', async () => {
    const { password } = await issue('bo.y.te', 'Trần Thị Bộ');
    const { result } = await tryToSignIn(server, 'bo.y.te', password);
    expect(result.viewer).toMatchObject({ mustChangePassword: true, account: { unit: { code: 'VN' } } });
    const [entry] = await server.sql(
      `select action, actor_id, detail->>'by' as by from audit_entry e join account a on a.id = any(e.subject_ids)
       where a.username = 'bo.y.te' and e.action like 'account.%'`,
    );
    expect(entry).toEqual({ action: 'account.create', actor_id: null, by: 'COMMAND' });
  });

  it('lets one in again who lost password and phone, and ends what was open', async () => {
    const { username, cookie } = await enrolled(server, 'admin.vn');
    const { password } = await issue(username, 'Ngô Văn Mới');
    expect(await whoIs(server, cookie)).toBeNull();
    expect((await tryToSignIn(server, username, testPassword)).result.__typename).toBe('SignInFailed');
    const { result } = await tryToSignIn(server, username, password);
    expect(result.viewer).toMatchObject({ mustChangePassword: true, account: { mfaEnrolled: false } });
  });

  it('touches nobody else, and says what it takes', async () => {
    const other = await issue('admin.38', 'Quản trị Thanh Hóa');
    expect(other).toMatchObject({ code: 1, out: '' });
    expect(other.err).toContain('whoever stands above');
    expect((await tryToSignIn(server, 'admin.38')).result.__typename).toBe('SignedIn');
    expect((await issue('Không hợp lệ')).err).toContain('npm run admin:issue');
  });
});
