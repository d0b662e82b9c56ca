import type { Asked } from './root-fields.ts';

const readers: readonly Asked[] = [
  'declaration.list',
  'declaration.read',
  'declaration.record',
  'passage.list',
  'passage.record',
  'scan',
];
/** Who finds people themselves, with a reason. */
const searchers: readonly Asked[] = ['citizen.search', 'citizen.merge'];
/** Whoever declared, with the secret made at submission. */
const declarer: readonly Asked[] = ['PUBLIC'];
const administrators: readonly Asked[] = ['account.read', 'account.create', 'account.update', 'account.reset'];

/**
 * The types that tell of a person, each with all that may be asked for on the way to it: a new root field that leads to one
 * fails its test until it is named here.
 */
export const personalTypes: Readonly<Record<string, readonly Asked[]>> = {
  Access: [...declarer, 'declaration.record'],
  Account: [...administrators, 'SIGNED_IN', 'PUBLIC'],
  AccountImportRow: ['account.create'],
  AccountReach: ['account.read'],
  Actor: [...readers, ...searchers, ...declarer],
  Address: [...readers, ...searchers, ...declarer],
  AuditEntry: ['audit.read'],
  Citizen: [...readers, ...searchers, ...declarer],
  CitizenMerge: [...readers, ...searchers, ...declarer],
  Declaration: [...readers, ...declarer],
  HealthAnswers: [...readers, ...declarer],
  Journey: [...readers, ...declarer],
  IdCard: ['scan'],
  ImportedAccount: ['account.create'],
  LikelyDouble: ['citizen.merge'],
  Passage: [...readers, ...declarer],
  Person: [...readers, ...declarer],
  Receipt: [...declarer, 'declaration.record'],
  RecoveryCodes: ['SIGNED_IN'],
  SecondFactorOffer: ['SIGNED_IN'],
  Session: ['SIGNED_IN'],
  Viewer: ['SIGNED_IN', 'PUBLIC'],
};

/** All others: what they hold themselves says nothing of a person. */
export const plainTypes: readonly string[] = [
  'AccountConnection',
  'AccountEdge',
  'AccountImport',
  'ActionReach',
  'AdministrativeUnit',
  'AuditConnection',
  'AuditEdge',
  'AuditSealing',
  'Checkpoint',
  'CheckpointConnection',
  'CheckpointEdge',
  'CheckpointSign',
  'CitizenConnection',
  'CitizenEdge',
  'CitizenErased',
  'CitizenHeld',
  'CitizenUnknown',
  'CodeRefused',
  'DeclarationConnection',
  'DeclarationEdge',
  'DeclarationSubmitted',
  'EpidemicZone',
  'FieldProblem',
  'Flag',
  'FoundDeclarations',
  'InvalidAccount',
  'InvalidDeclaration',
  'InvalidPass',
  'IssuedCredentials',
  'IssuedPartnerApp',
  'JourneyRule',
  'JourneyRules',
  'MovementRule',
  'LikelyDoubleConnection',
  'LikelyDoubleEdge',
  'PageInfo',
  'PartnerApp',
  'PartnerAppError',
  'PartnerAppUsage',
  'PassageConnection',
  'PassageEdge',
  'PassageRecorded',
  'PassageRejected',
  'PublicZone',
  'RegistryDeadLetter',
  'RegistryDeadLetterConnection',
  'RegistryDeadLetterEdge',
  'RuleTrial',
  'RuleTrialReason',
  'SecondFactorEnrolled',
  'SecondFactorRequired',
  'SignInFailed',
  'SignedIn',
  'UnreadableSpreadsheet',
  'ValidPass',
  'WorkRequired',
];
