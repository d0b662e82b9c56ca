/** What the house forbids beyond the common rules, as selectors of the syntax tree. */

const environment = {
  selector:
    ':not(CallExpression[callee.name=/^read(Verify|Keys|Simulator)?Config$/]) > MemberExpression[object.name="process"][property.name="env"]',
  message: 'Settings are read once, by readConfig(process.env) and its like in api/src/config*.ts.',
};
const environmentImport = {
  selector: 'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
  message: environment.message,
};
const setConfig = ['Literal[value=/set_config/i]', 'TemplateElement[value.raw=/set_config/i]'].map((selector) => ({
  selector,
  message: 'The row scope is set by set_scope() in the transaction, never by set_config.',
}));
const definiteField = {
  selector: 'PropertyDefinition[definite=true]:not(:has(> Decorator)), VariableDeclarator[definite=true]',
  message: '`!` is for fields that a decorator describes: those of entities, inputs and results.',
};
const hollowTest = {
  selector:
    'CallExpression > MemberExpression.callee[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|todo|skipIf|fails)$/]',
  message: 'Every test runs, and no test runs alone.',
};

export const apiBans = [environment, environmentImport, ...setConfig, definiteField, hollowTest];
export const entityBans = apiBans.filter((ban) => ban !== definiteField);
export const pageBans = [definiteField, hollowTest];
export const testBans = [...setConfig, hollowTest];
