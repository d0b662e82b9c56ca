import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { connectionOf, readPage, toConnection } from '../platform/graphql/connection.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { fold } from '../platform/shared/text.ts';
import { enterListExport, forExportText } from '../policy/list-export.ts';
import { permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { EpidemicZone } from '../territory/zones/zone.entity.ts';
import { zoneOn } from '../territory/zones/zone-on.service.ts';
import { Checkpoint } from './checkpoint.entity.ts';
import { CheckpointInput } from './checkpoint.input.ts';
import { closesOn, isClosedAt } from './closing.ts';
import { checkpointsInScope } from './checkpoints.queries.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { saveCheckpoint } from './save-checkpoint.ts';
import { ScopeInput } from './scope-input.entity.ts';
import { codesOf, narrowScope } from './scope.service.ts';

const CheckpointConnection = connectionOf('Checkpoint', () => Checkpoint);
type CheckpointConnection = InstanceType<typeof CheckpointConnection>;

@Resolver(() => Checkpoint)
export class CheckpointsResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => Checkpoint, {
    nullable: true,
    description: 'One checkpoint; null where there is none or it lies outside your rights.',
  })
  async checkpoint(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Checkpoint | null> {
    const scope = permit(context, 'checkpoint.read');
    const only = narrowScope(scope, { checkpointIds: [id] }, this.#parts.territory);
    const [found] = await checkpointsInScope(await context.transaction(), only);
    return found ?? null;
  }

  @Query(() => CheckpointConnection, {
    description: 'The checkpoints of your jurisdiction by province and code; an officer: the own ones.',
  })
  async checkpoints(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: 'Only a part of your jurisdiction.' })
    part: ScopeInput | null,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Words of the name or code, diacritics not needed; at most 80 characters.',
    })
    search: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
    @Arg('forExport', () => Boolean, { nullable: true, defaultValue: false, description: forExportText })
    forExport: boolean,
  ): Promise<CheckpointConnection> {
    const scope = narrowScope(permit(context, 'checkpoint.read'), part, this.#parts.territory);
    const page = readPage(first, after, { list: 'checkpoints', key: ['text', 'text'] });
    const words = readSearch(search);
    const all = await checkpointsInScope(await context.transaction(), scope);
    const found = all.filter((checkpoint) => holds(checkpoint, words));
    if (forExport) {
      const conditions = { ...codesOf(part), search: words.length > 0 || null };
      await enterListExport(context, { list: 'checkpoints', page, conditions, count: () => found.length });
    }
    const rest = page.after ? found.filter((checkpoint) => isAfter(keyOf(checkpoint), page.after ?? [])) : found;
    return toConnection(page, rest, keyOf, found.length);
  }

  @Mutation(() => Checkpoint, {
    description:
      'Creates a checkpoint, or changes the one with this id; sent twice it happens once. BAD_USER_INPUT names each field; NOT_FOUND for one outside your jurisdiction. Closing, opening again and moving within the province leave its passages as they were recorded. Audited.',
  })
  async saveCheckpoint(
    @Ctx() context: Context,
    @Arg('input', () => CheckpointInput, { description: 'All of it, also where only a part changes.' })
    input: CheckpointInput,
  ): Promise<Checkpoint> {
    const scope = permit(context, 'checkpoint.save');
    const { territory } = this.#parts;
    const draft = readCheckpoint(input, scope, territory, context.at);
    const by = { viewer: signedIn(context), scope, territory, at: context.at };
    return saveCheckpoint(await context.transaction(), by, draft);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is open now: who passes now may be recorded there.' })
  active(@Root() checkpoint: Checkpoint, @Ctx() context: Context): boolean {
    return !isClosedAt(checkpoint, context.at);
  }

  @FieldResolver(() => LocalDate, {
    nullable: true,
    description:
      'The last day it is or was open, in Viet Nam; null where no end is set. Who passed before its end can still be recorded, for 14 days.',
  })
  closesOn(@Root() checkpoint: Checkpoint): string | null {
    return closesOn(checkpoint);
  }

  @FieldResolver(() => AdministrativeUnit, {
    description:
      'The unit it stands in today, after a reform that split its unit the old one until somebody decides; passages keep the one of their moment.',
  })
  unit(@Root() checkpoint: Checkpoint): AdministrativeUnit {
    return this.#parts.territory.today(checkpoint.unitId);
  }

  @FieldResolver(() => EpidemicZone, {
    nullable: true,
    description: 'The zone of the highest level that holds its unit today; null where none does.',
  })
  zone(@Root() { unitId }: Checkpoint, @Ctx() { at, viewer }: Context): EpidemicZone | null {
    return zoneOn(this.#parts.territory, unitId, { at, viewer });
  }
}

const keyOf = ({ provinceCode, code }: Checkpoint): string[] => [provinceCode, code];

function readSearch(search: string | null): string[] {
  if (search && search.length > 80) throw badInput({ search: { vi: 'Tối đa 80 chữ.', en: 'At most 80 characters.' } });
  return fold(search ?? '')
    .split(' ')
    .filter(Boolean);
}

function holds({ code, name }: Checkpoint, words: string[]): boolean {
  const text = fold(`${code} ${name}`);
  return words.every((word) => text.includes(word));
}

function isAfter([province = '', code = '']: string[], [afterProvince = '', afterCode = '']: string[]): boolean {
  return province === afterProvince ? code > afterCode : province > afterProvince;
}
