// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of sources are quoted here
// Guards against what surrounds the shop: a catalogue that is slow, down or mad, a database that is away, a process that ends.
import { cut, type Guard, seenBy } from '../guard.ts'

const catalog = 'storefront/app/domain/catalog'
const asked = `${catalog}/transport.test.ts`
const hard = 'storefront/app/lib/hard-times.db.test.ts'
const away = 'storefront/app/lib/unavailable.test.ts'
const db = 'storefront/app/lib/db.server.ts'

export const machinery: readonly Guard[] = [
  cut(
    'the catalogue’s answers are checked',
    'check',
    `${catalog}/transport.server.ts`,
    ['if (parsed.success) return parsed.data', 'return answer.data as never'],
    seenBy(asked, '%s is treated as a failure, not shown'),
  ),
  cut(
    'the catalogue has a deadline',
    'check',
    `${catalog}/transport.server.ts`,
    ['AbortSignal.timeout(deadlineMs)', 'AbortSignal.timeout(60_000)'],
    seenBy(asked, 'an answer that takes too long is no answer'),
  ),
  cut(
    'a catalogue that fails is left in peace',
    'check',
    `${catalog}/transport.server.ts`,
    ['await circuits[road.kind].execute(() => askOnce(schema, road, send))', 'await askOnce(schema, road, send)'],
    seenBy(asked, 'after ten failures of twenty the catalogue is left in peace, and asked again after five seconds'),
  ),
  cut(
    'pages are shown from the last good copy',
    'order of steps',
    `${catalog}/transport.server.ts`,
    [
      "const copy = isDomainError(error, 'catalog_unavailable') ? lastGood.get(key) : undefined",
      'const copy = undefined as { value: unknown } | undefined',
    ],
    seenBy(asked, 'is shown while the catalogue is away, at most fifteen minutes, and pages can say so'),
  ),
  cut(
    'a charge is never made of a copy',
    'order of steps',
    `${catalog}/catalog.server.ts`,
    ['return skus.length === 0 ? [] : askVariants([...skus].sort())', 'return listVariantsToShow(skus)'],
    seenBy(asked, 'is never what a charge is made of'),
  ),
  cut(
    'a write is not repeated by itself',
    'check',
    `${catalog}/transport.server.ts`,
    ["isFault && road.kind === 'read' && attempt === 1", 'isFault && attempt === 1'],
    seenBy(asked, 'a write is not repeated by itself'),
  ),
  cut(
    'webhooks have connections of their own',
    'check',
    'storefront/app/api/webhooks.ts',
    ['await onWebhooksPool(() =>', 'await (async (keep) => keep())(() =>'],
    seenBy(
      hard,
      'with every connection of the pages taken, pages say so within two seconds while webhooks are kept and health answers',
    ),
  ),
  cut(
    'background work takes no webhook’s connection',
    'check',
    db,
    ["inBulkhead.run('webhooks', work)", "inBulkhead.run('jobs', work)"],
    seenBy(hard, 'with every connection of the background work taken, a webhook is kept all the same'),
  ),
  cut(
    'the health check has a connection of its own',
    'check',
    db,
    ["  pool('health')\n", "  pool('pages')\n"],
    seenBy(
      hard,
      'with every connection of the pages taken, pages say so within two seconds while webhooks are kept and health answers',
    ),
  ),
  cut(
    'who gets no connection hears so in two seconds',
    'check',
    db,
    ['acquireTimeoutMillis: 2_000', 'acquireTimeoutMillis: 15_000'],
    seenBy(
      hard,
      'with every connection of the pages taken, pages say so within two seconds while webhooks are kept and health answers',
    ),
  ),
  cut(
    'a full disk is told as “try again”',
    'check',
    db,
    ['|53...|', '|53300|'],
    seenBy(hard, 'refuses what must be written with “try again”, and shows what is there'),
  ),
  cut(
    'a database that is just restarting is no fault',
    'check',
    db,
    ['|57P0.|', '|'],
    seenBy(away, 'is no fault of ours: %s (%s)'),
  ),
  cut(
    'a lost connection is no fault',
    'check',
    db,
    ['lostConnection.test(error.message)', 'false'],
    seenBy(away, 'is told as “try again in a moment”, not as a fault: %s'),
  ),
  cut(
    'a process that leaves serves whoever has a connection',
    'order of steps',
    'storefront/server/close-server.ts',
    ['await sleep(drainMs)', ''],
    seenBy(
      'storefront/server/close-server.test.ts',
      'while it is leaving everybody is served, and led elsewhere by the end of their connection',
    ),
  ),
  cut(
    'a process that leaves leads its visitors elsewhere',
    'order of steps',
    'storefront/server/close-server.ts',
    ['if (draining) answer.shouldKeepAlive = false', ''],
    seenBy(
      'storefront/server/close-server.test.ts',
      'while it is leaving everybody is served, and led elsewhere by the end of their connection',
    ),
  ),
  cut(
    'an answer on its way is given before the end',
    'order of steps',
    'storefront/server/close-server.ts',
    ['await closed\n', 'server.closeAllConnections()\n  await closed\n'],
    seenBy(
      'storefront/server/close-server.test.ts',
      'an answer on its way is given, and its connection does not hold up the end afterwards',
    ),
  ),
  cut(
    'no process runs on a Postgres that forgets',
    'check',
    'catalog-api/src/main.ts',
    ["if (env.NODE_ENV !== 'test') await requireDurability(knex, 'catalog')", ''],
    seenBy(
      'catalog-api/src/main.db.test.ts',
      'is refused on a Postgres that may forget what it has confirmed, and names what is off',
    ),
  ),
  cut(
    'production has no places to be killed at',
    'check',
    'storefront/app/env.server.ts',
    ["if (env.FAILPOINTS_FILE) refuse('FAILPOINTS_FILE', 'no failpoints in production: unset it')", ''],
    seenBy('trials/house/settings.test.ts', 'production refuses to start %s with places where trials kill it'),
  ),
  cut(
    'production pays at no stand-in, so there is no weather',
    'check',
    'storefront/app/env.server.ts',
    ["if (env.STRIPE_API_URL) refuse('STRIPE_API_URL', 'no payments stand-in in production: unset it')", ''],
    seenBy('storefront/app/env.server.test.ts', 'stop the start when %s is %j, naming it and not its value'),
  ),
]
