/** States in words: the one place for all screens. */
export const states = {
  application: {
    draft: 'Draft',
    pending: 'Pending Order',
    approved: 'Approved',
    issued: 'Issued',
    delivered: 'Delivered',
    completed: 'Completed',
    returned: 'Returned',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    lapsed: 'Lapsed',
    recalled: 'Recalled',
    held: 'Held',
  },
  key: {
    'not-yet-effective': 'Not yet effective',
    effective: 'Effective',
    expired: 'Expired',
    suspended: 'Suspended',
    revoked: 'Revoked',
  },
  kind: { apply: 'New key', update: 'Change of a key', revoke: 'Revocation' },
} as const;
