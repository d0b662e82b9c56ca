import type { Action } from './policy.ts';

/** What each action of the policy table is, for who reads what an account may do. */
export const actionTexts: Record<Action, { vi: string; en: string }> = {
  'checkpoint.read': { vi: 'Xem các chốt', en: 'See checkpoints' },
  'checkpoint.save': { vi: 'Tạo và sửa chốt', en: 'Create and change checkpoints' },
  'account.read': { vi: 'Xem tài khoản', en: 'See accounts' },
  'account.create': { vi: 'Tạo tài khoản', en: 'Create accounts' },
  'account.update': { vi: 'Sửa và tạm ngừng tài khoản', en: 'Change and suspend accounts' },
  'account.reset': { vi: 'Cấp lại mật khẩu', en: 'Reset passwords' },
  'audit.read': { vi: 'Tra cứu nhật ký kiểm toán', en: 'Search the audit trail' },
  'declaration.list': { vi: 'Xem danh sách khai báo', en: 'List declarations' },
  'declaration.read': { vi: 'Mở từng khai báo', en: 'Open a declaration' },
  'declaration.record': { vi: 'Nhập phiếu giấy', en: 'Key in paper forms' },
  'declaration.submit': { vi: 'Gửi tờ khai thay người dùng', en: 'Submit declarations for its users' },
  'partner.change': { vi: 'Cấp, đổi khoá và thu hồi ứng dụng đối tác', en: 'Create, rotate and revoke partner apps' },
  'partner.read': { vi: 'Xem ứng dụng đối tác', en: 'See partner apps' },
  'partner.units': { vi: 'Tra cứu đơn vị hành chính', en: 'Look up administrative units' },
  'passage.list': { vi: 'Xem các lượt qua chốt', en: 'List passages' },
  'citizen.search': { vi: 'Tìm người, có nêu lý do', en: 'Search people, with a reason' },
  'citizen.merge': { vi: 'Gộp và tách người trùng', en: 'Merge and un-merge people' },
  'registry.retry': { vi: 'Tra cứu lại CSDL dân cư', en: 'Retry look-ups in the population database' },
  'citizen.erase': { vi: 'Xoá dữ liệu của một người theo yêu cầu', en: 'Erase a person on request' },
  'list.export': { vi: 'Xuất danh sách ra tệp', en: 'Write lists to a file' },
  'passage.record': { vi: 'Ghi lượt qua chốt', en: 'Record passages' },
  scan: { vi: 'Quét mã và giấy tờ', en: 'Scan passes and cards' },
  'zone.read': { vi: 'Xem các vùng dịch', en: 'See epidemic zones' },
  'zone.save': { vi: 'Đặt vùng dịch và quy định đi lại', en: 'Set epidemic zones and their rules' },
};
