import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit, reachOf } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { Actor } from '../accounts/actor.entity.ts';
import { actorLoader } from '../accounts/actor.service.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { checkpointLoader } from '../checkpoints/checkpoints.service.ts';
import { Citizen, CitizenView } from '../people/citizen.entity.ts';
import { citizenLoader } from '../people/citizens.service.ts';
import { Declaration } from '../declarations/declaration.entity.ts';
import { loadDeclaration, viewFor, type Parts } from '../declarations/declarations.service.ts';
import { Passage } from './passage.entity.ts';
import type { PassageRow } from './passage.row.ts';
import { correctionsByIds, passagesByIds, passagesOfDeclarations } from './passages.queries.ts';

const shiftMs = 24 * 3_600_000;

/** An officer sees whole what they recorded in the last day. */
export function isOwnShift({ viewer, at }: Context, row: PassageRow): boolean {
  return viewer?.accountId === row.recorded_by && at.getTime() - row.recorded_at.getTime() < shiftMs;
}

/** A passage as its reader sees it; one of the own shift is shown whole, which is a look. */
export function showPassage(context: Context, row: PassageRow): Passage {
  const own = isOwnShift(context, row);
  if (own) context.trail.saw({ action: 'passages.read', role: 'OFFICER', ...subjectOf(row) });
  return new Passage(row, context.locale, own);
}

function subjectOf({ id, declaration_id, declaration_province: provinceCode }: PassageRow) {
  return declaration_id && provinceCode
    ? { declarations: [{ id: declaration_id, provinceCode }] }
    : { declarations: [], passageIds: [id] };
}

/** The same as a condition on rows. */
export const ownShift = ({ accountId }: { accountId: string }, at: Date) => ({
  recordedBy: accountId,
  since: new Date(at.getTime() - shiftMs),
});

const passageLoader: LoaderDefinition<string, PassageRow> = {
  async load(context, ids) {
    const viewer = (context as Context).viewer;
    const rows = await passagesByIds(await context.transaction(), viewer?.jurisdiction.provinces ?? [], ids);
    return ids.map((id) => rows.find((row) => row.id === id) ?? null);
  },
};

const correctionLoader: LoaderDefinition<string, PassageRow> = {
  async load(context, ids) {
    const viewer = (context as Context).viewer;
    const rows = await correctionsByIds(await context.transaction(), viewer?.jurisdiction.provinces ?? [], ids);
    return ids.map((id) => rows.find((row) => row.corrects === id) ?? null);
  },
};

const declarationPassagesLoader: LoaderDefinition<string, PassageRow[]> = {
  async load(context, ids) {
    const scope = permit(context as Context, 'passage.list');
    const rows = await passagesOfDeclarations(await context.transaction(), scope, ids);
    return ids.map((id) => rows.filter((row) => row.declaration_id === id && row.place <= 50));
  },
};

@Resolver(() => Passage)
export class PassageFields {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @FieldResolver(() => Checkpoint, { description: 'Where.' })
  async checkpoint(@Root() passage: Passage, @Ctx() context: Context): Promise<Checkpoint> {
    return (await context.loaders.of(context, checkpointLoader).load(passage.row.checkpoint_id)) as Checkpoint;
  }

  @FieldResolver(() => Citizen, { nullable: true, description: 'Whose; null until a paper form is keyed in.' })
  async citizen(@Root() passage: Passage, @Ctx() context: Context): Promise<Citizen | null> {
    const { province_code: province, citizen_id: id } = passage.row;
    const row = id ? await context.loaders.of(context, citizenLoader).load({ province, id }) : null;
    return row && new CitizenView(row, viewFor(this.#parts, context), passage.own);
  }

  @FieldResolver(() => Declaration, {
    nullable: true,
    description: 'The declaration it was recorded on; null without one, or where it lies outside your rights.',
  })
  async declaration(@Root() passage: Passage, @Ctx() context: Context): Promise<Declaration | null> {
    const { declaration_id: id } = passage.row;
    return id ? loadDeclaration(this.#parts, context, id) : null;
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who recorded it, as far as a reader may know.' })
  recordedBy(@Root() passage: Passage, @Ctx() context: Context): Promise<Actor | null> {
    return context.loaders.of(context, actorLoader).load(passage.row.recorded_by);
  }

  @FieldResolver(() => Passage, { nullable: true, description: 'What it corrects.' })
  async corrects(@Root() passage: Passage, @Ctx() context: Context): Promise<Passage | null> {
    const { corrects } = passage.row;
    return corrects ? this.#show(context, await context.loaders.of(context, passageLoader).load(corrects)) : null;
  }

  @FieldResolver(() => Passage, { nullable: true, description: 'What corrected it; null while it stands.' })
  async correctedBy(@Root() passage: Passage, @Ctx() context: Context): Promise<Passage | null> {
    return this.#show(context, await context.loaders.of(context, correctionLoader).load(passage.row.id));
  }

  #show(context: Context, row: PassageRow | null): Passage | null {
    return row && showPassage(context, row);
  }
}

/** Declarations know nothing of passages: their reverse field lives here. */
@Resolver(() => Declaration)
export class DeclarationPassagesFields {
  @FieldResolver(() => [Passage], {
    description: 'Passages recorded on it, as far as the reader may see them: the newest 50.',
  })
  async passages(@Root() declaration: Declaration, @Ctx() context: Context): Promise<Passage[]> {
    const { viewer } = context;
    if (!viewer || !reachOf(viewer, 'passage.list')) return [];
    const rows = (await context.loaders.of(context, declarationPassagesLoader).load(declaration.row.id)) ?? [];
    return rows.map((row) => showPassage(context, row));
  }
}
