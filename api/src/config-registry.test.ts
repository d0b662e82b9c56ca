import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { readRegistry } from './config-registry.ts';

const directory = mkdtempSync(join(tmpdir(), 'cordon-config-'));
afterAll(() => rmSync(directory, { recursive: true }));
const pem = join(directory, 'some.pem');
writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n');
const noPem = join(directory, 'other.pem');
writeFileSync(noPem, 'x');

const aPlatform = {
  REGISTRY_KIND: 'soap',
  REGISTRY_URL: 'https://lgsp.example.vn/dancu',
  REGISTRY_TOKEN_URL: 'https://lgsp.example.vn/token',
  REGISTRY_CLIENT_ID: 'cordon',
  REGISTRY_CLIENT_SECRET: 'a secret of the platform',
};

describe('the population database', () => {
  test('is simulated in a demo, and not asked where there are no demo people or in production unless it is set', () => {
    expect(readConfig({ DATA_DIR: directory }).registry).toEqual({ kind: 'simulator' });
    expect(readConfig({ DATA_DIR: directory, DEMO_DATA: 'false' }).registry).toEqual({ kind: 'none' });
    expect(readConfig({ DATA_DIR: directory, REGISTRY_KIND: 'none' }).registry).toEqual({ kind: 'none' });
    expect(readRegistry({ NODE_ENV: 'production', REGISTRY_KIND: 'simulator' }).problems).toEqual([
      'REGISTRY_KIND simulator belongs to a demo',
    ]);
  });

  test('is asked as the settings say', () => {
    const given = {
      ...aPlatform,
      REGISTRY_MA_DVC: 'DVC1',
      REGISTRY_ELEMENTS: 'MaYeuCau, MaCanBo,TaiKhoan=tra-cuu,HoVaTen',
      REGISTRY_NAMES: 'PLAIN',
      REGISTRY_CERTIFICATE_FILE: pem,
      REGISTRY_KEY_FILE: pem,
      REGISTRY_TIMEOUT_MS: '2500',
    };
    const { registry, problems } = readRegistry({ NODE_ENV: 'production', ...given });
    expect(problems).toEqual([]);
    expect(registry).toMatchObject({
      kind: 'soap',
      url: aPlatform.REGISTRY_URL,
      token: { url: aPlatform.REGISTRY_TOKEN_URL, clientId: 'cordon' },
      message: {
        elements: ['MaYeuCau', 'MaCanBo', 'TaiKhoan=tra-cuu', 'HoVaTen'],
        codes: { MaDVC: 'DVC1', MaTichHop: '037' },
        dateFormat: 'yyyyMMdd',
        names: 'PLAIN',
      },
      transport: { key: '-----BEGIN CERTIFICATE-----\n', authority: null, timeoutMs: 2500 },
    });
  });

  test('names every problem at once, and no value', () => {
    const { problems } = readRegistry({
      NODE_ENV: 'production',
      REGISTRY_KIND: 'json',
      REGISTRY_URL: 'http://lgsp.example.vn/dancu',
      REGISTRY_CLIENT_SECRET: 'hidden-1',
      REGISTRY_PROXY: 'hidden-2',
      REGISTRY_ELEMENTS: 'MaYeuCau,hidden-3',
      REGISTRY_DATE_FORMAT: 'hidden-4',
      REGISTRY_KEY_FILE: '/hidden-5',
      REGISTRY_CA_FILE: noPem,
      REGISTRY_TIMEOUT_MS: '5',
    });
    for (const name of [
      'REGISTRY_URL must be https',
      'REGISTRY_TOKEN_URL is missing',
      'REGISTRY_CLIENT_ID is missing',
      'REGISTRY_PROXY must be',
      'REGISTRY_ELEMENTS must be',
      'REGISTRY_DATE_FORMAT must be',
      'REGISTRY_KEY_FILE must be',
      'REGISTRY_CERTIFICATE_FILE is missing',
      'REGISTRY_CA_FILE must be',
      'REGISTRY_TIMEOUT_MS must be',
    ])
      expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1);
    expect(problems).toHaveLength(10);
    expect(problems.join()).not.toContain('hidden');
    const both = () => readConfig({ DATA_DIR: directory, REGISTRY_KIND: 'soap', PORT: 'x' });
    expect(both).toThrow('PORT must');
    expect(both).toThrow('REGISTRY_URL is missing');
  });

  test('may be reached by plain http on this machine or from a neighbouring container only', () => {
    const problemsAt = (url: string) =>
      readRegistry({ NODE_ENV: 'production', REGISTRY_KIND: 'soap', REGISTRY_URL: url }).problems;
    for (const near of ['http://localhost:4100/soap', 'http://registry:4100/soap', 'http://127.0.0.1/soap'])
      expect(problemsAt(near)).toEqual([]);
    for (const far of ['http://10.1.2.3/soap', 'http://lgsp.example.vn/soap']) expect(problemsAt(far)).toHaveLength(1);
  });
});
