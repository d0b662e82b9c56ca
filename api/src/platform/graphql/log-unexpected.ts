import type { GraphQLError } from 'graphql';
import type { Logger } from '../observability/logger.ts';
import { faultBehind } from './format-error.ts';

/** Logs what nobody expected of these errors, without its insides. */
export function logUnexpected(logger: Logger, errors: readonly GraphQLError[], where: object, message: string): void {
  for (const error of errors) {
    const cause = error.originalError;
    if (cause && !faultBehind(error)) logFailure(logger, cause, where, message);
  }
}

/** What was thrown where nobody is answered. */
export function logFailure(logger: Logger, cause: Error, where: object, message: string): void {
  const { code } = cause as { code?: string };
  logger.error({ ...where, error: cause.name, code, stack: firstFrames(cause) }, message);
}

/** Only where, never what: a message of the driver can hold a person's data. */
function firstFrames(error: Error): string[] {
  const [frames = ''] = (error.stack ?? '').split(error.message).slice(-1);
  return frames
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 6);
}
