/**
 * Work that is given up after a time, or with what it is part of. Not AbortSignal.any: of a signal that lives as long as the process
 * it keeps something for every question ever asked.
 */
export async function withinTime<Result>(
  parent: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, ms);
  parent.addEventListener('abort', end, { once: true });
  if (parent.aborted) end();
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener('abort', end);
  }
}
