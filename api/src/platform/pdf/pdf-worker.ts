// A thread of its own, started by make-pdf.ts: laying out pages takes seconds. Node runs it as it stands (types are stripped).
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import pdfMake from 'pdfmake';

const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/be-vietnam-pro/package.json'));
const face = (name: string) => `${fonts}/${name}/BeVietnamPro_${name}.ttf`;

pdfMake.addFonts({
  BeVietnamPro: {
    normal: face('400Regular'),
    bold: face('600SemiBold'),
    italics: face('400Regular_Italic'),
    bolditalics: face('600SemiBold_Italic'),
  },
});
// Our papers hold texts: they fetch nothing, and read nothing but the fonts.
pdfMake.setUrlAccessPolicy(() => false);
pdfMake.setLocalAccessPolicy((path) => path.startsWith(fonts));

pdfMake.addTableLayouts({ thin: { hLineWidth: () => 0.5, vLineWidth: () => 0.5 } });

/** Numbers pages from the second on, as official papers are. */
const header = (page: number) => (page > 1 ? { text: String(page), alignment: 'center', margin: [0, 24, 0, 0] } : null);

interface Nodes {
  getFollowingNodesOnPage(): unknown[];
}
/** A heading never stands alone at the foot of a page. */
const pageBreakBefore = ({ headlineLevel }: { headlineLevel?: number }, nodes: Nodes) =>
  headlineLevel === 1 && nodes.getFollowingNodesOnPage().length < 4;

const pdf = await pdfMake.createPdf({ ...(workerData as object), header, pageBreakBefore }).getBuffer();
parentPort?.postMessage(pdf);
