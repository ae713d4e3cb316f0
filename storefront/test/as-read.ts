// A moderator reads reviews before deciding: the boxes of the queue as its page has them now.
import { inCatalogue } from './real-catalogue.ts'

/** What is posted for these reviews; one that is not there as if somebody had read it before. */
export async function asRead(ids: readonly string[]): Promise<string> {
  const boxes = ids.map(async (id) => {
    const [row] = await inCatalogue<{ version: string }>(
      `SELECT to_char(updated_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') AS version FROM reviews WHERE id::text = $1`,
      [id],
    )
    return `${id} ${row?.version ?? '0'.repeat(20)}`
  })
  return (await Promise.all(boxes)).join('\n')
}
