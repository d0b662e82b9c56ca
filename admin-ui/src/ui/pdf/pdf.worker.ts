import pdfMake from 'pdfmake/build/pdfmake.js';
import type { PdfAnswer, PdfQuestion } from './pdf-messages.ts';

const answer = (message: PdfAnswer) => postMessage(message);
const dashed = () => ({ dash: { length: 3 } });

/** Functions cannot be posted, so tables name their layout: `toCut` has lines to cut along. */
pdfMake.addTableLayouts({
  toCut: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0.5,
    hLineStyle: dashed,
    vLineStyle: dashed,
    paddingLeft: () => 12,
    paddingRight: () => 12,
    paddingTop: () => 8,
    paddingBottom: () => 0,
  },
});

async function load(name: string, address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The font ${name} was not served.`);
  pdfMake.virtualfs.writeFileSync(name, new Uint8Array(await response.arrayBuffer()));
  return name;
}

async function make({ pages, fonts }: PdfQuestion): Promise<Blob> {
  const [normal, bold] = await Promise.all([load('normal.ttf', fonts.normal), load('bold.ttf', fonts.bold)]);
  pdfMake.addFonts({ BeVietnamPro: { normal, bold } });
  // Our papers hold texts, and fetch nothing.
  pdfMake.setUrlAccessPolicy(() => false);
  return pdfMake.createPdf(pages).getBlob();
}

addEventListener('message', ({ data }: MessageEvent<PdfQuestion>) => {
  make(data).then(
    (pdf) => answer({ pdf }),
    () => answer({ failed: true }),
  );
});
