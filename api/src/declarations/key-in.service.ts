/** The door for those above who key in what somebody wrote on paper: a submission of one, without the public form's toll. */
export { DeclarationInput } from './declaration.input.ts';
export { answersOf } from './submission-answers.ts';
export {
  SubmittedMeanwhile,
  readSubmission,
  submitDeclarations,
  type Submission,
  type SubmissionOutcome,
} from './submit-declarations.ts';
