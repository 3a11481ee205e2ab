import type { Messages } from '../messages.ts';

export const states: Messages['states'] = {
  application: {
    draft: '草稿',
    pending: '待審核',
    approved: '已核准',
    issued: '已核發',
    delivered: '已寄送',
    completed: '已完成',
    returned: '已退回',
    rejected: '已駁回',
    withdrawn: '已撤回',
    lapsed: '已逾期失效',
    recalled: '已收回',
    held: '已暫緩',
  },
  key: {
    'not-yet-effective': '尚未生效',
    effective: '有效',
    expired: '已到期',
    suspended: '已停用',
    revoked: '已註銷',
  },
  kind: { apply: '新金鑰', update: '變更金鑰', revoke: '註銷金鑰' },
};
