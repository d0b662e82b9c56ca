import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { connectionOf, mostCounted, readPage, toConnection, toTotal } from '../platform/graphql/connection.ts';
import { DateTime } from '../platform/graphql/dates.ts';
import { readReason, reasonText } from '../platform/graphql/read-reason.ts';
import { enterListExport, forExportText } from '../policy/list-export.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { checkpointLoader } from '../checkpoints/checkpoints.service.ts';
import type { Parts } from '../declarations/declarations.service.ts';
import { Citizen } from '../people/citizen.entity.ts';
import { Case } from './case.entity.ts';
import { contactGraph } from './contact-graph.ts';
import { ContactEdge, ExposureKind, LinkReview } from './contact-edge.entity.ts';
import { ContactGraph, ContactNode, HiddenContacts } from './contact-graph.entity.ts';
import { FollowUpStatus } from './follow-up.entity.ts';
import { countContacts, contactSorting, listContacts } from './follow-ups.queries.ts';
import { approveTrace, nameContact, reviewLink } from './change-trace.ts';
import { showPerson } from './show-person.ts';
import { TraceInput } from './trace.input.ts';
import { askerOf } from './asker.ts';

const ContactConnection = connectionOf('Contact', () => ContactNode, 'ContactConnectionEdge');
type ContactConnection = InstanceType<typeof ContactConnection>;

/** Whom a case met: as a graph, as a list, and what a tracer decides about it. */
@Resolver(() => Case)
export class CaseContactFields {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @FieldResolver(() => ContactGraph, {
    description:
      'Whom the case met and whom these met, as it was traced last. Fewer generations, kinds or minutes are cut from that; more of them are traced in the background: status RUNNING, and what there is until then. People are shown whole, which stands in the audit trail.',
  })
  async contactGraph(
    @Root() { row }: Case,
    @Ctx() context: Context,
    @Arg('input', () => TraceInput, { nullable: true, description: 'How far and by what.' }) input: TraceInput | null,
    @Arg('forExport', () => Boolean, { nullable: true, defaultValue: false, description: forExportText })
    forExport: boolean,
  ): Promise<ContactGraph> {
    const reader = { scope: permit(context, 'case.read'), asker: askerOf(context), territory: this.#parts.territory };
    const graph = await contactGraph(await context.transaction(), row, input, reader);
    if (forExport) {
      const conditions = { caseId: row.id, ...input };
      const { nodes } = await graph.shown();
      const count = () => nodes.length;
      await enterListExport(context, {
        list: 'contacts',
        action: 'case.export',
        page: { after: null },
        conditions,
        count,
      });
    }
    return graph;
  }

  @FieldResolver(() => ContactConnection, {
    description: 'The contacts that you may see, nearest first, then by when they were first exposed.',
  })
  async contacts(
    @Root() { row }: Case,
    @Ctx() context: Context,
    @Arg('generation', () => Int, { nullable: true, description: 'Only of this one.' }) generation: number | null,
    @Arg('unitCode', () => String, { nullable: true, description: 'Only who stays in this unit.' })
    unitCode: string | null,
    @Arg('status', () => FollowUpStatus, { nullable: true, description: 'Only these.' }) status: FollowUpStatus | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<ContactConnection> {
    const { provinces } = permit(context, 'case.read');
    const page = readPage(first ?? 50, after, contactSorting);
    const unitIds = unitCode ? this.#unitsOf(unitCode) : null;
    const filter = { caseId: row.id, provinces, unitIds, generation: generation ?? null, status: status ?? null };
    const tx = await context.transaction();
    const rows = await listContacts(tx, filter, page);
    return toConnection(
      page,
      rows.map((contact) => new ContactNode(contact, context.at)),
      ({ row: { generation: own, first_exposed_at, citizen_id } }) => [
        String(own),
        first_exposed_at.toISOString(),
        citizen_id,
      ],
      async () => toTotal(await countContacts(tx, filter, mostCounted + 1)),
    );
  }

  @Mutation(() => Case, {
    description:
      'Decides on all links of a kind between two people: DISMISSED leads to nobody in every trace of the case, CONFIRMED says that it is right, NONE takes it back. The case is traced again in the background. NOT_FOUND for a link that the newest trace does not hold. Audited.',
  })
  async reviewLink(
    @Ctx() context: Context,
    @Arg('caseId', () => ID, { description: 'The case.' }) caseId: string,
    @Arg('source', () => ID, { description: 'ContactEdge.source.' }) source: string,
    @Arg('target', () => ID, { description: 'ContactEdge.target.' }) target: string,
    @Arg('kind', () => ExposureKind, { description: 'ContactEdge.kind.' }) kind: ExposureKind,
    @Arg('review', () => LinkReview, { description: 'The decision.' }) review: LinkReview,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Case> {
    const scope = permit(context, 'case.trace');
    checkIds({ caseId, source, target });
    const decision = { review, reason: readReason(reason) };
    const change = { scope, asker: askerOf(context) };
    return new Case(await reviewLink(await context.transaction(), change, { caseId, source, target, kind }, decision));
  }

  @Mutation(() => Case, {
    description:
      'Enters that two people of a case, or one of them and somebody else whom you may see, met: the link is DECLARED. The case is traced again in the background. Sent again it is entered once. Audited.',
  })
  async nameContact(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'UUIDv7 made by the client.' }) id: string,
    @Arg('caseId', () => ID, { description: 'The case.' }) caseId: string,
    @Arg('citizenId', () => ID, { description: 'Who named the other: the case’s person, or a contact.' })
    citizenId: string,
    @Arg('otherId', () => ID, { description: 'Who was named.' }) otherId: string,
    @Arg('metAt', () => DateTime, { description: 'When they met.' }) metAt: Date,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Case> {
    const scope = permit(context, 'case.trace');
    checkIds({ id, caseId, citizenId, otherId });
    const change = { scope, asker: askerOf(context) };
    const named = { id, oneId: citizenId, otherId, metAt, reason: readReason(reason) };
    return new Case(await nameContact(await context.transaction(), change, caseId, named));
  }

  @Mutation(() => Case, {
    description:
      'Approves a trace that would reach many people (AWAITING_APPROVAL): it runs in the background. BAD_USER_INPUT where none waits, or for who asked for it. Audited.',
  })
  async approveTrace(
    @Ctx() context: Context,
    @Arg('caseId', () => ID, { description: 'The case.' }) caseId: string,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Case> {
    const scope = permit(context, 'case.trace');
    checkIds({ caseId });
    const change = { scope, asker: askerOf(context) };
    return new Case(await approveTrace(await context.transaction(), change, caseId, readReason(reason)));
  }

  #unitsOf(unitCode: string): string[] {
    const unit = this.#parts.territory.named(unitCode);
    return unit ? this.#parts.territory.within(unit).map(({ id }) => id) : [];
  }
}

/** What of a graph is read only where it is asked for. */
@Resolver(() => ContactGraph)
export class ContactGraphFields {
  @FieldResolver(() => [ContactNode], {
    description: 'The contacts that you may see, nearest first; the case itself is none.',
  })
  async nodes(@Root() graph: ContactGraph): Promise<ContactNode[]> {
    return (await graph.shown()).nodes;
  }

  @FieldResolver(() => [ContactEdge], { description: 'The links between the case and the nodes.' })
  async edges(@Root() graph: ContactGraph): Promise<ContactEdge[]> {
    return (await graph.shown()).edges;
  }

  @FieldResolver(() => [HiddenContacts], {
    description: 'Beyond what you may see, of what was asked for: how many of which generation, and whom to call.',
  })
  async hidden(@Root() graph: ContactGraph): Promise<HiddenContacts[]> {
    return (await graph.shown()).hidden;
  }

  @FieldResolver(() => Boolean, { description: 'Whether there are more nodes or links than were answered.' })
  async truncated(@Root() graph: ContactGraph): Promise<boolean> {
    return (await graph.shown()).truncated;
  }

  @FieldResolver(() => Int, { description: 'How many nodes there are, hidden ones not counted.' })
  async totalNodes(@Root() graph: ContactGraph): Promise<number> {
    return (await graph.shown()).totalNodes;
  }

  @FieldResolver(() => Int, { description: 'How many links there are, hidden ones not counted.' })
  async totalEdges(@Root() graph: ContactGraph): Promise<number> {
    return (await graph.shown()).totalEdges;
  }
}

@Resolver(() => ContactNode)
export class ContactNodeFields {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @FieldResolver(() => Citizen, { description: 'Who it is, whole.' })
  citizen(@Root() { row }: ContactNode, @Ctx() context: Context): Promise<Citizen> {
    return showPerson(context, this.#parts, { province: row.province_code, id: row.citizen_id }, row.case_id);
  }
}

@Resolver(() => ContactEdge)
export class ContactEdgeFields {
  @FieldResolver(() => Checkpoint, { nullable: true, description: 'Where they passed; null for other kinds of links.' })
  async checkpoint(@Root() { row }: ContactEdge, @Ctx() context: Context): Promise<Checkpoint | null> {
    return row.checkpoint_id === null ? null : context.loaders.of(context, checkpointLoader).load(row.checkpoint_id);
  }
}
