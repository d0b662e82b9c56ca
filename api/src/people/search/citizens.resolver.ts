import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { Keys } from '../../platform/crypto/keys.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { checkIds } from '../../platform/graphql/check-ids.ts';
import { readPage, toConnection } from '../../platform/graphql/connection.ts';
import { readReason, reasonText } from '../../platform/graphql/read-reason.ts';
import { peopleShown } from '../../policy/people-shown.ts';
import { permit, signedIn, type Scope } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { CitizenConnection } from '../citizen-connection.entity.ts';
import { Citizen, CitizenView, type CitizenRow } from '../citizen.entity.ts';
import { citizensAsTheyStand, citizensByIds } from '../citizens.queries.ts';
import type { PeopleElsewhere } from '../people-elsewhere.ts';
import { readPeopleSearch } from './read-search.ts';
import { mostFound, searchPeople, type Found } from './search-people.ts';

interface Parts {
  keys: Keys;
  territory: Territory;
}

/** People, found with a reason and shown whole: each search and each look is entered with whom it showed. */
@Resolver()
export class CitizensResolver {
  readonly #parts: Parts;
  readonly #elsewhere: PeopleElsewhere;

  constructor(parts: Parts, elsewhere: PeopleElsewhere) {
    this.#parts = parts;
    this.#elsewhere = elsewhere;
  }

  @Query(() => CitizenConnection, {
    description:
      'Searches the people of your jurisdiction: those whom a declaration or passage names that you may see. Best first, 200 at most, shown whole. Each search stands in the audit trail with its reason and whom it showed, never with what was typed.',
  })
  async citizens(
    @Ctx() context: Context,
    @Arg('search', () => String, {
      description:
        'An ID number (12 or 9 digits), a passport or phone number, the code of a card or of a declaration, or a name, diacritics not needed, with or without a birth date or year: "nguyen thi hoa 1990". At most 500 characters.',
    })
    search: string,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<CitizenConnection> {
    const scope = permit(context, 'citizen.search');
    const page = readPage(first, after, { list: 'citizens', key: ['text', 'id'] });
    const [wanted, why] = [readPeopleSearch(search), readReason(reason)];
    const tx = await context.transaction();
    const found = await searchPeople(tx, { keys: this.#parts.keys, elsewhere: this.#elsewhere }, scope, wanted);
    const from = placeAfter(found, page.after);
    const shown = await this.#withRows(tx, found.slice(from, from + page.first + 1));
    this.#saw(
      context,
      shown.slice(0, page.first).map(({ row }) => row),
      why,
      wanted.kind,
    );
    const { edges, pageInfo } = toConnection(page, shown, cursorOf);
    return Object.assign(new CitizenConnection(), {
      edges: edges.map(({ cursor, node: { row, foundBy } }) => ({
        cursor,
        node: this.#show(context, scope, row),
        foundBy,
      })),
      pageInfo,
      totalCount: found.length < mostFound ? found.length : null,
    });
  }

  @Query(() => Citizen, {
    nullable: true,
    description:
      'One person, whole; of one who is merged into another, the other. Null where there is none or none whom a row names that you may see. Each look stands in the audit trail with its reason.',
  })
  async citizen(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Their id.' }) id: string,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Citizen | null> {
    const scope = permit(context, 'citizen.search');
    checkIds({ id });
    const why = readReason(reason);
    const tx = await context.transaction();
    const rows = await citizensAsTheyStand(tx, scope.provinces, [id]);
    const [reached] = rows.length === 0 ? [] : await this.#elsewhere.reached(tx, scope, rows);
    const row = rows.find(({ province_code }) => province_code === reached?.province_code);
    if (!row) return null;
    this.#saw(context, [row], why);
    return this.#show(context, scope, row);
  }

  async #withRows(tx: Transaction, found: Found[]): Promise<Shown[]> {
    if (found.length === 0) return [];
    const provinces = [...new Set(found.map(({ key }) => key.province_code))];
    const rows = await citizensByIds(
      tx,
      provinces,
      found.map(({ key }) => key.id),
    );
    const byKey = new Map(rows.map((row) => [`${row.province_code}/${row.id}`, row]));
    return found.flatMap((one) => {
      const row = byKey.get(`${one.key.province_code}/${one.key.id}`);
      return row ? [{ ...one, row }] : [];
    });
  }

  #show(context: Context, scope: Scope, row: CitizenRow): CitizenView {
    const whole = peopleShown('citizen.search', scope) === 'WHOLE';
    return new CitizenView(row, { ...this.#parts, locale: context.locale }, whole);
  }

  #saw(context: Context, people: readonly CitizenRow[], reason: string, search?: string): void {
    context.trail.saw({
      action: search ? 'citizens.search' : 'citizen.read',
      role: signedIn(context).roles.join(),
      declarations: [],
      citizens: people.map(({ id, province_code: provinceCode }) => ({ id, provinceCode })),
      reason,
      ...(search ? { always: true, detail: { search, found: people.length } } : {}),
    });
  }
}

interface Shown extends Found {
  row: CitizenRow;
}

const cursorOf = ({ score, key }: Found): string[] => [`${score}/${key.province_code}`, key.id];

/** Where the page after a cursor begins: behind its person, or, where they are gone, behind all who are as good. */
function placeAfter(found: readonly Found[], after: string[] | null): number {
  if (after === null) return 0;
  const [score = '', id] = after;
  const province = score.split('/')[1];
  const place = found.findIndex(({ key }) => key.id === id && key.province_code === province);
  if (place >= 0) return place + 1;
  const next = found.findIndex((one) => one.score < Number.parseInt(score));
  return next < 0 ? found.length : next;
}
