/**
 * What graphql-ws holds of a subscription that is served by a group: it waits, yields nothing, and ends when the client completes it or
 * is gone.
 */
export class Membership implements AsyncGenerator<never> {
  #leave: (() => void) | null;
  #end: () => void = () => undefined;
  readonly #ended = new Promise<void>((resolve) => (this.#end = resolve));

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  async next(): Promise<IteratorResult<never, undefined>> {
    await this.#ended;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    this.#leave?.();
    this.#leave = null;
    this.#end();
    return { done: true, value: undefined };
  }

  throw(): Promise<IteratorResult<never, undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
