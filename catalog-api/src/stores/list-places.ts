// Towns by the beginning of their name. Words are folded here as they were when the table was filled.
import { db, select } from '../lib/db.ts'
import { fold } from '../lib/fold.ts'
import type { Place } from './schemas.ts'

/** Towns that begin with what was typed; a whole name first, then the most people. One statement. */
export async function listPlaces(query: { q: string; country?: string; limit: number }): Promise<Place[]> {
  const typed = fold(query.q)
  if (typed.length < 2) return []
  return select<Place>(
    db(),
    `SELECT name, region, country, latitude, longitude, population FROM places
     WHERE folded_name LIKE :pattern ${query.country ? 'AND country = :country' : ''}
     ORDER BY (folded_name = :typed) DESC, population DESC, id LIMIT :limit`,
    { typed, pattern: `${typed.replace(/[\\%_]/g, '\\$&')}%`, country: query.country ?? null, limit: query.limit },
  )
}
