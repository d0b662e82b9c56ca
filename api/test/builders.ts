import { newReceiptSecret } from '../src/declarations/shared/receipt-secret.ts';
import type { CompleteDeclaration } from '../src/declarations/shared/declaration-draft.ts';
import { syntheticIdNumber } from '../src/people/shared/id-number.ts';
import { newUuid7 } from '../src/platform/shared/uuid7.ts';
import type { GraphQLAnswer, TestServer } from './server.ts';

let serial = 100_000;

/** A synthetic number that no other test uses. */
export const anIdNumber = (sex: 'FEMALE' | 'MALE' = 'FEMALE', birthYear = 1990): string =>
  syntheticIdNumber({ provinceCode3: '038', sex, birthYear, serial: (serial += 1) });

/** A phone number that no other test uses. */
export const aPhoneNumber = (): string => `+8491${String((serial += 1)).padStart(7, '0')}`;

type Changes<T> = { [Field in keyof T]?: T[Field] extends object ? Changes<T[Field]> | null : T[Field] };

/** A valid declaration from Hà Nội to Quảng Xương (Thanh Hóa), which tests change where it matters. */
export function aDeclaration(changes: Changes<CompleteDeclaration> = {}, toProvince = '38'): CompleteDeclaration {
  const home = toProvince === '38' ? { line: 'Thôn 3', unitCode: '16438' } : { line: 'Ngõ 5', unitCode: '00001' };
  const base: CompleteDeclaration = {
    id: newUuid7(),
    receiptSecret: newReceiptSecret(toProvince),
    person: {
      fullName: 'Nguyễn Thị Hoa',
      dateOfBirth: '1990-05-17',
      sex: 'FEMALE',
      nationality: 'VNM',
      idNumber: anIdNumber(),
      phone: aPhoneNumber(),
      permanentAddress: { line: '12 Phố Huế', unitCode: '00001' },
    },
    journey: {
      purpose: 'HOME',
      originCode: '01',
      destinationCode: toProvince,
      destinationAddress: home,
      departsAt: new Date(),
      vehicle: 'MOTORBIKE',
      plate: '36B112345',
    },
    health: {
      symptoms: [],
      contactWithCase: false,
      contactWithSymptomatic: false,
      contactFromAffectedArea: false,
      visitedEpidemicArea: false,
      visitedUnitCodes: [],
      vaccineDoses: 1,
    },
  };
  return merge(base, changes) as CompleteDeclaration;
}

function merge(base: object, changes: object): object {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key];
    const nested = value && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) && before;
    merged[key] = nested ? merge(before, value as object) : value;
  }
  return merged;
}

export const submitDocument = `
  mutation Submit($input: [DeclarationInput!]!) {
    submitDeclarations(input: $input) {
      __typename
      ... on DeclarationSubmitted {
        declaration { id code validUntil submittedAt advice reasons warnings { path code message } person { fullName idNumber } companions { id } }
        receipt { qrPayload declaration { id } }
      }
      ... on InvalidDeclaration { id message fields { path code message } }
    }
  }`;

export interface Submitted {
  __typename: 'DeclarationSubmitted' | 'InvalidDeclaration';
  id?: string;
  message?: string;
  fields?: Array<{ path: string; code: string; message: string }>;
  declaration: {
    id: string;
    code: string;
    validUntil: string;
    submittedAt: string;
    advice: string;
    reasons: string[];
    warnings: Array<{ path: string; code: string; message: string }>;
    person: { fullName: string; idNumber: string };
    companions: Array<{ id: string }>;
  };
  receipt: { qrPayload: string };
}

export const submit = (
  server: TestServer,
  input: CompleteDeclaration[],
  language: 'vi' | 'en' = 'vi',
): Promise<GraphQLAnswer<{ submitDeclarations: Submitted[] }>> =>
  server.graphql(submitDocument, { input }, { language });

/** Declares and answers what the person then holds. */
export async function declared(server: TestServer, changes: Changes<CompleteDeclaration> = {}, toProvince = '38') {
  const input = aDeclaration(changes, toProvince);
  const [result] = (await submit(server, [input])).data.submitDeclarations;
  if (result?.__typename !== 'DeclarationSubmitted') throw new Error(`Not submitted: ${JSON.stringify(result)}`);
  return {
    input,
    id: input.id,
    code: result.declaration.code,
    qrPayload: result.receipt.qrPayload,
    secret: input.receiptSecret ?? '',
  };
}

export interface PassageInput {
  id: string;
  checkpointId: string;
  declarationId?: string;
  qrPayload?: string;
  citizenId?: string;
  paperFormNumber?: string;
  direction: string;
  decision: string;
  evidence: string;
  reason?: string;
  corrects?: string;
  recordedOffline?: boolean;
  advice?: string;
}

export const aPassage = (checkpointId: string, changes: Partial<PassageInput> = {}): PassageInput => ({
  id: newUuid7(),
  checkpointId,
  direction: 'IN',
  decision: 'ADMITTED',
  evidence: 'QR_AND_CARD',
  ...changes,
});

export const recordDocument = `
  mutation Record($input: [RecordPassageInput!]!) {
    recordPassages(input: $input) {
      __typename
      ... on PassageRecorded { duplicate passage { id decision occurredAt flags { kind } } }
      ... on PassageRejected { id code message }
    }
  }`;

export interface Recorded {
  __typename: 'PassageRecorded' | 'PassageRejected';
  duplicate?: boolean;
  passage?: { id: string; decision: string; occurredAt: string; flags: Array<{ kind: string }> };
  id?: string;
  code?: string;
  message?: string;
}

export const record = (server: TestServer, input: PassageInput[], as = 'officer.38', language: 'vi' | 'en' = 'vi') =>
  server.graphql<{ recordPassages: Recorded[] }>(recordDocument, { input }, { as, language });

/** The code of a chip card, as the camera reads it; one of July 2024 has a tail. */
export const aCardCode = (
  of: Partial<Record<'idNumber' | 'former' | 'fullName' | 'born' | 'sex' | 'address' | 'issued' | 'tail', string>> = {},
): string => {
  const { idNumber = anIdNumber(), former = '', fullName = 'Nguyễn Thị Hoa', born = '17051990', sex = 'Nữ' } = of;
  const { address = 'Thôn 3, Quảng Bình, Quảng Xương, Thanh Hóa', issued = '01052021', tail = '' } = of;
  return [idNumber, former, fullName, born, sex, address, issued].join('|') + tail;
};
