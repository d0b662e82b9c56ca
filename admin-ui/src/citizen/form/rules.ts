// The form's rules and their words in one piece, so that they are fetched together once the page stands.
export { checkDeclaration, warningsOf } from '#api/declarations/shared/declaration-checks.ts';
export { problemText } from '#api/declarations/shared/declaration-texts.ts';
