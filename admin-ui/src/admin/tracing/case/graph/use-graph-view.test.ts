import { expect, it, vi } from 'vitest';
import { reactive } from 'vue';
import { oneOf } from '../../../filters/filter-query.ts';
import { useListAddress } from '../../../lists/use-list-address.ts';
import { useGraphView } from './use-graph-view.ts';

const route = reactive<{ name: string; query: Record<string, string> }>({ name: 'case', query: {} });
vi.mock('vue-router', () => ({ useRoute: () => route, useRouter: () => null }));

it('a graph is asked for anew where its conditions change, not where somebody is opened', () => {
  const { filters } = useListAddress({ generation: oneOf('1', '2') });
  const { asked } = useGraphView(
    () => filters.value,
    () => 3,
  );
  route.query = { generation: '1', more: 'a,b' };
  const before = asked.value;
  expect(before).toMatchObject({ generation: '1', opened: new Set(['a', 'b']) });

  route.query = { ...route.query, open: 'a' };
  expect(asked.value).toBe(before);
  route.query = { ...route.query, generation: '2' };
  expect(asked.value).toMatchObject({ generation: '2' });
  route.query = { ...route.query, more: 'a' };
  expect(asked.value.opened).toEqual(new Set(['a']));
});
