export interface QrImage {
  /** Modules a side, the quiet zone of four on every side included. */
  size: number;
  /** The dark modules as one SVG path, a unit a module. */
  path: string;
}

const QUIET = 4;

/** Level Q: a quarter of it may be scratched or in glare. The library is loaded with the first code that is drawn. */
export async function qrImage(text: string): Promise<QrImage> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'Q' });
  const runs: string[] = [];
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) {
      const from = x;
      while (x < modules.size && modules.get(y, x)) x++;
      if (x > from) runs.push(`M${from + QUIET} ${y + QUIET}h${x - from}v1H${from + QUIET}z`);
    }
  return { size: modules.size + 2 * QUIET, path: runs.join('') };
}
