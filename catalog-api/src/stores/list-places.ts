// Where somebody is, from what they type: towns by the beginning of their name, and the postcodes of our own stores (no
// other postcodes come with the shop). Words are folded here as they were when the table was filled.
import { db, select } from '../lib/db.ts'
import { fold } from '../lib/fold.ts'
import type { Place } from './schemas.ts'

type Question = { q: string; country?: string; limit: number }

/**
 * Towns that begin with what was typed; a whole name first, then the most people. With a digit in it: the stores whose
 * postcode begins most like it, then the town that is named beside it (`69002 Lyon`): only in that town's countries then.
 * Two statements at most.
 */
export async function listPlaces({ q, country, limit }: Question): Promise<Place[]> {
  const typed = fold(q)
  if (!/\d/.test(typed)) return listTowns({ q: typed, country, limit })
  const town = typed
    .split(' ')
    .filter((word) => !/\d/.test(word))
    .join(' ')
  const byName = await listTowns({ q: town, country, limit })
  const known = town.length > 2 && byName.length > 0 ? byName.map((one) => one.country) : null
  const byCode = await listByPostcode({ q: typed, countries: country ? [country] : known, limit })
  // A town that was written out says more than a postcode that is only a little alike.
  return [...(town.length > 2 ? [...byName, ...byCode] : [...byCode, ...byName])].slice(0, limit)
}

async function listTowns({ q, country, limit }: Question): Promise<Place[]> {
  if (q.length < 2) return []
  return select<Place>(
    db(),
    `SELECT name, region, country, latitude, longitude, population, NULL AS postcode, false AS approximate FROM places
     WHERE folded_name LIKE :pattern ${country ? 'AND country = :country' : ''}
     ORDER BY (folded_name = :typed) DESC, population DESC, id LIMIT :limit`,
    { typed: q, pattern: `${q.replace(/[\\%_]/g, '\\$&')}%`, country: country ?? null, limit },
  )
}

/** Letters and digits alone, as `stores.postcode_key` has them. */
const keyOf = (typed: string): string => typed.replace(/[^a-z0-9]/g, '').slice(0, 12)

type CodeQuestion = { q: string; countries: string[] | null; limit: number }

/** Places of stores whose postcode shares the longest beginning with what was typed, two characters at least. */
async function listByPostcode({ q, countries, limit }: CodeQuestion): Promise<Place[]> {
  const words = q.split(' ')
  const key = keyOf(words.filter((word, index) => /\d/.test(word) || index > 0).join('')) || keyOf(q)
  if (key.length < 2) return []
  return select<Place>(
    db(),
    `SELECT city AS name, region, country, latitude, longitude, 0 AS population, postcode, postcode_key <> :key AS approximate FROM (
       SELECT s.*, (SELECT max(n) FROM generate_series(2, length(:key)) n WHERE starts_with(postcode_key, left(:key, n))) AS shared
       FROM stores s
       WHERE kind = 'shop' AND status = 'open' AND postcode_key <> '' AND postcode_key LIKE :pattern
         ${countries ? 'AND country = ANY(:countries)' : ''}
     ) alike
     ORDER BY shared DESC, approximate, country, city, id LIMIT :limit`,
    { key, pattern: `${key.slice(0, 2)}%`, countries, limit },
  )
}
