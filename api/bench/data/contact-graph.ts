import { newUuid7 } from '../../src/platform/shared/uuid7.ts';

const begins = Date.parse('2021-08-10T00:00:00Z');
const iso = (minutes: number) => new Date(begins + minutes * 60_000).toISOString();
const kinds = ['SAME_CHECKPOINT', 'SAME_CHECKPOINT', 'SAME_VEHICLE', 'SAME_HOUSEHOLD', 'DECLARED'];
const statuses = ['NOT_CONTACTED', 'CONTACTED', 'ISOLATING', 'TESTED_POSITIVE', 'TESTED_NEGATIVE', 'LOST'];
const checkpoints = Array.from({ length: 20 }, (_, index) => ({ id: newUuid7(), name: `Chốt số ${index + 1}` }));
const province = {
  __typename: 'AdministrativeUnit',
  id: '38@2021',
  code: '38',
  name: 'Thanh Hóa',
  fullName: 'Tỉnh Thanh Hóa',
  level: 'PROVINCE',
  parent: null,
};
const unit = {
  ...province,
  id: '16438@2021',
  code: '16438',
  name: 'Quảng Bình',
  fullName: 'Xã Quảng Bình',
  level: 'COMMUNE',
  parent: { ...province },
};
const someone = (index: number) => ({
  __typename: 'Citizen',
  id: newUuid7(),
  fullName: `Nguyễn Văn ${index}`,
  dateOfBirth: '1980',
  sex: 'MALE',
  documentMasked: '***',
  phone: null,
});

/** The answer to CurrentViewer for a tracer. */
export const tracer = {
  viewer: {
    __typename: 'Viewer',
    permissions: ['case.read', 'case.trace', 'case.export', 'follow-up.read'],
    ...{ mustChangePassword: false, mustEnrolMfa: false, mfaObligatory: false, recoveryCodesLeft: null },
    account: {
      __typename: 'Account',
      ...{ id: newUuid7(), username: 'tracer.38', fullName: 'Truy vết 38', roles: ['TRACER'] },
      ...{ lastSignedInAt: null, mfaEnrolled: true, unit: province, checkpoints: [] },
    },
  },
};

/** The answer to CaseWhole for a case with so many contacts: a tenth F1, each F2 met by two of them but for every tenth. */
export function caseOf(people: number) {
  const citizen = someone(0);
  const near = people / 10;
  const contacts = Array.from({ length: people }, (_, index) => someone(index + 1));
  const idAt = (index: number) => contacts[index % near]?.id ?? citizen.id;
  const edge = (source: string, target: string, index: number) => ({
    __typename: 'ContactEdge',
    ...{ source, target, kind: kinds[index % kinds.length], at: iso((index * 7919) % (20 * 24 * 60)) },
    ...{ minutesApart: index % 15, plate: null, review: 'NONE' },
    checkpoint: { __typename: 'Checkpoint', ...checkpoints[index % checkpoints.length] },
  });
  const edges = contacts.flatMap(({ id }, index) => {
    if (index < near) return [edge(citizen.id, id, index)];
    return index % 10 === 0
      ? [edge(idAt(index), id, index)]
      : [edge(idAt(index), id, index), edge(idAt(index * 31 + 7), id, index + 1)];
  });
  return {
    case: {
      __typename: 'Case',
      ...{ id: newUuid7(), status: 'CONFIRMED', onsetOn: null, sampledOn: null, confirmedOn: null, isolatedAt: null },
      ...{
        infectiousFrom: iso(0),
        infectiousUntil: iso(1),
        ruleSet: 'VN-2021',
        overrideReason: null,
        justification: '',
      },
      ...{ openedAt: iso(0), openedBy: { __typename: 'Actor', id: '1', name: 'Truy vết' } },
      ...{ closedAt: null, closedBy: null, closeReason: null, unit, citizen },
      contactGraph: {
        __typename: 'ContactGraph',
        ...{ status: 'READY', people, reachedGeneration: 2, truncated: false, totalNodes: people, tracedAt: iso(9) },
        ...{ hidden: [], places: [], edges },
        nodes: contacts.map((each, index) => ({
          __typename: 'ContactNode',
          ...{ generation: index < near ? 1 : 2, firstExposedAt: iso((index * 7919) % (20 * 24 * 60)) },
          ...{ lastExposedAt: iso(30_000), exposures: 1, citizen: each },
          followUp: {
            __typename: 'FollowUp',
            ...{ caseId: '1', status: statuses[index % statuses.length], until: '2021-09-01', overdue: false },
            ...{ notes: null, unit },
          },
        })),
      },
    },
  };
}
