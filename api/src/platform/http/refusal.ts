/** Refused before anything is run: the server answers with this status, in its own words. */
export const refusal = (statusCode: number, retryAfter?: number): Error =>
  Object.assign(new Error(`refused with ${statusCode}`), {
    statusCode,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
