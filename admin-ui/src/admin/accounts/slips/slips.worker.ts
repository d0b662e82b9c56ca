import pdfMake from 'pdfmake/build/pdfmake.js';
import type { SlipAnswer, SlipQuestion } from './slip-messages.ts';
import { slipPages } from './slip-pages.ts';

const answer = (message: SlipAnswer) => postMessage(message);

async function load(name: string, address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The font ${name} was not served.`);
  pdfMake.virtualfs.writeFileSync(name, new Uint8Array(await response.arrayBuffer()));
  return name;
}

async function make({ slips, texts, fonts }: SlipQuestion): Promise<Blob> {
  const [normal, bold] = await Promise.all([load('normal.ttf', fonts.normal), load('bold.ttf', fonts.bold)]);
  pdfMake.addFonts({ BeVietnamPro: { normal, bold } });
  // A slip holds texts, and fetches nothing.
  pdfMake.setUrlAccessPolicy(() => false);
  return pdfMake.createPdf(slipPages(slips, texts)).getBlob();
}

addEventListener('message', ({ data }: MessageEvent<SlipQuestion>) => {
  make(data).then(
    (pdf) => answer({ pdf }),
    () => answer({ failed: true }),
  );
});
