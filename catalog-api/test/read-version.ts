// A moderator reads a review before deciding: which version of it that is.
import { get } from './stage.ts'

const nothing = '0'.repeat(20)

/** The review's version now; of one that is not there any, as somebody would send who read it before. */
export async function readVersion(id: string): Promise<string> {
  const { body } = await get(`/admin/reviews/${id}`, { scope: 'catalog:read' })
  return body.version ?? nothing
}

/** Reviews as somebody reads them now. */
export const asRead = (ids: string[]): Promise<{ id: string; version: string }[]> =>
  Promise.all(ids.map(async (id) => ({ id, version: await readVersion(id) })))
