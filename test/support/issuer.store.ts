import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What the issuer remembers, kept over its restarts. */
export class IssuerStore {
  private readonly records = new Map<string, AdapterPayload>();

  forModel(model: string): Adapter {
    const { records } = this;
    const byMember = async (member: 'uid' | 'userCode', value: string) =>
      [...records.values()].find((record) => record[member] === value);
    return {
      upsert: async (id, payload) => void records.set(`${model}:${id}`, payload),
      find: async (id) => records.get(`${model}:${id}`),
      findByUid: (uid) => byMember('uid', uid),
      findByUserCode: (userCode) => byMember('userCode', userCode),
      destroy: async (id) => void records.delete(`${model}:${id}`),
      consume: async (id) => {
        const record = records.get(`${model}:${id}`);
        records.set(`${model}:${id}`, { ...record, consumed: Math.floor(Date.now() / 1000) });
      },
      revokeByGrantId: async (grantId) => {
        for (const [key, record] of records) {
          if (record.grantId === grantId) {
            records.delete(key);
          }
        }
      },
    };
  }
}
