/** What can be wrong with a new account, by code; the path says where. */
export type AccountProblemCode =
  | 'ID'
  | 'ID_REUSED'
  | 'USERNAME'
  | 'TAKEN'
  | 'NAME'
  | 'ROLES'
  | 'ADMIN_BELOW'
  | 'UNKNOWN_UNIT'
  | 'OUTSIDE'
  | 'NOT_OFFICER'
  | 'TOO_MANY'
  | 'UNKNOWN_CHECKPOINT';

export interface AccountProblem {
  path: 'id' | 'username' | 'fullName' | 'roles' | 'unitCode' | 'checkpointIds';
  code: AccountProblemCode;
}

export const accountProblemTexts: Record<AccountProblemCode, { vi: string; en: string }> = {
  ID: { vi: 'Mã định danh phải là UUIDv7.', en: 'The id must be a UUIDv7.' },
  ID_REUSED: { vi: 'Mã định danh này đã dùng cho một tài khoản khác.', en: 'This id stands for another account.' },
  USERNAME: {
    vi: 'Dùng 3 đến 40 ký tự a-z, 0-9, dấu chấm, _ hoặc -; bắt đầu bằng chữ hoặc số.',
    en: 'Use 3 to 40 of a-z, 0-9, full stop, _ or -; begin with a letter or digit.',
  },
  TAKEN: { vi: 'Đã có người dùng tên đăng nhập này.', en: 'Somebody has this user name already.' },
  NAME: { vi: 'Cần họ tên, tối đa 120 ký tự.', en: 'A name is needed, of at most 120 characters.' },
  ROLES: { vi: 'Chọn ít nhất một vai trò, mỗi vai trò một lần.', en: 'Choose at least one role, each once.' },
  ADMIN_BELOW: {
    vi: 'Chỉ cấp quyền quản trị cho đơn vị cấp dưới; quản trị cùng cấp do cấp trên tạo.',
    en: 'Administrators are created for units below yours; those beside you are created from above.',
  },
  UNKNOWN_UNIT: { vi: 'Không có đơn vị nào mang mã này.', en: 'No unit has this code.' },
  OUTSIDE: { vi: 'Đơn vị này nằm ngoài địa bàn của bạn.', en: 'This unit lies outside your jurisdiction.' },
  NOT_OFFICER: { vi: 'Chỉ cán bộ trực chốt mới được gán chốt.', en: 'Only officers are assigned to checkpoints.' },
  TOO_MANY: { vi: 'Gán tối đa 50 chốt.', en: 'Assign at most 50 checkpoints.' },
  UNKNOWN_CHECKPOINT: {
    vi: 'Có chốt không tồn tại hoặc nằm ngoài đơn vị của tài khoản.',
    en: 'A checkpoint does not exist or lies outside the unit of the account.',
  },
};
