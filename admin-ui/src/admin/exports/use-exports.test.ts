import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { useExports } from './use-exports.ts';

const again = vi.fn<() => Promise<void>>();
vi.mock('../texts.ts', () => ({ t: (key: string) => key }));
vi.mock('../../session/graphql-client.ts', () => ({ useGraphqlClient: () => null }));
vi.mock('../../session/ask.ts', () => ({ ask: () => Promise.resolve({ data: {}, problem: null }) }));
vi.mock('../request/use-answer.ts', () => ({
  useAnswer: () => ({ data: ref({ exports: [{ id: 'a', status: 'RUNNING' }] }), again }),
}));

const SECOND = 1_000;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  again.mockReset().mockResolvedValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const opened = () => {
  const scope = effectScope();
  return { page: scope.run(useExports), leave: () => scope.stop() };
};

it('a file under way is looked at each second, by one clock alone, also after something was done about it', async () => {
  again.mockImplementation(() => new Promise((resolve) => setTimeout(resolve, SECOND / 2)));
  const { page, leave } = opened();
  await vi.advanceTimersByTimeAsync(SECOND);
  const file = page?.files.value[0];
  if (file) void page.discard(file);
  await vi.advanceTimersByTimeAsync(SECOND / 2);
  again.mockClear();
  await vi.advanceTimersByTimeAsync(6 * SECOND);
  expect(again).toHaveBeenCalledTimes(4);
  leave();
});

it('nobody asks for the files any more once the page is left, not even while an answer is under way', async () => {
  let answer = (): void => undefined;
  again.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const { leave } = opened();
  await vi.advanceTimersByTimeAsync(SECOND);
  leave();
  answer();
  await vi.advanceTimersByTimeAsync(60 * SECOND);
  expect(again).toHaveBeenCalledTimes(1);
});
