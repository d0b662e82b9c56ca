import { formCode } from './form-code.ts';

const none = [false, false, false, false];
const beneath = [false, false, false, true];

/** A line to write on, to the edge. */
const line = (label: string) => ({
  table: {
    widths: ['auto', '*'],
    body: [
      [
        { text: label, border: none },
        { text: '', border: beneath, borderColor: Array(4).fill('#6d7a83') },
      ],
    ],
  },
  margin: [-4, 2, 0, 0],
});
const pair = (...cells: object[]) => ({ columns: cells, columnGap: 12 });
const ticks = (label: string, ...choices: string[]) => ({
  text: [{ text: `${label}  ` }, ...choices.map((choice) => ({ text: `[   ] ${choice}     ` }))],
  margin: [0, 5, 0, 0],
});
const title = (text: string) => ({ text, bold: true, fontSize: 11, margin: [0, 9, 0, 0] });

/** The paper form in Vietnamese: what the health ministry's asks, in the order in which it is keyed in. One A4 page a number. */
export function blankFormPages(numbers: readonly string[], checkpointName: string): object {
  return {
    info: { title: 'Phiếu khai báo y tế' },
    pageSize: 'A4',
    pageMargins: [36, 30, 36, 30],
    defaultStyle: { font: 'BeVietnamPro', fontSize: 10, lineHeight: 1.15 },
    content: numbers.map((number, at) => ({
      stack: pageOf(number, checkpointName),
      ...(at > 0 ? { pageBreak: 'before' } : {}),
    })),
  };
}

function pageOf(number: string, checkpointName: string): object[] {
  return [
    {
      columns: [
        {
          stack: [
            { text: 'PHIẾU KHAI BÁO Y TẾ VÀ ĐI LẠI', bold: true, fontSize: 15 },
            { text: checkpointName.normalize('NFC'), margin: [0, 2, 0, 0] },
            {
              text: 'Khai báo không đúng sự thật có thể bị xử lý theo pháp luật. Viết chữ in hoa, rõ ràng.',
              fontSize: 8.5,
              margin: [0, 4, 0, 0],
            },
          ],
        },
        {
          width: 96,
          stack: [
            { qr: formCode(number), fit: 84, eccLevel: 'M', alignment: 'right' },
            { text: number, bold: true, fontSize: 9.5, alignment: 'right', margin: [0, 3, 0, 0] },
          ],
        },
      ],
    },
    ...personLines(),
    ...journeyLines(),
    ...healthLines(),
    {
      columns: [
        { text: 'Ngày ........ tháng ........ năm ............' },
        { text: 'Người khai (ký, ghi rõ họ tên)', alignment: 'right' },
      ],
      margin: [0, 14, 0, 0],
    },
    {
      text: 'Phần của chốt: [   ] Vào  [   ] Ra     [   ] Cho qua  [   ] Từ chối  [   ] Cách ly     Giờ ...... : ......',
      margin: [0, 46, 0, 0],
    },
  ];
}

const personLines = (): object[] => [
  title('1. Người khai'),
  line('Họ và tên'),
  pair(line('Ngày sinh'), ticks('Giới tính', 'Nam', 'Nữ', 'Khác')),
  pair(line('Số CCCD/CMND/hộ chiếu'), line('Điện thoại')),
  line('Nếu không có giấy tờ, vì sao'),
  line('Quốc tịch'),
  line('Thường trú: xã, huyện, tỉnh'),
  line('Số nhà, đường, thôn'),
];

const journeyLines = (): object[] => [
  title('2. Chuyến đi'),
  line('Đi từ: xã, huyện, tỉnh'),
  line('Đến: xã, huyện, tỉnh'),
  line('Số nhà, đường, thôn nơi đến'),
  line('Ngày đi'),
  ticks('Lý do', 'Đi làm', 'Về nhà', 'Khám bệnh', 'Chở hàng'),
  ticks('', 'Công vụ', 'Đi học', 'Việc gia đình', 'Việc khác'),
  ticks('Phương tiện', 'Đi bộ', 'Xe đạp', 'Xe máy', 'Ô tô', 'Xe khách'),
  ticks('', 'Xe tải', 'Tàu hỏa', 'Tàu thuyền', 'Máy bay'),
  line('Biển số xe'),
];

const healthLines = (): object[] => [
  title('3. Sức khỏe trong 14 ngày qua'),
  ticks('Triệu chứng', 'Không có', 'Sốt', 'Ho', 'Khó thở', 'Viêm phổi'),
  ticks('', 'Đau họng', 'Mệt mỏi', 'Mất vị giác, khứu giác', 'Khác'),
  ticks('Tiếp xúc với ca bệnh hoặc người nghi nhiễm', 'Không', 'Có'),
  ticks('Tiếp xúc với người từ vùng dịch', 'Không', 'Có'),
  ticks('Tiếp xúc với người có triệu chứng', 'Không', 'Có'),
  ticks('Đã đến vùng dịch', 'Không', 'Có, nơi đến: ...........................................'),
  ticks('Xét nghiệm', 'Chưa', 'Âm tính', 'Dương tính, ngày: ......................'),
  ticks('Số mũi vắc-xin', '0', '1', '2', '3', '4', '5'),
];
