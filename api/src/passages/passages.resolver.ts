import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Bus } from '../platform/bus/bus.ts';
import { readPage, toConnection } from '../platform/graphql/connection.ts';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { badInput, forbidden } from '../platform/graphql/problems.ts';
import { enterListExport, forExportText } from '../policy/list-export.ts';
import { permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import { checkpointsAround } from '../checkpoints/checkpoints-around.service.ts';
import { keepCheckpoints } from '../checkpoints/checkpoints.service.ts';
import type { Parts } from '../declarations/declarations.service.ts';
import { readPlate } from '../declarations/shared/plate.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import { Passage, type Decision } from './passage.entity.ts';
import { invalidTexts, rejectionTexts } from './passage.problems.ts';
import { PassageConnection } from './passage.connection.ts';
import { PassageRecorded, PassageRejected, RecordPassageResult } from './passage-results.entity.ts';
import { isOwnShift, ownShift, showPassage } from './passage-fields.resolver.ts';
import { countPassages, listPassages } from './passage-list.queries.ts';
import { PassageFilter, RecordPassageInput } from './record-passage.input.ts';
import { recordPassages, type Outcome } from './record-passages.ts';
import { tellRecorded } from './recorded.events.ts';
import type { RecordingCheckpoint } from './recorder.ts';

const mostAtOnce = 500;

@Resolver()
export class PassagesResolver {
  readonly #parts: Parts;
  readonly #issuer: PassIssuer;
  readonly #bus: Bus;
  readonly #count: (decision: Decision) => void;

  constructor(parts: Parts, issuer: PassIssuer, bus: Bus, count: (decision: Decision) => void) {
    this.#parts = parts;
    this.#issuer = issuer;
    this.#bus = bus;
    this.#count = count;
  }

  @Mutation(() => [RecordPassageResult], {
    description:
      'Records 1 to 500 passages of one province, in any order and any number of times: an id is recorded once. One result each, in order. BAD_USER_INPUT for an empty batch, more than 500, or checkpoints of two provinces.',
  })
  async recordPassages(
    @Ctx() context: Context,
    @Arg('input', () => [RecordPassageInput], { description: 'The passages, 1 to 500.' }) input: RecordPassageInput[],
  ): Promise<Array<typeof RecordPassageResult>> {
    const scope = permit(context, 'passage.record');
    if (input.length < 1 || input.length > mostAtOnce)
      throw badInput({ input: { vi: 'Mỗi lần gửi từ 1 đến 500 lượt.', en: 'Send 1 to 500 passages at a time.' } });
    const viewer = signedIn(context);
    const tx = await context.transaction();
    const around = await checkpointsAround(tx, [...new Set(input.map(({ checkpointId }) => checkpointId))]);
    const checkpoints = new Map(
      [...around].map(([id, checkpoint]): [string, RecordingCheckpoint] => [
        id,
        { ...checkpoint, assigned: scope.checkpointIds?.includes(id) ?? false },
      ]),
    );
    refuseTwoProvinces(input, checkpoints);
    const recorder = { accountId: viewer.accountId, unitId: viewer.jurisdiction.unitId, checkpoints };
    const outcomes = await recordPassages(tx, { ...this.#parts, issuer: this.#issuer }, recorder, input, context.at);
    context.transactions.afterCommit(async () => {
      tellRecorded(this.#bus, outcomes);
      for (const one of outcomes) if (one.kind === 'RECORDED' && !one.duplicate) this.#count(one.row.decision);
    });
    return outcomes.map((outcome) => this.#show(context, outcome));
  }

  #show(context: Context, outcome: Outcome): PassageRecorded | PassageRejected {
    const { locale } = context;
    if (outcome.kind === 'RECORDED') {
      const passage = new Passage(outcome.row, locale, isOwnShift(context, outcome.row));
      return Object.assign(new PassageRecorded(), { passage, duplicate: outcome.duplicate });
    }
    const { code, detail } = outcome.rejection;
    const message = (detail ? invalidTexts[detail] : rejectionTexts[code])[locale];
    return Object.assign(new PassageRejected(), { id: outcome.id, code, message });
  }

  @Query(() => PassageConnection, {
    description:
      'Passages of the checkpoints in your jurisdiction, newest first, as corrected unless filter.superseded; an officer: of the own checkpoints. Masked, but for the own shift.',
  })
  async passages(
    @Ctx() context: Context,
    @Arg('filter', () => PassageFilter, { nullable: true, description: 'Which ones; all when absent.' })
    filter: PassageFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
    @Arg('forExport', () => Boolean, { nullable: true, defaultValue: false, description: forExportText })
    forExport: boolean,
  ): Promise<PassageConnection> {
    const whole = permit(context, 'passage.list');
    const scope = narrowScope(whole, { unitCode: filter?.unitCode ?? null }, this.#parts.territory, 'filter');
    // Searching by what is masked would unmask it: only officers may ask by plate, and find their own shift, shown whole.
    if (filter?.plate && scope.checkpointIds === null) throw forbidden();
    const page = readPage(first, after, { list: 'passages', key: ['time', 'id'] });
    checkIds({ 'filter.citizenId': filter?.citizenId, 'filter.checkpointIds': filter?.checkpointIds });
    const plate = filter?.plate ? (readPlate(filter.plate) ?? '') : null;
    const tx = await context.transaction();
    const wanted = { ...filter, plate, shift: plate === null ? null : ownShift(signedIn(context), context.at) };
    const rows = await listPassages(tx, scope, wanted, page);
    keepCheckpoints(
      context,
      rows.map(({ checkpoint }) => checkpoint),
    );
    const passages = rows.map((row) => showPassage(context, row));
    const count = () => countPassages(tx, scope, wanted);
    if (forExport) {
      const conditions = { ...filter, plate: plate !== null || null };
      await enterListExport(context, { list: 'passages', page, conditions, count });
    }
    return toConnection(page, passages, ({ row }) => [row.occurred_at.toISOString(), row.id], count);
  }
}

function refuseTwoProvinces(input: RecordPassageInput[], checkpoints: Map<string, RecordingCheckpoint>): void {
  const provinces = new Set(input.flatMap(({ checkpointId }) => checkpoints.get(checkpointId)?.provinceCode ?? []));
  if (provinces.size > 1)
    throw badInput({
      input: { vi: 'Mỗi lần gửi chỉ gồm các chốt của một tỉnh.', en: 'A batch is of one province’s checkpoints.' },
    });
}
