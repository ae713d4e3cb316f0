// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of sources are quoted here
// Guards of goods: held once, sold once, given back once, in one order of locks.
import { cut, type Guard, seenBy } from '../guard.ts'

const inventory = 'catalog-api/src/inventory'
const held = `${inventory}/reservations.db.test.ts`
const counted = `${inventory}/stock.db.test.ts`
const sent = 'catalog-api/src/fulfillments/fulfillments.db.test.ts'

export const stock: readonly Guard[] = [
  cut(
    'lines of one article are added up',
    'check',
    `${inventory}/allocation.ts`,
    ['sums.set(sku, (sums.get(sku) ?? 0) + quantity)', 'sums.set(sku, quantity)'],
    seenBy(held, 'adds up lines of the same article: three times two of five is refused'),
  ),
  cut(
    'levels are locked in one order',
    'lock',
    `${inventory}/levels.ts`,
    ['ORDER BY i.variant_id, i.store_id ${lock}', '${lock}'],
    seenBy(held, 'waits for its rows in one fixed order, however the basket and the table are sorted'),
  ),
  {
    name: 'stock is taken under lock and condition, above the table’s own check',
    kind: 'conditional update',
    removal: {
      cuts: [
        {
          file: `${inventory}/levels.ts`,
          text: "levelsOf(trx, demands, storeIds, 'FOR UPDATE OF i')",
          instead: "levelsOf(trx, demands, storeIds, '')",
        },
        {
          file: `${inventory}/levels.ts`,
          text: '\n         AND i.on_hand + :onHand::int * given.quantity >= i.reserved + :reserved::int * given.quantity',
          instead: '',
        },
      ],
    },
    test: seenBy(held, 'sells twelve units to exactly twelve of forty buyers'),
  },
  cut(
    'a short line refuses the whole basket',
    'check',
    `${inventory}/reserve.ts`,
    ['if (shortages.length > 0) throw', 'if (shares.length === 0) throw'],
    seenBy(held, 'holds all lines or none, and names every short one'),
  ),
  cut(
    'a reference is one hold',
    'key',
    `${inventory}/reserve.ts`,
    ['if (!expiresAt) return null', ''],
    seenBy(held, 'answers the same request again with the same hold'),
  ),
  cut(
    'a reference holds one basket',
    'check',
    `${inventory}/reserve.ts`,
    ['if (row.bodyHash !== bodyHash)', 'if (false)'],
    seenBy(held, 'refuses another basket under the same reference'),
  ),
  cut(
    'a hold that has ended is not answered as one',
    'check',
    `${inventory}/reserve.ts`,
    ["if (!row || row.status === 'released' || (row.status === 'held' && row.overdue))", 'if (!row)'],
    seenBy(held, 'refuses the same reference again after a release'),
  ),
  cut(
    'a release before its hold leaves a tombstone',
    'order of steps',
    `${inventory}/release.ts`,
    [
      "VALUES (:ref, '', 'released', :reason, now(), now()) ON CONFLICT (ref) DO NOTHING",
      "SELECT :ref, '', 'released', :reason, now(), now() WHERE false ON CONFLICT (ref) DO NOTHING",
    ],
    seenBy(held, 'refuses a hold that arrives after its own release'),
  ),
  cut(
    'a hold is given back once',
    'conditional update',
    `${inventory}/release.ts`,
    ["if (row?.status === 'held') await", 'if (row) await'],
    seenBy(held, 'frees the units, once, however often it is told'),
  ),
  cut(
    'what is sold is not given back',
    'check',
    `${inventory}/release.ts`,
    ["if (row?.status === 'committed')", 'if (false)'],
    seenBy(held, 'does not take back what is sold'),
  ),
  cut(
    'a hold ends under its lock',
    'lock',
    `${inventory}/commit.ts`,
    ['findById(ref).forUpdate()', 'findById(ref)'],
    seenBy(held, 'is told twice in the same moment: sold once, and both hear the same'),
  ),
  cut(
    'a sale is booked once',
    'check',
    `${inventory}/commit.ts`,
    ["if (row.status === 'committed') return answer(row.reason === 'late_commit')", ''],
    seenBy(held, 'takes the units off the shelf, once, however often it is told'),
  ),
  cut(
    'a late sale takes free stock only',
    'check',
    `${inventory}/commit.ts`,
    ['if (shortages.length > 0)', 'if (false)'],
    seenBy(held, 'says out of stock when a late sale finds too little, and keeps the books'),
  ),
  {
    name: 'the sweeper ends what is over, and only that',
    kind: 'conditional update',
    removal: {
      cuts: [
        {
          file: `${inventory}/release.ts`,
          text: "WHERE status = 'held' AND expires_at <= now() ORDER BY",
          instead: "WHERE status = 'held' ORDER BY",
        },
        {
          file: `${inventory}/release.ts`,
          text: "AND status = 'held' AND expires_at <= now() FOR UPDATE",
          instead: "AND status = 'held' FOR UPDATE",
        },
      ],
    },
    test: seenBy(held, 'sweeps holds past their end, and only those'),
  },
  cut(
    'sweepers share holds out without waiting',
    'lock',
    `${inventory}/release.ts`,
    ['FOR UPDATE SKIP LOCKED', 'FOR UPDATE'],
    seenBy(held, 'leaves a hold that another process is ending to it, and waits for nobody'),
  ),
  cut(
    'a count is made once for its reference',
    'key',
    `${inventory}/adjust.ts`,
    ['if (!before) await change(trx, input, level)', 'await change(trx, input, level)'],
    seenBy(counted, 'changes the level once for the same reference'),
  ),
  cut(
    'a count is of the level that was seen',
    'check',
    `${inventory}/adjust.ts`,
    ['if (input.expectedOnHand !== undefined && input.expectedOnHand !== level.onHand)', 'if (false)'],
    seenBy(counted, 'is refused when the level moved since the page was opened'),
  ),
  cut(
    'held goods are not counted away',
    'check',
    `${inventory}/adjust.ts`,
    ['if (level.onHand + delta < level.reserved)', 'if (false)'],
    seenBy(counted, 'cannot count away what is held for orders'),
  ),
  cut(
    'goods come back once for their reference',
    'key',
    `${inventory}/restock.ts`,
    ['if (done.length > 0) return { ref, adjustmentRef, lines: done }', ''],
    seenBy(counted, 'go on the shelf they came from, once'),
  ),
  cut(
    'no more comes back than was sold',
    'check',
    `${inventory}/restock.ts`,
    ['Math.min(missing.get(sku) ?? 0, quantity - back)', 'missing.get(sku) ?? 0'],
    seenBy(counted, 'are never more than were sold, in however many parts'),
  ),
  cut(
    'goods come back under the lock of their sale',
    'lock',
    `${inventory}/restock.ts`,
    ['findById(ref).forUpdate()', 'findById(ref)'],
    seenBy(counted, 'do not come back twice when two people take them in at once'),
  ),
  cut(
    'no more is sent than was sold',
    'check',
    'catalog-api/src/fulfillments/create-fulfillment.ts',
    ['if (!bought || quantity > left)', 'if (!bought)'],
    seenBy(sent, 'never takes more than was sold, in however many parts'),
  ),
  cut(
    'parcels of one order are counted one after the other',
    'lock',
    `${inventory}/committed-units.ts`,
    ['findById(ref).forUpdate()', 'findById(ref)'],
    seenBy(sent, 'is not sent twice when two people pack the same goods at once'),
  ),
  cut(
    'a parcel’s number is one parcel',
    'key',
    'catalog-api/src/fulfillments/create-fulfillment.ts',
    ['if (before) return { created: false, fulfillment: await getFulfillment(trx, before.id) }', ''],
    seenBy(sent, 'leaves once, however often it is told'),
  ),
]
