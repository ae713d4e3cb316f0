// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of sources are quoted here
// Guards at the doors: who may ask, whose thing it is, and that what came is what was sent.
import { cut, type Guard, seenBy } from '../guard.ts'

const payments = 'storefront/app/domain/payments'
const identity = 'storefront/app/domain/identity'
const webhooks = 'storefront/app/api/webhooks.db.test.ts'
const leases = 'storefront/app/domain/checkout/leases.db.test.ts'
const flow = 'storefront/app/domain/checkout/checkout.db.test.ts'
const tokens = 'catalog-api/src/http/auth.db.test.ts'
const parsed = 'storefront/app/http/parse.server.test.ts'
const unsigned = seenBy(webhooks, '%s is refused with 400 and nothing is kept')

export const events: readonly Guard[] = [
  cut(
    'an event’s signature is over its raw bytes',
    'check',
    `${payments}/stripe.server.ts`,
    [
      'await stripe().webhooks.constructEventAsync(rawBody, signature, secret, 300)',
      'JSON.parse(rawBody.toString()) as Stripe.Event',
    ],
    seenBy(webhooks, 'a body that was changed by one letter is refused'),
  ),
  cut(
    'an event’s signature is at most five minutes old',
    'check',
    `${payments}/stripe.server.ts`,
    ['signature, secret, 300)', 'signature, secret, 3_000_000)'],
    unsigned,
  ),
  cut(
    'an event of the other mode is ignored',
    'check',
    `${payments}/events.server.ts`,
    ['const foreign = event.livemode !== isLiveMode()', 'const foreign = false'],
    seenBy(webhooks, 'an event of live mode is kept and ignored by a test shop'),
  ),
  cut(
    'an event is one row, however often it comes',
    'key',
    `${payments}/events.server.ts`,
    ['eventId: event.id,\n      type', 'eventId: `${event.id}${performance.now()}`,\n      type'],
    seenBy(webhooks, 'a signed event is kept and answered; twenty copies of it are one'),
  ),
  cut(
    'an event about an order not known yet waits',
    'order of steps',
    'storefront/app/domain/checkout/webhook-handlers.server.ts',
    [
      "case 'unknown_order':\n      return { verdict: 'wait' }",
      "case 'unknown_order':\n      return { verdict: 'ignored' }",
    ],
    seenBy(webhooks, 'news of an order we do not know yet waits, and is used as soon as the order is there'),
  ),
  cut(
    'events are shared out without waiting',
    'lock',
    `${payments}/events.server.ts`,
    ['LIMIT ? FOR UPDATE SKIP LOCKED', 'LIMIT ? FOR UPDATE'],
    seenBy(leases, 'an event that another worker is taking is left to it, and nobody waits'),
  ),
  cut(
    'a leased event is nobody else’s',
    'lease',
    `${payments}/events.server.ts`,
    ['AND next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())', 'AND next_attempt_at <= now()'],
    seenBy(leases, 'an event that somebody works on is taken by no other, until the lease is over'),
  ),
  cut(
    'an event is closed by its holder only',
    'lease',
    `${payments}/events.server.ts`,
    [
      '.where({ eventId: event.eventId, leaseToken: event.leaseToken })\n    .update({\n      processedAt',
      '.where({ eventId: event.eventId })\n    .update({\n      processedAt',
    ],
    seenBy(leases, 'closes and postpones no event of another'),
  ),
]

export const owners: readonly Guard[] = [
  cut(
    'an order is its shopper’s',
    'check',
    'storefront/app/domain/orders/queries.server.ts',
    ['Order.query(db()).findOne({ userId, number })', 'Order.query(db()).findOne({ number })'],
    seenBy(flow, 'a shopper sees their own orders only, by any way in'),
  ),
  cut(
    'an order’s secret link opens with its token',
    'check',
    'storefront/app/domain/orders/queries.server.ts',
    ['return order && isOrderToken(order, token) ? viewOf(order) : null', 'return order ? viewOf(order) : null'],
    seenBy(flow, 'the secret link opens with its token only: not with an empty one, nor another order’s'),
  ),
  cut(
    'an address is its owner’s',
    'check',
    `${identity}/addresses.server.ts`,
    ['const owned = { id: addressId, userId }', 'const owned = { id: addressId }'],
    seenBy(
      `${identity}/addresses.db.test.ts`,
      'shows somebody else’s address as one that does not exist, at every verb',
    ),
  ),
  {
    name: 'a session is ended by its owner',
    kind: 'check',
    removal: {
      cuts: [
        {
          file: `${identity}/sessions.server.ts`,
          text: "const sessions = await SessionModel.query(db()).where({ userId }).select('idHash')",
          instead: "const sessions = await SessionModel.query(db()).select('idHash')",
        },
        {
          file: `${identity}/sessions.server.ts`,
          text: '.delete().where({ userId, idHash: found.idHash })',
          instead: '.delete().where({ idHash: found.idHash })',
        },
      ],
    },
    test: seenBy(`${identity}/sessions.db.test.ts`, 'ends one of one’s own, never one of somebody else'),
  },
  cut(
    'a session ends with the account',
    'check',
    `${identity}/sessions.server.ts`,
    ["'session.idHash': idHash, 'person.status': 'active' }", "'session.idHash': idHash }"],
    seenBy(`${identity}/sessions.db.test.ts`, 'ends at the next request when its user is disabled'),
  ),
  cut(
    'tries at a password are counted, or there are none',
    'order of steps',
    `${identity}/rate-limit.server.ts`,
    [
      "if (!isRefusal(reason))\n      throw new DomainError('overloaded'",
      "if (!isRefusal(reason)) return undefined as T\n    if (!isRefusal(reason))\n      throw new DomainError('overloaded'",
    ],
    seenBy(`${identity}/sign-in.db.test.ts`, 'is not possible while tries cannot be counted: it fails closed'),
  ),
]

export const posts: readonly Guard[] = [
  cut(
    'a form carries its visitor’s own token',
    'check',
    'storefront/app/http/parse.server.ts',
    ["if (typeof token !== 'string' || !isSealed('csrf', visitor.sid, token))", "if (typeof token !== 'string')"],
    seenBy(parsed, "with another visitor's token, an empty or a shortened one is refused"),
  ),
  cut(
    'a form comes from our own pages',
    'check',
    'storefront/app/http/parse.server.ts',
    ["if (isFromElsewhere(request)) throw new DomainError('csrf_failed', 'This form was sent from another site.')", ''],
    seenBy(parsed, 'from %s is refused even with the right token'),
  ),
  cut(
    'a client’s key is one thing made',
    'key',
    'storefront/app/domain/idempotency/idempotency.server.ts',
    [
      "const idHash = hash('key', request.owner, request.operation, request.key)",
      "const idHash = hash('key', String(performance.now()))",
    ],
    seenBy('storefront/app/api/api.db.test.ts', 'makes twenty requests at once one; later ones get the first answer'),
  ),
  cut(
    'a client’s key belongs to one body',
    'check',
    'storefront/app/domain/idempotency/idempotency.server.ts',
    ['if (!known.bodyHash.equals(bodyHash))', 'if (false)'],
    seenBy(
      'storefront/app/api/api.db.test.ts',
      'used for another body is refused; another person’s key of the same letters is another key',
    ),
  ),
  cut(
    'a service token counts once',
    'key',
    'catalog-api/src/http/auth.ts',
    ["if (rowCount === 0) throw refuse('This token was used before.')", ''],
    seenBy(tokens, 'uses its token up: the same token again is refused'),
  ),
  cut(
    'a service token opens what its scope names',
    'check',
    'catalog-api/src/http/auth.ts',
    ["if (!payload.data.scope.split(' ').includes(scope))", 'if (false)'],
    seenBy(tokens, 'does not open what its scope does not name'),
  ),
  cut(
    'a service token lives a minute',
    'check',
    'catalog-api/src/http/auth.ts',
    ['if (exp - iat > longestLifeSeconds || exp <= iat)', 'if (false)'],
    seenBy(tokens, '%s is refused'),
  ),
  cut(
    'a service token is for this process',
    'check',
    'catalog-api/src/http/auth.ts',
    ["      audience: 'catalog-api',\n", ''],
    seenBy(tokens, '%s is refused'),
  ),
]

export const log: readonly Guard[] = [
  {
    name: 'staff’s log is a chain: one line after the other',
    kind: 'lock',
    removal: {
      database: 'storefront',
      sql: "DO $$ BEGIN EXECUTE replace(pg_get_functiondef('audit_log_chain'::regproc), 'PERFORM pg_advisory_xact_lock(hashtext(''audit_log''));', ''); END $$",
    },
    test: seenBy('storefront/app/domain/audit/audit.db.test.ts', 'keeps one chain when many write at once'),
  },
  {
    name: 'each line of staff’s log carries the hash of the one before',
    kind: 'key',
    removal: {
      database: 'storefront',
      sql: "DO $$ BEGIN EXECUTE replace(pg_get_functiondef('audit_log_chain'::regproc), 'coalesce(last.hash, ''\\x'')', 'sha256(''no chain'')'); END $$",
    },
    test: seenBy(
      'storefront/app/domain/audit/audit.db.test.ts',
      'names the first line that was altered, taken out or cut off by somebody with the database',
    ),
  },
  cut(
    'a line of staff’s log is of the change’s own transaction',
    'order of steps',
    'storefront/app/domain/audit/audit.server.ts',
    ['await AuditModel.query(trx).insert({', 'await AuditModel.query(db()).insert({'],
    seenBy('storefront/app/domain/audit/audit.db.test.ts', 'has no line for a change that was taken back'),
  ),
]
