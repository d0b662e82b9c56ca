import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { readPage, toConnection } from '../platform/graphql/connection.ts';
import { badInput, forbidden } from '../platform/graphql/problems.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { enterListExport, forExportText } from '../policy/list-export.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { Citizen, CitizenView } from '../people/citizen.entity.ts';
import { citizenLoader } from '../people/citizens.service.ts';
import { DeclarationConnection } from './declaration.connection.ts';
import { Declaration } from './declaration.entity.ts';
import { DeclarationFilter } from './declaration.input.ts';
import { readDeclarationFilter } from './read-declaration-filter.ts';
import { countDeclarations, listDeclarations } from './declaration-list.queries.ts';
import { declarationIdOfCode } from './declarations.queries.ts';
import {
  companionLoader,
  loadDeclaration,
  sawDeclarations,
  sawForApp,
  viewFor,
  within,
  type Parts,
} from './declarations.service.ts';
import { readSpokenCode } from './shared/spoken-code.ts';

@Resolver(() => Declaration)
export class DeclarationsResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => Declaration, {
    nullable: true,
    description:
      'One declaration, by id or by spoken code; null where there is none or it lies outside your rights. An officer reads those a scan opened at an own checkpoint in the last 24 hours.',
  })
  async declaration(
    @Ctx() context: Context,
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('code', () => String, { nullable: true, description: 'Its spoken code, with or without blanks.' })
    code: string | null,
  ): Promise<Declaration | null> {
    permit(context, 'declaration.read');
    if (!id === !code)
      throw badInput({ id: { vi: 'Cần mã tờ khai hoặc mã đọc, một trong hai.', en: 'Give either id or code.' } });
    if (id) return uuid7Time(id) === null ? null : loadDeclaration(this.#parts, context, id);
    const read = readSpokenCode(code ?? '');
    if (!read)
      throw badInput({
        code: {
          vi: 'Mã không đúng. Hãy đọc lại từng chữ.',
          en: 'Not a valid code. Read it again character by character.',
        },
      });
    const found = await declarationIdOfCode(await context.transaction(), read);
    return found === null ? null : loadDeclaration(this.#parts, context, found);
  }

  @Query(() => DeclarationConnection, {
    description: 'The declarations whose destination lies in your jurisdiction, newest first, masked.',
  })
  async declarations(
    @Ctx() context: Context,
    @Arg('filter', () => DeclarationFilter, { nullable: true, description: 'Which ones; all when absent.' })
    filter: DeclarationFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
    @Arg('forExport', () => Boolean, { nullable: true, defaultValue: false, description: forExportText })
    forExport: boolean,
  ): Promise<DeclarationConnection> {
    const scope = permit(context, 'declaration.list');
    const page = readPage(first, after, { list: 'declarations', key: ['time', 'id'] });
    // Whether somebody passed, and which journeys are of one person, is none of a partner's business.
    if (context.viewer?.app && (filter?.citizenId ?? filter?.passed ?? null) !== null) throw forbidden();
    const wanted = readDeclarationFilter(this.#parts.territory, filter ?? {});
    const tx = await context.transaction();
    const rows = await listDeclarations(tx, scope, wanted, page);
    if (context.viewer?.app) sawForApp(context, 'declarations.read', rows.slice(0, page.first));
    const view = viewFor(this.#parts, context);
    const count = () => countDeclarations(tx, scope, wanted);
    if (forExport) await enterListExport(context, { list: 'declarations', page, conditions: { ...filter }, count });
    return toConnection(
      page,
      rows.map((row) => new Declaration(row, view, false)),
      ({ row }) => [row.submitted_at.toISOString(), row.id],
      count,
    );
  }

  @FieldResolver(() => Citizen, {
    nullable: true,
    description: 'The person as known in the province; null where the reader may not see it.',
  })
  async citizen(@Root() declaration: Declaration, @Ctx() context: Context): Promise<Citizen | null> {
    // An id of the person that stays would let an app put journeys together.
    if (!context.viewer || context.viewer.app) return null;
    const { province_code: province, citizen_id: id } = declaration.row;
    const row = await context.loaders.of(context, citizenLoader).load({ province, id });
    return row && new CitizenView(row, viewFor(this.#parts, context), declaration.whole);
  }

  @FieldResolver(() => [Declaration], {
    description: 'The other declarations of the same submission, 50 at most, as far as the reader may see them.',
  })
  async companions(@Root() declaration: Declaration, @Ctx() context: Context): Promise<Declaration[]> {
    const rows = (await context.loaders.of(context, companionLoader).load(declaration.row)) ?? [];
    const visible = declaration.whole ? rows : rows.filter((row) => within(permit(context, 'declaration.read'), row));
    if (context.viewer?.app) sawForApp(context, 'declarations.read', visible);
    else if (declaration.whole) sawDeclarations(context, visible);
    return visible.map((row) => new Declaration(row, viewFor(this.#parts, context), declaration.whole));
  }
}
