// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of sources are quoted here
// Guards of messages: each fact is told, once, by whoever holds its lease.
import { cut, type Guard, seenBy } from '../guard.ts'

const drained = 'notifier/src/drain.db.test.ts'
const listened = 'notifier/src/listen.db.test.ts'

export const messages: readonly Guard[] = [
  cut(
    'notifiers share events out',
    'lock',
    'notifier/src/outbox.ts',
    ['ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)', 'ORDER BY next_attempt_at LIMIT 1)'],
    seenBy(drained, 'an event that another notifier is claiming is left to it, and nobody waits'),
  ),
  cut(
    'a leased event is nobody else’s until the lease is over',
    'lease',
    'notifier/src/outbox.ts',
    [
      'const free = `(lease_until IS NULL OR (lease_until < now() AND attempts < ${maxAttempts}))`',
      "const free = 'true'",
    ],
    seenBy(drained, 'killed between claim and send: the mail leaves when the lease has ended, not before'),
  ),
  cut(
    'an event is marked by its holder only',
    'lease',
    'notifier/src/outbox.ts',
    ['WHERE id = $1 AND lease_token = $2`', 'WHERE id = $1 AND $2::uuid IS NOT NULL`'],
    seenBy(drained, 'one whose lease was taken over may neither send nor mark'),
  ),
  cut(
    'a message is sent by the holder of its event only',
    'lease',
    'notifier/src/deliveries.ts',
    ['WHERE o.id = $2 AND o.lease_token = $6 AND o.lease_until > now()', 'WHERE o.id = $2 AND $6::uuid IS NOT NULL'],
    seenBy(drained, 'one whose lease was taken over may neither send nor mark'),
  ),
  cut(
    'what was sent is not sent again',
    'conditional update',
    'notifier/src/deliveries.ts',
    ["\n       WHERE d.status NOT IN ('sent', 'suppressed')\n", '\n'],
    seenBy(drained, 'killed between mail and SMS: the mail is not sent a second time'),
  ),
  cut(
    'each try carries the same key to the provider',
    'key',
    'notifier/src/deliveries.ts',
    ['=> `${outboxId}.${channel}`', '=> `${outboxId}.${performance.now()}.${channel}`'],
    seenBy(drained, 'a paid order is confirmed by one mail, and the row says so'),
  ),
  cut(
    'a delivery is written before it is marked done',
    'order of steps',
    'notifier/src/deliver.ts',
    ['await insist(() => markSent(pool, begun.deliveryId, accepted))', ''],
    seenBy(drained, 'a paid order is confirmed by one mail, and the row says so'),
  ),
  cut(
    'the outbox is polled, whoever forgets to nudge',
    'order of steps',
    'notifier/src/drain.ts',
    ['    while (!stopping.signal.aborted) {\n      wake()', '    while (!stopping.signal.aborted) {'],
    seenBy(drained, 'a lost nudge is made up for by the poll'),
  ),
  cut(
    'a LISTEN connection that is half open is noticed',
    'check',
    'notifier/src/listen.ts',
    [
      'const { rowCount } = await within(options.timeoutMs, Promise.race([alive, lost]))',
      'const { rowCount } = await Promise.race([alive, lost])',
    ],
    seenBy(
      listened,
      'a half-open connection is noticed, replaced, and what was written meanwhile is looked for at once',
    ),
  ),
  cut(
    'after each reconnect the outbox is looked at',
    'order of steps',
    'notifier/src/listen.ts',
    ['    // What was written while nobody listened.\n    options.onNudge()', ''],
    seenBy(
      listened,
      'a half-open connection is noticed, replaced, and what was written meanwhile is looked for at once',
    ),
  ),
  cut(
    'an event that ends its senders is set aside',
    'check',
    'notifier/src/drain.ts',
    ['of await parkAbandoned(source.pool)', 'of [] as Awaited<ReturnType<typeof parkAbandoned>>'],
    seenBy(drained, 'an event that ends every process which claims it is parked for a person'),
  ),
  cut(
    'mails on their way are finished before the process ends',
    'order of steps',
    'notifier/src/notifier.ts',
    ['await Promise.race([drained, pause(timing.graceMs ?? 15_000)])', ''],
    seenBy(drained, 'a mail on its way is finished before the process ends, and no lease is left'),
  ),
]
