import { computed } from 'vue';
import { UnitsBelowDocument } from '../../gql/admin/graphql.ts';
import { useAnswer } from '../request/use-answer.ts';
import { t } from '../texts.ts';

/** The name of the province whose code stands in an address; or that nobody said which. */
export function useProvinceName(code: () => string | undefined) {
  const isNamed = () => code() !== undefined && code() !== 'none';
  const { data } = useAnswer(UnitsBelowDocument, () => (isNamed() ? { parentCode: 'VN' } : null));
  return computed(() => {
    if (code() === 'none') return t('filter.unsaid');
    return data.value?.administrativeUnits.find((unit) => unit.code === code())?.fullName ?? code() ?? '';
  });
}
