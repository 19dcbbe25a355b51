// What oidc-provider remembers (sessions, grants, codes, tokens), kept in PostgreSQL.
import { errors } from 'oidc-provider';

const alive = '(expires_at is null or expires_at > now())';

export function adapterFor(database) {
  return class Adapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, lifetime) {
      await database.query(
        `insert into identity.artifact (model, id, grant_id, uid, payload, expires_at)
         values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
         on conflict (model, id) do update
         set grant_id = excluded.grant_id, uid = excluded.uid, payload = excluded.payload,
             expires_at = excluded.expires_at`,
        [this.model, id, payload.grantId, payload.uid, payload, lifetime],
      );
    }

    find(id) {
      return this.#one('id', id);
    }

    findByUid(uid) {
      return this.#one('uid', uid);
    }

    // The device flow is not offered.
    async findByUserCode() {
      return undefined;
    }

    // Of two who spend the same code or refresh token at once only one may win; the other is a replay,
    // and a replay ends the whole grant.
    async consume(id) {
      const won = await database.query(
        `update identity.artifact set consumed_at = now()
         where model = $1 and id = $2 and consumed_at is null`,
        [this.model, id],
      );
      if (won.rowCount === 1) return;
      const lost = await database.query(
        'select grant_id from identity.artifact where model = $1 and id = $2', [this.model, id]);
      if (lost.rows[0]?.grant_id) await this.revokeByGrantId(lost.rows[0].grant_id);
      throw new errors.InvalidGrant('already used');
    }

    async destroy(id) {
      await database.query('delete from identity.artifact where model = $1 and id = $2', [this.model, id]);
    }

    async revokeByGrantId(grantId) {
      await database.query(
        "delete from identity.artifact where grant_id = $1 or (model = 'Grant' and id = $1)", [grantId]);
    }

    async #one(column, value) {
      const { rows } = await database.query(
        `select payload, extract(epoch from consumed_at)::int as consumed
         from identity.artifact where model = $1 and ${column} = $2 and ${alive}`,
        [this.model, value],
      );
      if (rows.length === 0) return undefined;
      const { payload, consumed } = rows[0];
      return consumed === null ? payload : { ...payload, consumed };
    }
  };
}

export async function sweep(database) {
  await database.query(`delete from identity.artifact where not ${alive}`);
  await database.query("delete from identity.failed_login where greatest(since, locked_until) < now() - interval '1 hour'");
}
