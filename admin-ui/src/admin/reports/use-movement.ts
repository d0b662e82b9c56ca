import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import { MovementFragmentDoc, MovementReportDocument, type ReportGroup } from '../../gql/admin/graphql.ts';
import { useCheckpointNames } from '../checkpoints/use-checkpoint-names.ts';
import { addDays } from '../days.ts';
import { useConditions } from '../filters/use-conditions.ts';
import { useListAddress } from '../lists/use-list-address.ts';
import { today } from '../moments.ts';
import { useAnswer } from '../request/use-answer.ts';
import { movementFields, readGroups, toFilter, toScope } from './movement-fields.ts';

/** A report of movement: all that it is asked for stands in the address. */
export function useMovement() {
  const route = useRoute();
  const router = useRouter();
  const address = useListAddress(movementFields);
  const { filters } = address;
  const groups = computed(() => readGroups(route.query['by']));
  /** The last seven days, where none are named. */
  const span = computed(() => {
    const to = filters.value.to ?? (filters.value.from && filters.value.from > today() ? filters.value.from : today());
    return { from: filters.value.from ?? addDays(to, -6), to };
  });
  const { data, problem, busy, again } = useAnswer(MovementReportDocument, () => ({
    ...span.value,
    scope: toScope(filters.value),
    filter: toFilter(filters.value),
    groupBy: groups.value,
  }));
  const report = computed(() => data.value?.movementReport ?? null);
  const rows = computed(() => getFragmentData(MovementFragmentDoc, report.value?.rows ?? []));
  const total = computed(() => (report.value ? getFragmentData(MovementFragmentDoc, report.value.total) : null));
  const conditions = useConditions('reports', movementFields, address, { at: useCheckpointNames });
  const groupBy = (next: readonly ReportGroup[]) => void router.push({ query: { ...route.query, by: next.join(',') } });
  return { address, groups, span, report, rows, total, problem, busy, again, conditions, groupBy };
}
