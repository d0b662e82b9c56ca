/** Builds admin-ui into admin-ui/dist, only when something that goes into it changed since the last build. */
export function buildPages(options: {
  root: string;
  bin: string;
  node: string;
  say: (line: string) => void;
  signal: AbortSignal;
}): Promise<void>;
