import { createHash } from 'node:crypto';
import { pieceOf, piecesOfWork } from '../../src/declarations/shared/work-puzzle.ts';
import { submitDocument, type Submitted } from '../builders.ts';
import type { GraphQLAnswer, TestServer } from '../server.ts';

export interface Work {
  challenge: string;
  answers: number[];
}

export interface Demand {
  challenge: string;
  bits: number;
}

/** Does the work as the schema describes it, by other means than the page. */
export function solveWork({ challenge, bits }: Demand): Work {
  const answers = Array.from({ length: piecesOfWork }, (_, piece) => {
    const view = pieceOf(Buffer.from(challenge, 'base64url'), piece);
    for (let tried = 0; ; tried += 1) {
      view.setUint32(36, tried);
      const hash = createHash('sha256').update(Buffer.from(view.buffer)).digest();
      if (Math.clz32(hash.readUInt32BE(0)) >= bits) return tried;
    }
  });
  return { challenge, answers };
}

type WorkRequired = { __typename: 'WorkRequired'; id: string; message: string } & Demand;
export type Outcome = Submitted | WorkRequired;

const document = submitDocument
  .replace('$input: [DeclarationInput!]!', '$input: [DeclarationInput!]!, $work: WorkInput')
  .replace('input: $input', 'input: $input, work: $work')
  .replace('... on InvalidDeclaration', '... on WorkRequired { id message challenge bits } ... on InvalidDeclaration');

/** Submits with work, and answers the results; throws where the request itself failed. */
export async function submitWith(server: TestServer, input: unknown[], work: Work | null = null): Promise<Outcome[]> {
  const answer: GraphQLAnswer<{ submitDeclarations: Outcome[] }> = await server.graphql(document, { input, work });
  if (answer.errors) throw new Error(answer.text);
  return answer.data.submitDeclarations;
}

export function demandIn(outcomes: Outcome[]): WorkRequired {
  const [first] = outcomes;
  if (first?.__typename !== 'WorkRequired') throw new Error(`No work was asked: ${JSON.stringify(first)}`);
  return first;
}
