/** Row-level security guards against a forgotten filter, not against injected SQL: so no statement is built from strings. */
import { AST_NODE_TYPES as Kind, ESLintUtils, type TSESLint, type TSESTree } from '@typescript-eslint/utils';

const startsLikeSql =
  /^\s*(select|insert\s+into|update|delete\s+from|with|merge\s+into|create|alter|drop|grant|revoke|truncate|set|call|copy|lock\s+table|refresh)\s/i;
const sendsSql = new Set(['query', 'batch', 'execute', 'raw']);

export const noBuiltSql = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    messages: { built: 'SQL is not built from strings: pass values as parameters, or use the sql tag of Kysely.' },
  },
  defaultOptions: [],
  create(context) {
    const check = (node: TSESTree.Node, sent: boolean): void => {
      if (isConstant(node, context.sourceCode)) return;
      if (sent || startsLikeSql.test(firstText(node))) context.report({ node, messageId: 'built' });
    };
    return {
      TemplateLiteral: (node) => {
        if (node.parent.type !== Kind.TaggedTemplateExpression) check(node, isSent(node));
      },
      BinaryExpression: (node) => {
        if (node.operator === '+' && node.parent.type !== Kind.BinaryExpression) check(node, isSent(node));
      },
    };
  },
});

/** Handed to the database: the first argument of a sending call, or the text of a statement. */
function isSent(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === Kind.CallExpression && parent.callee.type === Kind.MemberExpression) {
    const { property } = parent.callee;
    return property.type === Kind.Identifier && sendsSql.has(property.name) && parent.arguments[0] === node;
  }
  if (parent?.type !== Kind.Property || parent.parent.type !== Kind.ObjectExpression) return false;
  return parent.key.type === Kind.Identifier && parent.key.name === 'text' && parent.parent.properties.length > 1;
}

function firstText(node: TSESTree.Node): string {
  if (node.type === Kind.BinaryExpression) return firstText(node.left);
  if (node.type === Kind.TemplateLiteral) return node.quasis[0]?.value.cooked ?? '';
  return node.type === Kind.Literal && typeof node.value === 'string' ? node.value : '';
}

/** Text that stands whole in this file: literals, and constants of the module made of them. */
function isConstant(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  if (node.type === Kind.Literal) return true;
  if (node.type === Kind.TemplateLiteral) return node.expressions.every((part) => isConstant(part, sourceCode));
  if (node.type === Kind.BinaryExpression) {
    return isConstant(node.left, sourceCode) && isConstant(node.right, sourceCode);
  }
  if (node.type !== Kind.Identifier) return false;
  const value = constantValue(node, sourceCode);
  return value !== null && isConstant(value, sourceCode);
}

function constantValue(node: TSESTree.Identifier, sourceCode: Readonly<TSESLint.SourceCode>): TSESTree.Node | null {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node); scope; scope = scope.upper) {
    const declarator = scope.set.get(node.name)?.defs[0]?.node;
    if (!declarator) continue;
    const isConst = declarator.type === Kind.VariableDeclarator && declarator.parent.kind === 'const';
    return isConst && declarator.id.type === Kind.Identifier ? declarator.init : null;
  }
  return null;
}
