import 'reflect-metadata';
import { buildSchemaSync } from 'type-graphql';
import type { GraphQLSchema } from 'graphql';
import { AccountFields, ActorFields, ViewerFields } from './accounts/account-fields.resolver.ts';
import { AccountChangesResolver } from './accounts/account-changes.resolver.ts';
import { AccountsResolver } from './accounts/accounts.resolver.ts';
import { AccountImportResolver } from './accounts/import/account-import.resolver.ts';
import { AccountReachResolver } from './accounts/reach/account-reach.resolver.ts';
import { PartnerAppFields } from './accounts/partner-apps/partner-app-fields.resolver.ts';
import { PartnerAppsResolver } from './accounts/partner-apps/partner-apps.resolver.ts';
import { SecondFactorResolver } from './accounts/second-factor/second-factor.resolver.ts';
import { SessionsResolver } from './accounts/sessions/sessions.resolver.ts';
import { SignInResolver } from './accounts/sign-in/sign-in.resolver.ts';
import { UnsettledPostsResolver } from './accounts/unsettled/unsettled-posts.resolver.ts';
import { AuditEntryFields } from './audit/audit-entry-fields.resolver.ts';
import { AuditTrailResolver } from './audit/audit-trail.resolver.ts';
import { CheckpointSignResolver } from './checkpoints/checkpoint-sign.resolver.ts';
import { CheckpointsResolver } from './checkpoints/checkpoints.resolver.ts';
import { CitizenDeclarationsFields } from './declarations/citizen-declarations.fields.ts';
import { DeclarationsResolver } from './declarations/declarations.resolver.ts';
import type { Parts } from './declarations/declarations.service.ts';
import { peopleOfCode } from './declarations/people-of-code.service.ts';
import { peopleOfPhones } from './declarations/people-of-phones.service.ts';
import { ReceiptAccessFields } from './declarations/receipt-accesses.fields.ts';
import { TryRulesResolver } from './declarations/try-rules.resolver.ts';
import { SubmissionsResolver } from './declarations/submissions.resolver.ts';
import type { WorkToll } from './declarations/work-toll.ts';
import { PartnerStatisticsResolver } from './partners/partner-statistics.resolver.ts';
import { MismatchesResolver } from './mismatches/mismatches.resolver.ts';
import { CitizenPassagesFields } from './passages/citizen-passages.fields.ts';
import { PassageFields, DeclarationPassagesFields } from './passages/passage-fields.resolver.ts';
import { FoundDeclarationsFields, IdCardFields, ValidPassFields } from './passages/open-counts.fields.ts';
import { peopleReached } from './passages/people-reached.service.ts';
import { ArrivalCountsResolver } from './passages/arrivals/arrival-counts.resolver.ts';
import { ArrivalPhoneResolver } from './passages/arrivals/arrival-phone.resolver.ts';
import { ArrivalsResolver } from './passages/arrivals/arrivals.resolver.ts';
import { PaperResolver } from './passages/paper/paper.resolver.ts';
import type { Decision } from './passages/passage.entity.ts';
import { PassagesResolver } from './passages/passages.resolver.ts';
import { ScanResolver } from './passages/scan.resolver.ts';
import type { PassIssuer } from './passes/pass-issuer.service.ts';
import { ReceiptPassFields } from './passes/receipt-pass.fields.ts';
import { TrustListResolver } from './passes/trust-list.resolver.ts';
import type { TrustLists } from './passes/trust-list.service.ts';
import { CasesResolver } from './tracing/cases.resolver.ts';
import { CaseUploadResolver } from './tracing/upload/case-upload.resolver.ts';
import {
  CaseContactFields,
  ContactEdgeFields,
  ContactGraphFields,
  ContactNodeFields,
} from './tracing/contact-graph.fields.ts';
import { FollowUpsResolver } from './tracing/follow-ups.resolver.ts';
import { CheckpointBundleResolver } from './passages/checkpoint-bundle.resolver.ts';
import { PassesToStop } from './watchlist/passes-to-stop.service.ts';
import { DoublesResolver } from './people/doubles/doubles.resolver.ts';
import { MergingResolver } from './people/merging/merging.resolver.ts';
import { CitizensResolver } from './people/search/citizens.resolver.ts';
import { ExportsResolver } from './reports/exports/exports.resolver.ts';
import type { Bus } from './platform/bus/bus.ts';
import type { Notices } from './platform/bus/notices.ts';
import { noPubSub, openFeeds } from './platform/sockets/feed.ts';
import { guardRootFields } from './policy/root-fields.ts';
import { DailyReportResolver } from './reports/daily-report.resolver.ts';
import { ReportLinkFields } from './reports/files/report-links.fields.ts';
import { MovementReportResolver } from './reports/movement-report.resolver.ts';
import { DeadLettersResolver } from './registry/dead-letters/dead-letters.resolver.ts';
import {
  CitizenVerificationFields,
  MismatchResolutionFields,
  VerificationFields,
} from './registry/citizen-verification.fields.ts';
import { ErasureResolver } from './retention/erasure.resolver.ts';
import { ThresholdsResolver } from './traffic/thresholds/thresholds.resolver.ts';
import { AlertFields } from './traffic/alert-fields.resolver.ts';
import type { TrafficHub } from './traffic/traffic-hub.ts';
import { TrafficResolver } from './traffic/traffic.resolver.ts';
import { VerifiedResolver } from './mismatches/verified.resolver.ts';
import { UnitsResolver } from './territory/units.resolver.ts';
import { MovementRulesResolver } from './territory/zones/movement-rules.resolver.ts';
import { ZonesResolver } from './territory/zones/zones.resolver.ts';

export interface Rooms {
  parts: Parts;
  issuer: PassIssuer;
  trustLists: TrustLists;
  toll: WorkToll;
  /** Whether ADMIN, TRACER and AUDITOR do nothing before they have a second factor. */
  secondFactorObligatory: boolean;
  /** What this node does when a zone was changed on it. */
  reloadZones: () => Promise<void>;
  /** What this node tells the others. */
  bus: Bus;
  /** Told of each passage that is new. */
  countRecorded: (decision: Decision) => void;
  /** What the worker tells all nodes. */
  notices: Notices;
  hub: TrafficHub;
}

type ResolverClass = new (...args: never[]) => object;

/** Every resolver with its parts, by plain constructor arguments. Without rooms: only the schema, for printing it. */
export function composeSchema(rooms: Rooms | null): GraphQLSchema {
  const { parts, issuer, trustLists, toll, secondFactorObligatory, reloadZones, bus, countRecorded, notices, hub } =
    rooms ?? ({} as Rooms);
  const resolvers = new Map<ResolverClass, object>([
    [UnitsResolver, new UnitsResolver(() => parts.territory)],
    [MovementRulesResolver, new MovementRulesResolver(() => parts.territory)],
    [TryRulesResolver, new TryRulesResolver(parts)],
    [ZonesResolver, new ZonesResolver(() => parts.territory, reloadZones)],
    [SignInResolver, new SignInResolver(parts, secondFactorObligatory)],
    [SecondFactorResolver, new SecondFactorResolver(parts, secondFactorObligatory)],
    [SessionsResolver, new SessionsResolver(parts, secondFactorObligatory)],
    [ViewerFields, new ViewerFields()],
    [AccountsResolver, new AccountsResolver(parts)],
    [AccountChangesResolver, new AccountChangesResolver(parts)],
    [AccountImportResolver, new AccountImportResolver(parts)],
    [AccountReachResolver, new AccountReachResolver(parts, secondFactorObligatory)],
    [UnsettledPostsResolver, new UnsettledPostsResolver(parts)],
    [AccountFields, new AccountFields(parts)],
    [ActorFields, new ActorFields(parts)],
    [PartnerAppsResolver, new PartnerAppsResolver(parts)],
    [PartnerAppFields, new PartnerAppFields(parts)],
    [AuditTrailResolver, new AuditTrailResolver(parts)],
    [AuditEntryFields, new AuditEntryFields(parts)],
    [CheckpointsResolver, new CheckpointsResolver(parts)],
    [CheckpointSignResolver, new CheckpointSignResolver(parts)],
    [
      CitizensResolver,
      new CitizensResolver(parts, { reached: peopleReached, withPhone: peopleOfPhones, withCode: peopleOfCode }),
    ],
    [MergingResolver, new MergingResolver(parts)],
    [DoublesResolver, new DoublesResolver(parts)],
    [DeclarationsResolver, new DeclarationsResolver(parts)],
    [CitizenDeclarationsFields, new CitizenDeclarationsFields(parts)],
    [SubmissionsResolver, new SubmissionsResolver(parts, toll)],
    [ReceiptPassFields, new ReceiptPassFields(parts, issuer)],
    [ReceiptAccessFields, new ReceiptAccessFields(parts)],
    [TrustListResolver, new TrustListResolver(trustLists)],
    [PassagesResolver, new PassagesResolver(parts, issuer, bus, countRecorded)],
    [PaperResolver, new PaperResolver(parts)],
    [ArrivalsResolver, new ArrivalsResolver(parts)],
    [ArrivalCountsResolver, new ArrivalCountsResolver(parts)],
    [ArrivalPhoneResolver, new ArrivalPhoneResolver(parts)],
    [PassageFields, new PassageFields(parts)],
    [DeclarationPassagesFields, new DeclarationPassagesFields()],
    [CitizenPassagesFields, new CitizenPassagesFields()],
    [ValidPassFields, new ValidPassFields()],
    [FoundDeclarationsFields, new FoundDeclarationsFields()],
    [IdCardFields, new IdCardFields()],
    [DeadLettersResolver, new DeadLettersResolver()],
    [MovementReportResolver, new MovementReportResolver(parts)],
    [DailyReportResolver, new DailyReportResolver(parts)],
    [PartnerStatisticsResolver, new PartnerStatisticsResolver(parts)],
    [CitizenVerificationFields, new CitizenVerificationFields()],
    [VerificationFields, new VerificationFields()],
    [MismatchResolutionFields, new MismatchResolutionFields()],
    [MismatchesResolver, new MismatchesResolver(parts)],
    [ErasureResolver, new ErasureResolver()],
    [CheckpointBundleResolver, new CheckpointBundleResolver(new PassesToStop())],
    [CaseUploadResolver, new CaseUploadResolver(parts)],
    [CasesResolver, new CasesResolver(parts)],
    [CaseContactFields, new CaseContactFields(parts)],
    [ContactNodeFields, new ContactNodeFields(parts)],
    [ContactEdgeFields, new ContactEdgeFields()],
    [ContactGraphFields, new ContactGraphFields()],
    [FollowUpsResolver, new FollowUpsResolver(parts)],
    [TrafficResolver, new TrafficResolver(parts, hub)],
    [AlertFields, new AlertFields()],
    [ThresholdsResolver, new ThresholdsResolver(parts)],
    [VerifiedResolver, new VerifiedResolver(parts, notices)],
    [ScanResolver, new ScanResolver(parts, issuer)],
    [ExportsResolver, new ExportsResolver(parts)],
    [ReportLinkFields, new ReportLinkFields(parts)],
  ]);
  const schema = buildSchemaSync({
    resolvers: [...resolvers.keys()] as never,
    container: { get: (resolver) => resolvers.get(resolver as ResolverClass) },
    validate: false,
    pubSub: noPubSub,
    emitSchemaFile: false,
  });
  return guardRootFields(openFeeds(schema));
}
