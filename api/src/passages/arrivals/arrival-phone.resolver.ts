import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { notFound } from '../../platform/graphql/problems.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { timeOf, viewFor, type Parts } from '../../declarations/declarations.service.ts';
import { PersonView } from '../../people/person-view.service.ts';
import type { ArrivalRow } from './arrival.row.ts';
import { arrivalById } from './arrivals.queries.ts';

/** Calling who comes or has come: the one thing of them that is shown whole here, and each time it is a look. */
@Resolver()
export class ArrivalPhoneResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => String, {
    nullable: true,
    description:
      'The phone number of somebody who is coming or inside, whole, to call them; null where none was declared. NOT_FOUND outside your jurisdiction, and of who has left or whose declaration has ended. Entered in the audit trail; the person sees it on the receipt.',
  })
  async arrivalPhone(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The arrival.' }) id: string,
  ): Promise<string | null> {
    const scope = permit(context, 'arrival.call');
    if (uuid7Time(id) === null) throw notFound();
    const row = await arrivalById(await context.transaction(), scope, id, timeOf(id));
    if (!row || !isAwaited(row, context.at)) throw notFound();
    const { phone } = new PersonView(row, viewFor(this.#parts, context), true);
    if (phone !== null) saw(context, row);
    return phone;
  }
}

function isAwaited({ came_at, reported_at, left_at, valid_until, withdrawn_at }: ArrivalRow, at: Date): boolean {
  const isComing = withdrawn_at === null && valid_until > at;
  return left_at === null && (isComing || came_at !== null || reported_at !== null);
}

function saw(context: Context, { id, province_code: provinceCode }: ArrivalRow): void {
  const role = signedIn(context).roles.join();
  context.trail.saw({ action: 'arrival.call', role, declarations: [{ id, provinceCode }] });
}
