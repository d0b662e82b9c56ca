/** What passes between the page and the worker that reads codes: first where the reader lies, then pictures. */
export type QrQuestion = { kind: 'LOAD'; wasm: string } | { kind: 'READ'; id: number; image: ImageData };

export type QrAnswer = { kind: 'BROKEN' } | { kind: 'READ'; id: number; text: string | null };
