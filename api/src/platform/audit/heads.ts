import { constants } from 'node:fs';
import { mkdir, open, readFile, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { kidOf, type PublicKey } from '../crypto/signing.ts';
import type { SealedBlock } from './block.ts';

const tailBytes = 4_096;
const keysFile = 'keys.jsonl';
const headsFile = /^heads-(\w+)\.jsonl$/;

/**
 * The heads of the sealed blocks in files outside the database, one line a block and one file a province, and the public
 * keys that signed them. Written after the block was committed: a crash leaves the files behind the database, and the
 * sealer catches up before it seals on. So files ahead of the database mean that blocks were taken out of it.
 */
export class AuditHeads {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  async provinces(): Promise<string[]> {
    const files = await readdir(this.directory).catch(orNothing([]));
    return files.flatMap((file) => headsFile.exec(file)?.[1] ?? []).sort();
  }

  /** The number of a province's last head; 0 where there is none. */
  async lastNumber(province: string): Promise<number> {
    const handle = await open(this.#fileOf(province)).catch(orNothing(null));
    if (!handle) return 0;
    try {
      const numbers = (await readTail(handle)).split('\n').flatMap((line) => readHead(line)?.number ?? []);
      return Math.max(0, ...numbers);
    } finally {
      await handle.close();
    }
  }

  /** On the disk when it answers. */
  async append(province: string, blocks: readonly SealedBlock[]): Promise<void> {
    await appendLines(this.directory, this.#fileOf(province), blocks.map(writeHead));
  }

  /** Every head of a province, in the order written; what a crash left unfinished is null. */
  async *read(province: string): AsyncGenerator<SealedBlock | null> {
    const handle = await open(this.#fileOf(province)).catch(orNothing(null));
    if (!handle) return;
    for await (const line of handle.readLines()) if (line) yield readHead(line);
  }

  /** The public keys that ever signed a block here, by their names. */
  async keys(): Promise<Map<string, string>> {
    const text = await readFile(join(this.directory, keysFile), 'utf8').catch(orNothing(''));
    const keys = text.split('\n').flatMap((line) => readJson<PublicKey>(line) ?? []);
    return new Map(keys.filter(({ kid, key }) => kidOf(key) === kid).map(({ kid, key }) => [kid, key]));
  }

  /** Keeps a public key for whoever verifies after it has left the settings. */
  async keepKey({ kid, key }: PublicKey): Promise<void> {
    if ((await this.keys()).has(kid)) return;
    await appendLines(this.directory, join(this.directory, keysFile), [JSON.stringify({ kid, key })]);
  }

  #fileOf(province: string): string {
    return join(this.directory, `heads-${province}.jsonl`);
  }
}

const orNothing =
  <T>(nothing: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return nothing;
    throw error;
  };

async function readTail(handle: FileHandle): Promise<string> {
  const { size } = await handle.stat();
  const length = Math.min(size, tailBytes);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString('utf8');
}

/** One write at the end of the file, then to the disk. A line that a crash broke off stays by itself. */
async function appendLines(directory: string, file: string, lines: readonly string[]): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o750 });
  const handle = await open(file, constants.O_APPEND | constants.O_CREAT | constants.O_RDWR, 0o640);
  try {
    const tail = await readTail(handle);
    await handle.appendFile(`${tail === '' || tail.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // A new file's name is in its directory, which goes to the disk by itself.
  const folder = await open(directory, constants.O_RDONLY);
  await folder.sync().finally(() => folder.close());
}

type Head = { [Field in keyof SealedBlock]: SealedBlock[Field] extends Buffer | Date ? string : SealedBlock[Field] };

function writeHead({ previousHash, merkleRoot, signature, ...rest }: SealedBlock): string {
  return JSON.stringify({
    ...rest,
    previousHash: previousHash.toString('hex'),
    merkleRoot: merkleRoot.toString('hex'),
    signature: signature.toString('base64'),
  });
}

function readHead(line: string): SealedBlock | null {
  const head = readJson<Head>(line);
  if (!head) return null;
  return {
    ...head,
    previousHash: Buffer.from(head.previousHash, 'hex'),
    merkleRoot: Buffer.from(head.merkleRoot, 'hex'),
    signature: Buffer.from(head.signature, 'base64'),
    fromAt: new Date(head.fromAt),
    toAt: new Date(head.toAt),
    sealedAt: new Date(head.sealedAt),
  };
}

function readJson<T>(line: string): T | null {
  try {
    return JSON.parse(line) as T;
  } catch {
    return null;
  }
}
