// Whether the audit log is what was written: each line's hash is computed anew, from words of this file and not of the
// database, and must follow from the line before. Reads only.
import type { Knex } from 'knex'

export type AuditVerdict =
  | { intact: true; lines: number; head: { seq: number; hash: string } | null }
  /** `seq` and `id` of the first line that is not what was written, or that follows on a line that is gone. */
  | { intact: false; seq: number; id: string; why: 'altered' | 'line missing before' }
  | { intact: false; seq: number; id: null; why: 'line missing at the end' }

type Row = { seq: number; id: string; previous: string; hash: string; computed: string }

const batch = 2_000

/**
 * Reads the log from its first line. Lines cut off at the end leave no trace in it: whoever keeps the `head` of an earlier
 * look elsewhere hands it in as `expected`, and that line must still be there.
 */
export async function verifyAudit(knex: Knex, expected?: { seq: number; hash: string }): Promise<AuditVerdict> {
  let last: { seq: number; hash: string } | null = null
  let lines = 0
  for (;;) {
    const rows: Row[] = await readBatch(knex, last?.seq ?? 0)
    for (const row of rows) {
      if (row.previous !== (last?.hash ?? '')) return broken(row, 'line missing before')
      if (row.hash !== row.computed) return broken(row, 'altered')
      if (row.seq === expected?.seq && row.hash !== expected.hash) return broken(row, 'altered')
      last = { seq: row.seq, hash: row.hash }
      lines++
    }
    if (rows.length < batch) break
  }
  if (expected && (last?.seq ?? 0) < expected.seq)
    return { intact: false, seq: expected.seq, id: null, why: 'line missing at the end' }
  return { intact: true, lines, head: last }
}

const broken = ({ seq, id }: Row, why: 'altered' | 'line missing before'): AuditVerdict => ({
  intact: false,
  seq,
  id,
  why,
})

async function readBatch(knex: Knex, after: number): Promise<Row[]> {
  const { rows } = await knex.raw<{ rows: Row[] }>(
    `SELECT seq, id, encode(previous_hash, 'hex') AS previous, encode(hash, 'hex') AS hash,
       encode(sha256(convert_to(jsonb_build_array(
         encode(previous_hash, 'hex'), seq, id, actor_id, actor_name, action, subject, before, after, ip_prefix, request_id,
         to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
       )::text, 'UTF8')), 'hex') AS computed
     FROM audit_log WHERE seq > ? ORDER BY seq LIMIT ?`,
    [after, batch],
  )
  return rows
}
