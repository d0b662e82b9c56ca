import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  concatAST,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../server.ts';
import { codeOf } from './attack-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const examples: Record<string, unknown> = {
  first: 100,
  declarations: true,
  passages: true,
  checkpoints: true,
  accounts: true,
};
const example = (name: string) => examples[name] ?? null;

const folder = join(import.meta.dirname, '../../../admin-ui/src');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
const all = concatAST(files.map((file) => parse(readFileSync(join(folder, file), 'utf8'))));
const operations = all.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

// Variables are left out: that is refused, but only after the document itself was found valid. Pages have 100 rows at most.
it.each(operations.map((operation): [string, OperationDefinitionNode] => [operation.name?.value ?? '', operation]))(
  "the pages' own operation %s is within the bounds",
  async (_, operation) => {
    const document = withFragments(operation, all);
    const variables = Object.fromEntries(
      (operation.variableDefinitions ?? []).map(({ variable }) => [variable.name.value, example(variable.name.value)]),
    );
    const answer = await server.graphql(document, variables, { as: 'analyst.38' });
    expect(['TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'], answer.text).not.toContain(
      codeOf(answer),
    );
  },
);

function withFragments(operation: OperationDefinitionNode, all: DocumentNode): string {
  const text = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    node.loc?.source.body.slice(node.loc.start, node.loc.end) ?? '';
  const needed = new Set<string>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        if (needed.has(name.value)) return;
        needed.add(name.value);
        collect(fragmentOf(name.value));
      },
    });
  };
  const fragmentOf = (name: string) =>
    all.definitions.find(
      (definition): definition is FragmentDefinitionNode =>
        definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
    ) as FragmentDefinitionNode;
  collect(operation);
  return [text(operation), ...[...needed].map((name) => text(fragmentOf(name)))].join('\n');
}
