import { computed } from 'vue';
import { UnitOfIdDocument, UnitsBelowDocument } from '../../gql/admin/graphql.ts';
import { useAnswer } from '../request/use-answer.ts';
import { codeOf } from './unit-path.ts';

/** The name of the unit that stands in an address: of those below it, or beside it, one knows it. */
export function useUnitName(path: () => string | undefined) {
  const { data } = useAnswer(UnitsBelowDocument, () => {
    const parentCode = isId(path()) ? null : path()?.split('-')[0];
    return parentCode ? { parentCode } : null;
  });
  const { data: byId } = useAnswer(UnitOfIdDocument, () => {
    const id = path();
    return id && isId(id) ? { id } : null;
  });
  return computed(() => {
    const wanted = codeOf(path() ?? '');
    if (isId(wanted)) return byId.value?.administrativeUnit?.fullName ?? wanted;
    const units = data.value?.administrativeUnits ?? [];
    return [...units, units[0]?.parent].find((unit) => unit?.code === wanted)?.fullName ?? wanted;
  });
}

const isId = (path: string | undefined): boolean => path?.includes('@') ?? false;
