import { Kind, type OperationDefinitionNode } from 'graphql';

/** What an operation is told by in logs and metrics: its first root field. Its name is the client's text, even a person's number. */
export function rootFieldOf(operation: OperationDefinitionNode | undefined): string {
  const [first] = operation?.selectionSet.selections ?? [];
  return first?.kind === Kind.FIELD ? first.name.value : 'none';
}
