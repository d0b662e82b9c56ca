import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { checkIds } from '../../platform/graphql/check-ids.ts';
import { forbidden } from '../../platform/graphql/problems.ts';
import { reasonText } from '../../platform/graphql/read-reason.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { narrowScope } from '../../checkpoints/scope.service.ts';
import type { Parts } from '../../declarations/declarations.service.ts';
import { DeclarationFilter, readDeclarationFilter } from '../../declarations/declarations-to-file.service.ts';
import { checkPassageFilter, PassageFilter } from '../../passages/passages-to-file.service.ts';
import { discardExport } from './discard-export.ts';
import { Export } from './export.entity.ts';
import { exportScope } from './export-scope.ts';
import { exportLink } from './export-link.ts';
import { ExportFormat, type ExportRow } from './export.row.ts';
import { ownExport, ownExports } from './exports.queries.ts';
import { ownerOf, requestExport, type Wish } from './request-export.ts';

const mostListed = 50;
const asked =
  'A background job makes it: ask for it again by export(id). The same id with the same order is the same file; with another order BAD_USER_INPUT. RATE_LIMITED for who has ten files already.';
const idText = 'UUIDv7 made by the client.';
const formatText = 'The form of the file.';

@Resolver()
export class ExportsResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => Export, { nullable: true, description: 'A file of the own account; null where there is none.' })
  async export(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Export | null> {
    permit(context, 'export.request');
    checkIds({ id });
    const row = await ownExport(await context.transaction(), ownerOf(signedIn(context)), id);
    return row && this.#show(context, row);
  }

  @Query(() => [Export], {
    complexity: mostListed,
    description: 'The files that the own account asked for, the newest 50, newest first.',
  })
  async exports(@Ctx() context: Context): Promise<Export[]> {
    permit(context, 'export.request');
    const rows = await ownExports(await context.transaction(), ownerOf(signedIn(context)), mostListed);
    return rows.map((row) => this.#show(context, row));
  }

  @Mutation(() => Export, { description: `Orders a file of all passages that the filter finds, masked. ${asked}` })
  async requestPassageExport(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: idText }) id: string,
    @Arg('filter', () => PassageFilter, { description: 'Which ones, as of passages; plate is FORBIDDEN.' })
    filter: PassageFilter,
    @Arg('format', () => ExportFormat, { description: formatText }) format: ExportFormat,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Export> {
    checkPassageFilter(filter);
    narrowScope(
      permit(context, 'export.request'),
      { unitCode: filter.unitCode ?? null },
      this.#parts.territory,
      'filter',
    );
    return this.#request(context, { id, kind: 'PASSAGES', format, filter, reason });
  }

  @Mutation(() => Export, { description: `Orders a file of all declarations that the filter finds, masked. ${asked}` })
  async requestDeclarationExport(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: idText }) id: string,
    @Arg('filter', () => DeclarationFilter, { description: 'Which ones, as of declarations.' })
    filter: DeclarationFilter,
    @Arg('format', () => ExportFormat, { description: formatText }) format: ExportFormat,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Export> {
    readDeclarationFilter(this.#parts.territory, filter);
    return this.#request(context, { id, kind: 'DECLARATIONS', format, filter, reason });
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a file of the own account, or gives it up while it is made. False where there is none.',
  })
  async discardExport(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<boolean> {
    permit(context, 'export.request');
    checkIds({ id });
    return discardExport(await context.transaction(), signedIn(context), id);
  }

  async #request(context: Context, wish: Wish): Promise<Export> {
    permit(context, 'export.request');
    if (!exportScope(signedIn(context), wish.kind)) throw forbidden();
    return this.#show(context, await requestExport(await context.transaction(), signedIn(context), wish, context));
  }

  #show({ at, locale }: Context, row: ExportRow): Export {
    return new Export(row, { at, locale, link: (file) => exportLink(this.#parts.keys, file, at) });
  }
}
