import {
  defaultFieldResolver,
  isNullableType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { forbidden } from '../platform/graphql/problems.ts';
import { permit, signedInWhole, type Action } from './policy.ts';
import type { Context } from './viewer.ts';

/** What a root field asks for before its resolver runs: an action of the policy table, a sign-in of any role (no wall screen's), or nothing. */
export type Asked = Action | 'SIGNED_IN' | 'PUBLIC';

/** Every root field of the schema; what is not named here keeps the server from starting. */
export const rootFields: Readonly<Record<string, Asked>> = {
  account: 'account.read',
  accountImport: 'account.create',
  accountReach: 'account.read',
  accounts: 'account.read',
  administrativeUnit: 'PUBLIC',
  administrativeUnits: 'PUBLIC',
  arrivalCounts: 'arrival.list',
  arrivalPhone: 'arrival.call',
  approveTrace: 'case.trace',
  arrivals: 'arrival.list',
  auditSealing: 'audit.read',
  auditTrail: 'audit.read',
  beginSecondFactor: 'SIGNED_IN',
  changePassword: 'SIGNED_IN',
  case: 'case.read',
  cases: 'case.read',
  checkpoint: 'checkpoint.read',
  checkpointBundle: 'scan',
  checkpointSign: 'PUBLIC',
  checkpoints: 'checkpoint.read',
  checkpointTraffic: 'traffic.watch',
  citizen: 'citizen.search',
  citizens: 'citizen.search',
  closeCase: 'case.close',
  confirmSecondFactor: 'SIGNED_IN',
  createAccount: 'account.create',
  createAccounts: 'account.create',
  createPartnerApp: 'partner.change',
  dailyReport: 'report.read',
  declaration: 'declaration.read',
  declarations: 'declaration.list',
  discardExport: 'export.request',
  dismissDouble: 'citizen.merge',
  endOtherSessions: 'SIGNED_IN',
  endSession: 'SIGNED_IN',
  eraseCitizen: 'citizen.erase',
  export: 'export.request',
  exports: 'export.request',
  followUps: 'follow-up.read',
  keepOnWall: 'traffic.wall',
  likelyDoubles: 'citizen.merge',
  mergeCitizens: 'citizen.merge',
  mismatchCount: 'mismatch.resolve',
  mismatches: 'mismatch.resolve',
  nameContact: 'case.trace',
  officersOnDuty: 'traffic.watch',
  openCase: 'case.open',
  paperOutstanding: 'passage.list',
  movementReport: 'report.read',
  movementRules: 'PUBLIC',
  partnerApp: 'partner.read',
  partnerApps: 'partner.read',
  partnerStatistics: 'statistics.read',
  passages: 'passage.list',
  receipt: 'PUBLIC',
  recordPaperDeclaration: 'declaration.record',
  recordPassages: 'passage.record',
  registryDeadLetters: 'registry.retry',
  registryVerified: 'mismatch.resolve',
  remakeRecoveryCodes: 'SIGNED_IN',
  removeSecondFactor: 'SIGNED_IN',
  reportArrival: 'arrival.report',
  requestDeclarationExport: 'export.request',
  requestPassageExport: 'export.request',
  resetCredentials: 'account.reset',
  revokePartnerApp: 'partner.change',
  rotatePartnerSecret: 'partner.change',
  retryRegistryChecks: 'registry.retry',
  resolveMismatch: 'mismatch.resolve',
  reviewLink: 'case.trace',
  saveCheckpoint: 'checkpoint.save',
  saveTrafficThresholds: 'traffic.thresholds',
  saveZone: 'zone.save',
  scan: 'scan',
  sessions: 'SIGNED_IN',
  settlePosts: 'account.update',
  signIn: 'PUBLIC',
  signOut: 'PUBLIC',
  submitDeclarations: 'PUBLIC',
  traffic: 'traffic.watch',
  trafficFlow: 'traffic.watch',
  trafficThresholds: 'traffic.watch',
  trustList: 'PUBLIC',
  tryRules: 'zone.save',
  unmergeCitizen: 'citizen.merge',
  unsettledPosts: 'account.update',
  updateCase: 'case.update',
  uploadCases: 'case.open',
  updateFollowUp: 'follow-up.update',
  updateAccount: 'account.update',
  viewer: 'PUBLIC',
  withdrawDeclaration: 'PUBLIC',
  zones: 'zone.read',
};

/** What the fields that are for everybody ask of a partner app; the others of them it asks without its token, as everybody. */
const askedOfApps: Readonly<Record<string, Action>> = {
  administrativeUnit: 'partner.units',
  administrativeUnits: 'partner.units',
  submitDeclarations: 'declaration.submit',
};

const ask = (context: Context, field: string, asked: Asked): unknown => {
  const isAccounts = asked === 'SIGNED_IN' || asked === 'PUBLIC';
  if (!isAccounts) return permit(context, asked);
  if (context.viewer?.app) return permitApp(context, askedOfApps[field]);
  return asked === 'PUBLIC' ? null : signedInWhole(context);
};

function permitApp(context: Context, action: Action | undefined): unknown {
  if (!action) throw forbidden();
  return permit(context, action);
}

/** What an argument is that was not sent and has no default: null, as if it had been. A resolver knows one kind of nothing. */
const absent = ({ args }: Pick<GraphQLField<unknown, unknown>, 'args'>): Record<string, null> =>
  Object.fromEntries(
    args
      .filter(({ defaultValue, type }) => defaultValue === undefined && isNullableType(type))
      .map(({ name }) => [name, null]),
  );

type RootField = GraphQLField<unknown, Context>;

const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values<RootField>(type?.getFields() ?? {});

function guarded(field: RootField, resolve: GraphQLFieldResolver<unknown, Context>) {
  const asked = rootFields[field.name];
  if (!asked) throw new Error(`The root field ${field.name} is not named in policy/root-fields.ts.`);
  const nothing = absent(field);
  return (source: unknown, args: object, context: Context, info: GraphQLResolveInfo): unknown => {
    ask(context, field.name, asked);
    return resolve(source, { ...nothing, ...args }, context, info);
  };
}

/** Puts the table before every root field: a resolver that forgets to ask is not reached by who may not. */
export function guardRootFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of fieldsOf(type)) field.resolve = guarded(field, field.resolve ?? defaultFieldResolver);
  // Whoever gets an event asked when subscribing.
  for (const field of fieldsOf(schema.getSubscriptionType()))
    field.subscribe = guarded(field, field.subscribe ?? defaultFieldResolver);
  return schema;
}
