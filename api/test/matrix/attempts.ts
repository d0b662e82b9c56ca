import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aCardCode, aDeclaration, aPassage } from '../builders.ts';
import type { Marks } from './marks.ts';
import { communes, places, units, type Commune, type Place, type Viewer } from './places.ts';

type Arguments = Record<string, unknown>;
type IsOthers = (place: Place) => boolean;
/** How a field is asked: once for each of these, given what is none of the viewer's business; a text says why no row can be named. */
export type Asked = ((marks: Marks, viewer: Viewer, isOthers: IsOthers) => Arguments[]) | string;

const each = (marks: Marks) => communes.map((place) => ({ place, ...marks.known[place] }));
const others = (marks: Marks, isOthers: IsOthers) => each(marks).filter(({ place }) => isOthers(place));
const otherAccounts = (marks: Marks, isOthers: IsOthers) =>
  places.filter(isOthers).map((place) => marks.accounts[place]);
const otherApps = (marks: Marks, isOthers: IsOthers) => places.filter(isOthers).map((place) => marks.apps[place]);
const ownCheckpoint = (marks: Marks, viewer: Viewer) => marks.known[viewer.checkpoint ?? 'own'].checkpointId;
const unitOf: Record<Commune, string> = { own: '16438', sibling: '16447', farther: '14758', foreign: '00001' };

/** Where somebody of another jurisdiction might stand in a list: cursors are positions, and give no right. */
const cursor = (...parts: string[]) => ({ after: Buffer.from(JSON.stringify(parts)).toString('base64url') });
const dayOf = (ahead: number) => vietnamDate(new Date(Date.now() + ahead * 86_400_000));
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

const why = 'thử mọi cách hỏi';
const nobody = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

/** A scope of every place, and of every checkpoint. */
const scopes = (marks: Marks): Arguments[] => [
  {},
  ...Object.values(unitOf).map((unitCode) => ({ scope: { unitCode } })),
  { scope: { checkpointIds: each(marks).map(({ checkpointId }) => checkpointId) } },
];

/** Every query field: by whatever names a row, and by filters on what it holds. */
export const asking: Record<string, Asked> = {
  account: () => places.map((place) => ({ username: `marked.${place.toLowerCase()}` })),
  accountImport: 'reads a file of the own, row by row against what createAccounts would say',
  accountReach: (marks) => places.map((place) => ({ id: marks.accounts[place] })),
  accounts: (marks) => [
    {},
    { search: 'marked' },
    { search: 'moc tai khoan' },
    { role: 'ANALYST' },
    cursor('accounts', 'marked.f'),
    ...Object.values(unitOf).map((unitCode) => ({ scope: { unitCode } })),
    { scope: { checkpointIds: each(marks).map(({ checkpointId }) => checkpointId) } },
  ],
  administrativeUnit: () => Object.values(unitOf).map((code) => ({ id: `${code}@2021` })),
  administrativeUnits: () => [{}],
  arrivalCounts: () => [{}, ...Object.values(unitOf).map((unitCode) => ({ scope: { unitCode } }))],
  arrivalPhone: (marks) => each(marks).map(({ declarationId }) => ({ id: declarationId })),
  arrivals: (marks) => [
    ...['COMING', 'INSIDE', 'NOT_REPORTED', 'OVERSTAYING', 'LEFT'].map((list) => ({ list })),
    ...Object.values(unitOf).map((unitCode) => ({ list: 'INSIDE', scope: { unitCode } })),
    { list: 'INSIDE', ...cursor('arrivals INSIDE', tomorrow(), marks.known.foreign.declarationId) },
  ],
  // Entries of refusals repeat what was asked for, so those of the marked accounts are sought.
  auditSealing: () => [{}],
  auditTrail: (marks) => [
    { filter: { action: 'matrix.mark' } },
    { filter: { action: 'matrix.mark' }, ...cursor('auditTrail', tomorrow(), marks.accounts.foreign) },
    ...places.map((place) => ({ filter: { actorId: marks.accounts[place] } })),
  ],
  case: (marks) => each(marks).map(({ caseId }) => ({ id: caseId })),
  cases: (marks) => [
    {},
    { openedOn: dayOf(0) },
    ...Object.values(unitOf).map((unitCode) => ({ scope: { unitCode } })),
    cursor('cases', tomorrow(), marks.known.foreign.caseId),
  ],
  checkpoint: (marks) => each(marks).map(({ checkpointId }) => ({ id: checkpointId })),
  checkpointBundle: (marks) => each(marks).map(({ checkpointId }) => ({ checkpointId })),
  checkpointSign: 'public: says what the sign on the road says, and nothing of a person',
  checkpoints: (marks) => [
    {},
    { search: 'moc chot' },
    cursor('checkpoints', '01', 'A'),
    ...Object.values(unitOf).map((unitCode) => ({ scope: { unitCode } })),
    { scope: { checkpointIds: each(marks).map(({ checkpointId }) => checkpointId) } },
  ],
  citizen: (marks) => [...each(marks), marks.guest].map(({ citizenId }) => ({ id: citizenId, reason: why })),
  citizens: (marks) =>
    [...each(marks), marks.guest].flatMap(({ idNumber, phone, name, born }) => [
      { search: idNumber, reason: why },
      { search: phone, reason: why },
      { search: name, reason: why },
      { search: `ho thi ${born}`, reason: why },
      { search: `ho thi ${born.slice(0, 4)}`, reason: why, ...cursor('citizens', '300/38', marks.known.own.citizenId) },
    ]),
  dailyReport: () => places.map((place) => ({ unitCode: units[place].code, date: dayOf(0) })),
  declaration: (marks) =>
    [...each(marks), marks.guest].flatMap(({ declarationId, code }) => [{ id: declarationId }, { code }]),
  declarations: (marks) => [
    {},
    ...each(marks).flatMap(({ place, citizenId }) => [
      { filter: { citizenId } },
      { filter: { destinationCode: unitOf[place] } },
    ]),
    cursor('declarations', tomorrow(), marks.known.foreign.declarationId),
    { filter: { passed: true } },
    { filter: { originCode: '01' } },
  ],
  movementRules: () => [{ destinationCode: '16438', originCode: '00001' }],
  export: (marks) => each(marks).map(({ declarationId }) => ({ id: declarationId })),
  exports: () => [{}],
  followUps: (marks) => [
    {},
    { overdue: true },
    { status: 'CONTACTED' },
    { foundOn: dayOf(0), reachedInTime: false, asOf: dayOf(0) },
    ...Object.values(unitOf).map((unitCode) => ({ scope: { unitCode } })),
    cursor('followUps', '2021-01-01', marks.known.foreign.citizenId, marks.known.foreign.caseId),
  ],
  likelyDoubles: () => [{ reason: why }, { reason: why, ...cursor('likelyDoubles', '100', nobody, nobody) }],
  mismatchCount: (marks) => [{ scope: { checkpointIds: each(marks).map(({ checkpointId }) => checkpointId) } }],
  mismatches: (marks) => [
    {},
    { filter: { referred: true } },
    { filter: { state: 'WAITING', passedOn: dayOf(0) } },
    { filter: { state: 'ANY', passedOn: dayOf(0) } },
    cursor('mismatches', tomorrow(), marks.known.foreign.citizenId),
    ...Object.values(unitOf).map((unitCode) => ({ scope: { unitCode } })),
    { scope: { checkpointIds: each(marks).map(({ checkpointId }) => checkpointId) } },
  ],
  officersOnDuty: scopes,
  movementReport: (marks) => {
    const asked = { from: dayOf(-1), to: dayOf(1), groupBy: ['CHECKPOINT', 'UNIT'] };
    return [
      asked,
      ...Object.values(unitOf).map((unitCode) => ({ ...asked, scope: { unitCode } })),
      { ...asked, scope: { checkpointIds: each(marks).map(({ checkpointId }) => checkpointId) } },
    ];
  },
  paperOutstanding: (marks, _, isOthers) => others(marks, isOthers).map(({ checkpointId }) => ({ checkpointId })),
  partnerApp: (marks) => places.map((place) => ({ id: marks.apps[place] })),
  partnerApps: () => [{}],
  partnerStatistics: () => {
    const days = { from: '2026-11-01', to: '2026-11-20' };
    return [days, ...places.map((place) => ({ ...days, unitCode: units[place].code }))];
  },
  passages: (marks, viewer) => [
    {},
    { filter: { superseded: true } },
    { filter: { awaitsForm: false } },
    { filter: { unverified: true } },
    { filter: { lastOfPerson: true } },
    cursor('passages', tomorrow(), marks.known.foreign.passageId),
    ...each(marks).flatMap(({ citizenId, checkpointId }) => [
      { filter: { citizenId } },
      { filter: { checkpointIds: [checkpointId] } },
    ]),
    // Others are refused: plates are masked.
    ...(viewer.role === 'OFFICER' ? each(marks).map(({ plate }) => ({ filter: { plate } })) : []),
  ],
  registryDeadLetters: (marks) => [{}, cursor('registryDeadLetters', tomorrow(), marks.known.foreign.citizenId)],
  receipt: (marks) =>
    each(marks).flatMap(({ declarationId, code }) => [{ secret: declarationId }, { secret: `38.${code}` }]),
  // A pass or spoken code is proof of presence and may open any; a number is none, typed or on a card, and a checkpoint of others neither.
  scan: (marks, viewer, isOthers) => [
    ...others(marks, isOthers).flatMap(({ checkpointId, qrPayload }) => [{ checkpointId, payload: qrPayload }]),
    ...(viewer.checkpoint === 'foreign' ? [marks.known.own, marks.known.sibling] : [marks.known.foreign]).flatMap(
      ({ idNumber, phone }) => [
        { checkpointId: ownCheckpoint(marks, viewer), payload: idNumber },
        { checkpointId: ownCheckpoint(marks, viewer), payload: phone },
        { checkpointId: ownCheckpoint(marks, viewer), payload: aCardCode({ idNumber, fullName: 'Kẻ Lạ' }) },
      ],
    ),
  ],
  sessions: () => [{}],
  traffic: scopes,
  trafficFlow: scopes,
  trafficThresholds: () => [{}, ...Object.values(unitOf).map((unitCode) => ({ unitCode }))],
  trustList: () => [{}],
  unsettledPosts: (marks) => [{}, cursor('unsettledPosts', 'A', marks.accounts.foreign)],
  viewer: () => [{}],
  zones: () => [{}, { at: new Date().toISOString().slice(0, 10) }],
};

const ofTheOwn = 'names nobody: it is of the own account';
const aCheckpoint = { code: 'CUOP', name: 'Chốt cướp', kind: 'ROAD', active: false };
const aZone = { name: 'Vùng cướp', level: 'LEVEL_4', startsOn: '2021-08-01', entryRules: [], exitRules: [] };
const someThresholds = {
  surgeFactor: 2,
  surgeAtLeast: 10,
  silenceMinutes: 20,
  refusalPercent: 50,
  refusalAtLeast: 10,
  watchListMinutes: 30,
};
const anAccount = { username: 'marked.taken', fullName: 'Kẻ Lạ', roles: ['OFFICER'] };

/** Each who is none of the viewer's business, with somebody of the same province and with somebody of another. */
const mergesOf = (marks: Marks, isOthers: IsOthers): Array<[string, string]> =>
  others(marks, isOthers).flatMap(({ citizenId }) =>
    each(marks)
      .filter((other) => other.citizenId !== citizenId)
      .flatMap((other): Array<[string, string]> => [
        [citizenId, other.citizenId],
        [other.citizenId, citizenId],
      ]),
  );

/** Every mutation, tried on rows of others. */
export const changing: Record<string, Asked> = {
  approveTrace: (marks, _, isOthers) => others(marks, isOthers).map(({ caseId }) => ({ caseId, reason: why })),
  beginSecondFactor: ofTheOwn,
  changePassword: ofTheOwn,
  closeCase: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ caseId }) => ({ id: caseId, status: 'RULED_OUT', reason: why })),
  confirmSecondFactor: ofTheOwn,
  createAccount: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ place, checkpointId }) => ({
      input: { id: newUuid7(), ...anAccount, unitCode: unitOf[place], checkpointIds: [checkpointId] },
    })),
  createAccounts: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ place }) => ({
      input: [{ id: newUuid7(), ...anAccount, unitCode: unitOf[place] }],
    })),
  createPartnerApp: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ place }) => ({
      input: { id: newUuid7(), name: 'App lạ', purpose: 'x', scopes: ['declarations:read'], unitCode: unitOf[place] },
    })),
  discardExport: (marks) => each(marks).map(({ declarationId }) => ({ id: declarationId })),
  dismissDouble: (marks, _, isOthers) => mergesOf(marks, isOthers).map(([one, other]) => ({ one, other, reason: why })),
  endOtherSessions: ofTheOwn,
  endSession: (marks) => places.map((place) => ({ id: marks.sessions[place] })),
  eraseCitizen: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ citizenId }) => ({ id: citizenId, reason: 'yêu cầu của kẻ lạ' })),
  keepOnWall: ofTheOwn,
  mergeCitizens: (marks, _, isOthers) =>
    mergesOf(marks, isOthers).map(([keep, merge]) => ({ keep, merge, reason: why })),
  nameContact: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ caseId, citizenId }) => ({
      id: newUuid7(),
      caseId,
      citizenId,
      otherId: marks.known.own.citizenId,
      metAt: new Date(),
      reason: why,
    })),
  openCase: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ citizenId }) => ({
      input: { id: newUuid7(), citizenId, status: 'SUSPECTED', justification: why },
    })),
  updateCase: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ caseId }) => ({ input: { id: caseId, status: 'SUSPECTED', reason: why } })),
  uploadCases: 'finds people of the own by number, and opens each as openCase does',
  recordPaperDeclaration: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ checkpointId }) => ({ checkpointId, input: aDeclaration() })),
  recordPassages: (marks, viewer, isOthers) =>
    others(marks, isOthers).flatMap(({ checkpointId, declarationId, citizenId, passageId }) => [
      { input: [aPassage(checkpointId, { declarationId })] },
      { input: [aPassage(checkpointId, { citizenId })] },
      { input: [aPassage(checkpointId, { corrects: passageId, decision: 'VOID', reason: 'x' })] },
      { input: [aPassage(ownCheckpoint(marks, viewer), { corrects: passageId, decision: 'VOID', reason: 'x' })] },
    ]),
  remakeRecoveryCodes: ofTheOwn,
  removeSecondFactor: ofTheOwn,
  retryRegistryChecks: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ citizenId }) => ({ ids: [citizenId], reason: 'tra lại của kẻ lạ' })),
  reportArrival: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ declarationId }) => ({ id: declarationId, reported: true })),
  requestDeclarationExport:
    'answers with the order alone: whose rows a file holds is tried where files are (exports.api.test.ts)',
  requestPassageExport:
    'answers with the order alone: whose rows a file holds is tried where files are (exports.api.test.ts)',
  resetCredentials: (marks, _, isOthers) => otherAccounts(marks, isOthers).map((id) => ({ id })),
  revokePartnerApp: (marks, _, isOthers) => otherApps(marks, isOthers).map((id) => ({ id })),
  rotatePartnerSecret: (marks, _, isOthers) => otherApps(marks, isOthers).map((id) => ({ id })),
  resolveMismatch: (marks, _, isOthers) =>
    others(marks, isOthers).flatMap(({ citizenId }) => [
      { citizenId, kind: 'ACCEPTED', reason: 'người của kẻ lạ' },
      {
        citizenId,
        kind: 'CORRECTED',
        reason: 'người của kẻ lạ',
        corrected: { ...aDeclaration().person, fullName: 'Kẻ Lạ' },
      },
    ]),
  reviewLink: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ caseId, citizenId }) => ({
      caseId,
      source: citizenId,
      target: marks.known.own.citizenId,
      kind: 'SAME_CHECKPOINT',
      review: 'DISMISSED',
      reason: why,
    })),
  saveCheckpoint: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ place, checkpointId }) => ({
      input: { id: checkpointId, ...aCheckpoint, unitCode: unitOf[place] },
    })),
  saveTrafficThresholds: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ place }) => ({ input: { ...someThresholds, unitCode: unitOf[place] } })),
  saveZone: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ place }) => ({
      input: { id: newUuid7(), ...aZone, unitCodes: [unitOf[place]] },
    })),
  settlePosts: (marks, _, isOthers) =>
    otherAccounts(marks, isOthers).map((id) => ({ input: [{ id, unitCode: '38' }] })),
  signIn: 'names an account by its password alone',
  signOut: ofTheOwn,
  submitDeclarations: 'makes rows of its own; an id that stands is compared by its content',
  tryRules: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ place }) => ({
      input: { id: newUuid7(), ...aZone, unitCodes: [unitOf[place]] },
    })),
  unmergeCitizen: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ citizenId }) => ({ id: citizenId, reason: why })),
  updateFollowUp: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ caseId, citizenId }) => ({ caseId, citizenId, status: 'LOST', notes: why })),
  updateAccount: (marks, _, isOthers) => otherAccounts(marks, isOthers).map((id) => ({ id, input: { active: false } })),
  withdrawDeclaration: (marks, _, isOthers) =>
    others(marks, isOthers).map(({ declarationId }) => ({ secret: `38.${declarationId.slice(0, 22)}` })),
};
