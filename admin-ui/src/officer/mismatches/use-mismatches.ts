import { ref, shallowRef } from 'vue';
import { getFragmentData } from '../../gql/officer/fragment-masking.ts';
import {
  MismatchesDocument,
  PersonToCheckFragmentDoc,
  ResolveMismatchDocument,
  type MismatchResolutionKind,
  type PersonInput,
  type PersonToCheckFragment,
} from '../../gql/officer/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { checkpointId } from '../settings.ts';
import { ask } from '../shell/request.ts';

const PAGE = 50;

export interface Resolution {
  kind: MismatchResolutionKind;
  reason: string;
  corrected?: PersonInput;
}

export type Resolved =
  | { kind: 'RESOLVED' }
  /** Somebody was faster, or another answer came: how it stands now. */
  | { kind: 'SETTLED'; message: string; person: PersonToCheckFragment }
  | { kind: 'INVALID'; message: string; fields: readonly { path: string; message: string }[] }
  | { kind: 'FAULT'; problem: RequestProblem };

/** The people of this checkpoint who wait for somebody, and settling them. */
export function useMismatches() {
  const client = useGraphqlClient();
  const people = shallowRef<readonly PersonToCheckFragment[]>([]);
  const more = ref<string | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  const loading = ref(true);
  let turn = 0;

  async function load(after: string | null = null): Promise<void> {
    const own = ++turn;
    loading.value = true;
    const variables = { checkpointId: checkpointId.value, first: PAGE, after };
    const answer = await ask(client, 'query', MismatchesDocument, variables);
    if (own !== turn) return;
    loading.value = false;
    problem.value = answer.problem;
    if (!answer.data) return;
    const { edges, pageInfo } = answer.data.mismatches;
    const page = edges.map(({ node }) => getFragmentData(PersonToCheckFragmentDoc, node));
    people.value = [...(after ? people.value : []), ...page];
    more.value = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  }

  async function resolve(person: PersonToCheckFragment, resolution: Resolution): Promise<Resolved> {
    const { checkedAt } = person.verification;
    const variables = { citizenId: person.id, checkedAt: checkedAt ?? null, corrected: null, ...resolution };
    const answer = await ask(client, 'mutation', ResolveMismatchDocument, variables);
    if (!answer.data) return { kind: 'FAULT', problem: answer.problem };
    const result = answer.data.resolveMismatch;
    if (result.__typename === 'InvalidCorrection')
      return { kind: 'INVALID', message: result.message, fields: result.fields };
    if (result.__typename === 'MismatchSettled') {
      const { message, citizen } = result;
      return { kind: 'SETTLED', message, person: getFragmentData(PersonToCheckFragmentDoc, citizen) };
    }
    return { kind: 'RESOLVED' };
  }

  return { people, more, problem, loading, load, resolve };
}

export type Mismatches = ReturnType<typeof useMismatches>;
