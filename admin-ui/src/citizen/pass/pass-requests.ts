import type { GraphqlClient } from '../../session/graphql-client.ts';
import { getFragmentData } from '../../gql/citizen/fragment-masking.ts';
import { PassFragmentDoc, ReceiptDocument, WithdrawDocument, type SubmitMutation } from '../../gql/citizen/graphql.ts';
import { readProblem, type RequestProblem } from '../../session/problem.ts';
import { keepKnown, passes, type KeptPass } from './pass-store.ts';

type Submitted = Extract<SubmitMutation['submitDeclarations'][number], { receipt: unknown }>;
type ReceiptReference = NonNullable<Submitted['receipt']>;

export function toKeptPass(reference: ReceiptReference, secret: string, group: string): KeptPass {
  const { qrPayload, declaration } = getFragmentData(PassFragmentDoc, reference);
  const { id, code, validUntil, withdrawnAt, advice, reasons, person, journey, health } = declaration;
  const { fullName, parent } = journey.destination;
  const province = parent?.parent?.level === 'NATION' ? null : parent?.parent;
  return {
    ...{ secret, group, id, code, qrPayload, validUntil, advice, reasons },
    withdrawn: withdrawnAt !== null,
    fullName: person.fullName,
    dateOfBirth: person.dateOfBirth,
    documented: person.documentMasked !== null,
    destination: [fullName, parent?.name, province?.name].filter(Boolean).join(', '),
    plate: journey.plate,
    negativeTest: health.testNegative === true,
    doses: health.vaccineDoses,
  };
}

export type PassAnswer = { pass: KeptPass } | { notFound: true } | { problem: RequestProblem };

/** Asks the server for a pass, or withdraws it, and keeps the answer. */
export async function askForPass(client: GraphqlClient, secret: string, withdraw = false): Promise<PassAnswer> {
  const group = passes.value.find((pass) => pass.secret === secret)?.group ?? secret;
  const { reference, error } = withdraw ? await withdrawPass(client, secret) : await receiptOf(client, secret);
  if (error) return { problem: readProblem(error) };
  if (!reference) return { notFound: true };
  const pass = toKeptPass(reference, secret, group);
  keepKnown(pass);
  return { pass };
}

async function receiptOf(client: GraphqlClient, secret: string) {
  const { data, error } = await client
    .query(ReceiptDocument, { secret }, { requestPolicy: 'network-only' })
    .toPromise();
  return { reference: data?.receipt, error };
}

async function withdrawPass(client: GraphqlClient, secret: string) {
  const { data, error } = await client.mutation(WithdrawDocument, { secret }).toPromise();
  return { reference: data?.withdrawDeclaration, error };
}
