import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

// Bounds of platform/graphql/limits.ts: a list without pages counts as fifty.
const mostCost = 12_000;
export const pageSize = 10;
const deepest = 3;

const isList = (field: Field) => isListType(getNullableType(field.type)) && !isLeafType(getNamedType(field.type));
const fieldsOf = (type: GraphQLObjectType) =>
  Object.values(type.getFields()).filter((field) => !field.args.some(isRequiredArgument));
const hasPages = (field: Field) => field.args.some(({ name }) => name === 'first');

interface Selected {
  text: string;
  cost: number;
}

/** Everything that a type's fields lead to, `depth` objects deep, no type more than twice on the way, one bare list at most. */
function select(type: GraphQLNamedType, depth: number, way: readonly string[], inList: boolean): Selected {
  if (isUnionType(type))
    return together(type.getTypes().map((member) => wrap(`... on ${member.name}`, select(member, depth, way, inList))));
  if (!isObjectType(type)) return { text: '', cost: 0 };
  const here = [...way, type.name];
  const leaves = fieldsOf(type).filter((field) => isLeafType(getNamedType(field.type)));
  const objects = fieldsOf(type).filter((field) => !isLeafType(getNamedType(field.type)));
  const nested = depth === 0 ? [] : objects.flatMap((field) => nest(field, depth, here, inList) ?? []);
  return together([
    { text: ['__typename', ...leaves.map(({ name }) => name)].join(' '), cost: leaves.length },
    ...nested,
  ]);
}

function nest(field: Field, depth: number, way: readonly string[], inList: boolean): Selected | null {
  const type = getNamedType(field.type);
  const isPlumbing = ['edges', 'node', 'pageInfo'].includes(field.name);
  const bare = isList(field) && !isPlumbing;
  if ((bare || hasPages(field)) && inList) return null;
  if (way.filter((name) => name === type.name).length > 1) return null;
  const size = isPlumbing ? 1 : sizeOf(field);
  const inner = select(type, isPlumbing ? depth : depth - 1, way, inList || bare || hasPages(field));
  return wrap(`${field.name}${hasPages(field) ? `(first: ${pageSize})` : ''}`, { ...inner, cost: inner.cost * size });
}

const wrap = (head: string, { text, cost }: Selected): Selected => ({ text: `${head} { ${text} }`, cost: cost + 1 });
const together = (parts: Selected[]): Selected => ({
  text: parts.map(({ text }) => text).join(' '),
  cost: parts.reduce((sum, { cost }) => sum + cost, 0),
});

export interface Selections {
  /** All that is cheap enough to ask for at once; of a union, one for each member. */
  wholes: string[];
  /** One for each object that the rows lead to, deeper. */
  branches: string[];
}

/** The selections below a root field. */
export function selectionsOf(root: Field): Selections {
  const type = getNamedType(root.type);
  const members = isUnionType(type) ? type.getTypes() : [type];
  const texts = (parts: (member: GraphQLNamedType) => Selected[]) =>
    members.flatMap((member) =>
      parts(member).map((part) => `{ ${(isUnionType(type) ? wrap(`... on ${member.name}`, part) : part).text} }`),
    );
  return {
    wholes: texts((member) => [wholeOf(member, root)]),
    branches: texts((member) => branchesOf(member, sizeOf(root))),
  };
}

const sizeOf = (field: Field) => (hasPages(field) ? pageSize : isList(field) ? 50 : 1);

function wholeOf(type: GraphQLNamedType, root: Field): Selected {
  const to = (depth: number) => select(type, depth, [], hasPages(root) || isList(root));
  const depths = Array.from({ length: deepest }, (_, less) => deepest - less);
  return depths.map(to).find(({ cost }) => cost * sizeOf(root) < mostCost) ?? to(0);
}

/** Row by row deeper, one edge of the graph at a time, with the bare lists that a page would be too dear for at first: 1. */
function branchesOf(type: GraphQLNamedType, size: number): Selected[] {
  const node = nodeOf(type);
  if (!isObjectType(node)) return [];
  const inNode = (inner: Selected): Selected => (node === type ? inner : wrap('edges', wrap('node', inner)));
  return fieldsOf(node)
    .filter((field) => !isLeafType(getNamedType(field.type)))
    .flatMap((field) => {
      const nested = [3, 2, 1].map((depth) => nest(field, depth, [node.name], false));
      return nested.find((one) => one && one.cost * size < mostCost) ?? [];
    })
    .map(inNode);
}

function nodeOf(type: GraphQLNamedType): GraphQLNamedType {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return type;
  const edge = getNamedType(type.getFields()['edges']?.type);
  return isObjectType(edge) ? (getNamedType(edge.getFields()['node']?.type) ?? type) : type;
}
