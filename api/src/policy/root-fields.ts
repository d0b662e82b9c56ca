import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { permit, signedIn, type Action } from './policy.ts';
import type { Context } from './viewer.ts';

/** What a root field asks for before its resolver runs: an action of the policy table, a sign-in of any role, or nothing. */
export type Asked = Action | 'SIGNED_IN' | 'PUBLIC';

/** Every root field of the schema; what is not named here keeps the server from starting. */
export const rootFields: Readonly<Record<string, Asked>> = {
  account: 'account.read',
  accountImport: 'account.create',
  accountReach: 'account.read',
  accounts: 'account.read',
  administrativeUnits: 'PUBLIC',
  auditSealing: 'audit.read',
  auditTrail: 'audit.read',
  beginSecondFactor: 'SIGNED_IN',
  changePassword: 'SIGNED_IN',
  checkpoint: 'checkpoint.read',
  checkpointSign: 'PUBLIC',
  checkpoints: 'checkpoint.read',
  confirmSecondFactor: 'SIGNED_IN',
  createAccount: 'account.create',
  createAccounts: 'account.create',
  declaration: 'declaration.read',
  declarations: 'declaration.list',
  endOtherSessions: 'SIGNED_IN',
  endSession: 'SIGNED_IN',
  eraseCitizen: 'citizen.erase',
  paperOutstanding: 'passage.list',
  movementRules: 'PUBLIC',
  passages: 'passage.list',
  receipt: 'PUBLIC',
  recordPaperDeclaration: 'declaration.record',
  recordPassages: 'passage.record',
  remakeRecoveryCodes: 'SIGNED_IN',
  removeSecondFactor: 'SIGNED_IN',
  resetCredentials: 'account.reset',
  saveCheckpoint: 'checkpoint.save',
  saveZone: 'zone.save',
  scan: 'scan',
  sessions: 'SIGNED_IN',
  signIn: 'PUBLIC',
  signOut: 'PUBLIC',
  submitDeclarations: 'PUBLIC',
  trustList: 'PUBLIC',
  tryRules: 'zone.save',
  updateAccount: 'account.update',
  viewer: 'PUBLIC',
  withdrawDeclaration: 'PUBLIC',
  zones: 'zone.read',
};

const ask = (context: Context, asked: Asked): unknown => {
  if (asked === 'PUBLIC') return null;
  return asked === 'SIGNED_IN' ? signedIn(context) : permit(context, asked);
};

/** Puts the table before every root field: a resolver that forgets to ask is not reached by who may not. */
export function guardRootFields(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type !== null && type !== undefined);
  for (const field of roots.flatMap((type) => Object.values(type.getFields()))) {
    const asked = rootFields[field.name];
    if (!asked) throw new Error(`The root field ${field.name} is not named in policy/root-fields.ts.`);
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context: Context, info) => {
      ask(context, asked);
      return resolve(source, args, context, info);
    };
  }
  return schema;
}
