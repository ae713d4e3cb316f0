// What an invariant is: a rule of the shop as a query that returns the rows which break it. Empty = it holds.

/**
 * `instant`: true at any moment, also during a storm. `settled`: true once the rows have been quiet for the grace written
 * into the query (what spans both databases or the provider cannot be one instant).
 */
export type Invariant = {
  /** Its number in the list of checkout's invariants; stable, printed, never reused. */
  id: number
  rule: string
  when: 'instant' | 'settled'
  /** Which database answers. The storefront's session also sees `cat_*` and `pr_*`: rows brought from the others. */
  on: 'storefront' | 'catalog'
  sql: string
  /** Needs the payment provider's rows. */
  provider?: true
}

/** Orders whose goods are sold and that are not being given back. */
export const sold = `('paid', 'fulfilling', 'fulfilled')`
/** Orders before the pivot. */
export const live = `('placing', 'reserved', 'awaiting_payment')`
/**
 * So many minutes ago; this moment when the audit is told that everything has come to rest (`audit.patience` is 0), as
 * trials do after their storm.
 */
export const ago = (minutes: number): string =>
  `now() - interval '${minutes} minutes' * coalesce(nullif(current_setting('audit.patience', true), '')::float, 1)`

/** Nothing touched the row for this long: whoever works on it has come to an end or died. */
export const quiet = (column = 'o.updated_at', minutes = 2): string => `${column} <= ${ago(minutes)}`

/** A number made of an order's id, the same in every database of one version of Postgres. */
export const hashOf = (id: string): string => `hashtextextended(${id}::text, 0)`

/**
 * The bucket (0 to 4095) of an order's id: both databases sum up what each of them says of the orders of a bucket, and only
 * buckets whose sums differ are brought together row by row. Another hash on an older server costs time, not truth.
 */
export const bucketOf = (id: string): string => `(${hashOf(id)} & 4095)`

/**
 * Which of 4096 buckets do not add up: `sides` gives a bucket and a weight of every row, one side's weights negative. Where
 * all is well both sides stream by once; only rows of the buckets that are off are then brought together one by one.
 */
export const bucketsOff = (sides: string): string =>
  `SELECT bucket FROM (${sides}) sides GROUP BY bucket HAVING sum(weight) <> 0`

/** The bucket of `id` and how much `amount` (an integer below 2^31) of it weighs; `seed` tells what else is counted apart. */
export const weighed = (id: string, amount: string, seed = '0'): string =>
  `${bucketOfUuid(id)} AS bucket, (uuid_hash_extended(${id}, ${seed}) >> 12 & 2147483647) * (${amount}) AS weight`
export const bucketOfUuid = (id: string): string => `(uuid_hash_extended(${id}, 0) & 4095)`
