import { streamXlsxRows } from 'hucre/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vietnamDate, vietnamDay } from '#api/platform/shared/vietnam-date.ts';
import { pdfText } from '../../admin-ui/test/journeys/pdf-text.ts';
import { aPassage, declared, record } from './builders.ts';
import { ReportDesk } from './report-desk.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let desk: ReportDesk;
beforeAll(async () => {
  server = await startServer();
  desk = await ReportDesk.open(server);
  const { id: declarationId } = await declared(server);
  const { docXay, cauGhep } = server.checkpoints;
  await record(server, [
    aPassage(docXay, { declarationId }),
    aPassage(cauGhep, { declarationId, direction: 'OUT', decision: 'REFUSED', reason: 'hết hạn' }),
  ]);
  await desk.count();
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});
beforeEach(() => server.sql(`delete from audit_entry where action = 'report.download'`));

const today = vietnamDate(new Date());
async function linksOf(as: string, unitCode = '38') {
  const document = `query ($unitCode: String!, $date: LocalDate!) { dailyReport(unitCode: $unitCode, date: $date) { pdfUrl xlsxUrl } }`;
  const answer = await server.graphql<{ dailyReport: { pdfUrl: string; xlsxUrl: string } }>(
    document,
    { unitCode, date: today },
    { as },
  );
  return answer.data.dailyReport;
}
async function fetchAs(path: string, as?: string): Promise<Response> {
  const cookie = as ? await server.signIn(as) : null;
  return fetch(`${server.url}${path}`, { headers: cookie ? { cookie } : {} });
}
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('the day’s report as a paper', () => {
  it('has the official heading, the figures and where to sign, with its letters whole', async () => {
    const answer = await fetchAs((await linksOf('analyst.38')).pdfUrl, 'analyst.38');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="bao-cao-ngay_38_${today}.pdf"`);
    const text = pdfText(await bytesOf(answer));
    for (const words of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'BỘ CÔNG AN',
      'CÔNG AN TỈNH THANH HÓA',
      `Kết quả kiểm soát người ra, vào địa bàn ngày ${vietnamDay(today)}`,
      'Chốt Dốc Xây',
      'Thành phố Hà Nội',
      'THỦ TRƯỞNG ĐƠN VỊ',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/Thanh Hóa, ngày \d\d tháng \d+ năm \d{4}/);
    expect(text).toMatch(/Số liệu tạm tính lúc/);
    expect(text).toBe(text.normalize('NFC'));
  });

  it('of a district stands under its province', async () => {
    const { pdfUrl } = await linksOf('analyst.38', '380');
    const text = pdfText(await bytesOf(await fetchAs(pdfUrl, 'analyst.38')));
    expect(text).toContain('CÔNG AN THÀNH PHỐ THANH HÓA');
    expect(text).toContain('CÔNG AN TỈNH THANH HÓA');
    expect(text).toContain('Không có lượt nào.');
  });

  it('is a workbook too, in which numbers are numbers', async () => {
    const answer = await fetchAs((await linksOf('admin.38')).xlsxUrl, 'admin.38');
    const rows: unknown[][] = [];
    for await (const { values } of streamXlsxRows(await bytesOf(answer))) rows.push(values);
    expect(rows[0]).toEqual(['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM']);
    const valueOf = (what: string) => rows.find(([first]) => first === what)?.slice(1, 4);
    expect(valueOf('Lượt vào')).toEqual([1, 0, 1]);
    expect(valueOf('Từ chối')).toEqual([1, 0, 1]);
  });

  it('is fetched by the account that asked, with its session, and each time is entered', async () => {
    const { pdfUrl } = await linksOf('analyst.38');
    expect((await fetchAs(pdfUrl)).status).toBe(401);
    expect((await fetchAs(pdfUrl, 'admin.38')).status).toBe(404);
    const [what = '', until = '', proof = ''] = pdfUrl.replace('/reports/daily/', '').split('.');
    const forged = [
      `${what.replace('38@2021', '01@2021')}.${until}.${proof}`,
      `${what}.${(Date.now() - 1).toString(36)}.${proof}`,
      'x',
    ];
    for (const link of forged) expect((await fetchAs(`/reports/daily/${link}`, 'analyst.38')).status).toBe(404);
    expect((await fetchAs(pdfUrl, 'analyst.38')).status).toBe(200);
    const entries = await server.sql(`select unit_id, role, detail from audit_entry where action = 'report.download'`);
    const detail = { unitId: '38@2021', date: today, format: 'PDF' };
    expect(entries).toEqual([{ unit_id: '38@2021', role: 'ANALYST', detail }]);
  });
});
