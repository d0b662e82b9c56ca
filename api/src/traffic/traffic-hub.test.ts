import 'reflect-metadata';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Notices } from '../platform/bus/notices.ts';
import { ownBus } from '../platform/bus/own-bus.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { createLogger } from '../platform/observability/logger.ts';
import { MINUTE_MS } from '../platform/shared/instant.ts';
import { OtherDays } from './other-days.ts';
import { takeProvinces } from './take-provinces.ts';
import { nothingTaken } from './taken.ts';
import { TrafficHub, type HubParts } from './traffic-hub.ts';

vi.mock('./take-provinces.ts', () => ({
  takeProvinces: vi.fn(async (_, provinces: string[]) => new Map(provinces.map((code) => [code, nothingTaken()]))),
}));

const logger = createLogger('silent');
let hub: TrafficHub;
beforeEach(() => {
  const notices = { hear: () => () => undefined } as unknown as Notices;
  hub = new TrafficHub({ bus: ownBus(logger), notices, logger, registry: new Registry() } as HubParts);
});
afterEach(() => hub.stop());

const taken = () => vi.mocked(takeProvinces).mock.calls.map(([, provinces]) => provinces);

it('a picture is of all provinces that are known: what is asked for one keeps no other from being seen', async () => {
  await hub.provincesOf(['38']);
  await hub.provincesOf(['01', '38']);
  await hub.provincesOf(['38']);
  await hub.provincesOf(['79']);
  expect(taken()).toEqual([['38'], ['38', '01'], ['38', '01', '79']]);
});

it('other days are read once a minute, and where a province is new, however often pictures are taken', async () => {
  const asked: unknown[] = [];
  const tx = { rows: async ({ name }: { name: string }) => (asked.push(name), []) } as unknown as Transaction;
  const otherDays = new OtherDays();
  const now = Date.now();
  for (let seconds = 0; seconds <= 60; seconds += 3) await otherDays.of(tx, ['38'], now + seconds * 1_000);
  expect(asked).toEqual(['traffic-usual', 'traffic-yesterday', 'traffic-usual', 'traffic-yesterday']);
  await otherDays.of(tx, ['38', '01'], now + MINUTE_MS + 1);
  expect(asked).toHaveLength(6);
});
