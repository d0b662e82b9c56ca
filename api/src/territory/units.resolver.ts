import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { badInput } from '../platform/graphql/problems.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from './territory.service.ts';
import { AdministrativeUnit, unitLevels, type UnitLevel } from './unit.entity.ts';

interface Asked {
  search?: string | null;
  level?: UnitLevel | null;
  parentCode?: string | null;
}

/** What a search finds; the districts of the nation or the communes of a province; what lies right below a province; the provinces. */
const mostUnits = ({ search, level, parentCode }: Asked) => (search ? 20 : level ? 705 : parentCode ? 170 : 63);

@Resolver()
export class UnitsResolver {
  readonly #territory: () => Territory;

  constructor(territory: () => Territory) {
    this.#territory = territory;
  }

  @Query(() => [AdministrativeUnit], {
    complexity: ({ args, childComplexity }) => 1 + mostUnits(args) * childComplexity,
    description:
      'Administrative units. Without arguments the provinces; with parentCode those right below it, or of `level` anywhere below; with search the 20 best matches by words of the path, diacritics not needed, or by its initials (tpq: Tân Phong, Quảng Xương), of equal ones those of the viewer’s own province first. Communes only with parentCode or search (BAD_USER_INPUT). A code is read as of `at`: after a reform it may be another unit’s.',
  })
  administrativeUnits(
    @Ctx() { viewer }: Context,
    @Arg('parentCode', () => String, { nullable: true, description: 'Code of the unit above.' })
    parentCode: string | null,
    @Arg('level', () => unitLevels, { nullable: true, description: 'Only this level.' }) level: UnitLevel | null,
    @Arg('at', () => LocalDate, { nullable: true, description: 'As valid on this day; today when absent.' })
    at: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name or path, at most 80 characters.' })
    search: string | null,
    @Arg('past', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description:
        'With search: behind the units of the day also those that are gone by then, as people still call places; replacedBy says what took their place.',
    })
    past: boolean,
  ): AdministrativeUnit[] {
    if (search && search.length > 80)
      throw badInput({ search: { vi: 'Tối đa 80 chữ.', en: 'At most 80 characters.' } });
    if (search) {
      const [near, another] = viewer?.jurisdiction.provinces ?? [];
      return this.#territory().search(search, { parentCode, level, at, past, near: another ? undefined : near });
    }
    if (level === 'COMMUNE' && (!parentCode || parentCode === 'VN')) {
      throw badInput({ parentCode: { vi: 'Cần mã tỉnh hoặc huyện.', en: 'Communes need parentCode or search.' } });
    }
    return this.#territory().list({ parentCode, level, at });
  }

  @Query(() => AdministrativeUnit, {
    nullable: true,
    description: 'One unit, of whatever day, with what it was before and became; null where there is none.',
  })
  administrativeUnit(
    @Arg('id', () => ID, { description: 'Its id, as of AdministrativeUnit: 14758@2021.' }) id: string,
  ): AdministrativeUnit | null {
    return this.#territory().find(id) ?? null;
  }
}
