import type { GraphqlClient } from './graphql-client.ts';
import { getFragmentData } from '../gql/session/fragment-masking.ts';
import {
  BeginSecondFactorDocument,
  ConfirmSecondFactorDocument,
  RemakeRecoveryCodesDocument,
  RemoveSecondFactorDocument,
  SignedInViewerFragmentDoc,
} from '../gql/session/graphql.ts';
import { goOnAs, toRefusal, type Refusal, type SignInOutcome, type Viewer } from './viewer.ts';

/** The own password, and a code where a second factor is in force. */
export interface OwnProof {
  password: string;
  code: string | null;
}

const asVariables = ({ password, code }: OwnProof) => ({ password, totp: code });

/** A secret to put into an authenticator app: by QR code, or typed. */
export interface Offer {
  secret: string;
  uri: string;
}

export async function beginSecondFactor(
  client: GraphqlClient,
  proof: OwnProof,
): Promise<({ ok: true } & Offer) | Refusal> {
  const { data, error } = await client.mutation(BeginSecondFactorDocument, asVariables(proof)).toPromise();
  const result = data?.beginSecondFactor;
  if (result?.__typename !== 'SecondFactorOffer') return toRefusal(result, error);
  return { ok: true, secret: result.secret, uri: result.uri };
}

/** Who may work now is told by `viewer`, for goOnAs: only once the recovery codes, shown once, were kept. */
export interface Enrolled {
  ok: true;
  recoveryCodes: readonly string[];
  viewer: Viewer;
}

export async function confirmSecondFactor(client: GraphqlClient, code: string): Promise<Enrolled | Refusal> {
  const { data, error } = await client.mutation(ConfirmSecondFactorDocument, { totp: code }).toPromise();
  const result = data?.confirmSecondFactor;
  if (result?.__typename !== 'SecondFactorEnrolled') return toRefusal(result, error);
  const viewer = getFragmentData(SignedInViewerFragmentDoc, result.viewer);
  return { ok: true, recoveryCodes: result.recoveryCodes, viewer };
}

export async function remakeRecoveryCodes(
  client: GraphqlClient,
  proof: OwnProof,
): Promise<{ ok: true; recoveryCodes: readonly string[] } | Refusal> {
  const { data, error } = await client.mutation(RemakeRecoveryCodesDocument, asVariables(proof)).toPromise();
  const result = data?.remakeRecoveryCodes;
  if (result?.__typename !== 'RecoveryCodes') return toRefusal(result, error);
  return { ok: true, recoveryCodes: result.recoveryCodes };
}

export async function removeSecondFactor(client: GraphqlClient, proof: OwnProof): Promise<SignInOutcome> {
  const { data, error } = await client.mutation(RemoveSecondFactorDocument, asVariables(proof)).toPromise();
  const result = data?.removeSecondFactor;
  if (result?.__typename !== 'SignedIn') return toRefusal(result, error);
  goOnAs(getFragmentData(SignedInViewerFragmentDoc, result.viewer));
  return { ok: true };
}
