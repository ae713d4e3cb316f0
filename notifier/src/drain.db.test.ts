import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kit, startKit, until } from '../test/kit.ts'
import { newId } from './lib/ids.ts'
import { samples } from './messages/samples.ts'
import { claimNext } from './outbox.ts'

let kit: Kit
beforeEach(async () => {
  kit = await startKit()
})
afterEach(() => kit.stop())

const isDone = async (id: string) => (await kit.row(id)).done_at

describe('an event in the outbox', () => {
  test('a paid order is confirmed by one mail, and the row says so', async () => {
    const id = await kit.append('order.paid')
    kit.notifier().start()
    await until('the row to be done', () => isDone(id))
    expect(kit.mails).toHaveLength(1)
    const mail = kit.mails[0]
    expect(mail?.subject).toBe('Thank you for your order HS-7KQ4-M2XD')
    expect(mail?.from?.value[0]).toEqual({ name: 'Highstreet', address: 'hello@highstreet.example' })
    expect(mail?.messageId).toBe(`<${id}.email@highstreet.example>`)
    expect(mail?.text).toContain('€120.90')
    expect(mail?.html).toContain('€120.90')
    expect(await kit.deliveries(id)).toEqual([
      {
        channel: 'email',
        status: 'sent',
        attempts: 1,
        provider_key: `${id}.email`,
        provider_message_id: `<${id}.email@highstreet.example>`,
        sent_at: expect.any(Date),
      },
    ])
    expect(await kit.row(id)).toMatchObject({ attempts: 1, lease_token: null, parked_at: null, last_error: null })
  })

  test('low stock in the catalogue is told to the shopkeeper', async () => {
    const id = await kit.append('stock.low', undefined, 'catalog')
    kit.notifier().start()
    await until('the row to be done', async () => (await kit.row(id, 'catalog')).done_at)
    expect(kit.mails[0]?.subject).toBe('Low stock: Morning Mug, Sage / 350 ml, 3 left at Dublin, Harbour Row')
    expect(kit.mails[0]?.raw).toContain('To: shopkeeper@highstreet.example')
  })

  test('a shipped order with a telephone number is told by mail and by SMS, each once', async () => {
    const id = await kit.append('order.shipped')
    kit.notifier().start()
    await until('the row to be done', () => isDone(id))
    expect(kit.mails).toHaveLength(1)
    expect(kit.sms).toEqual([{ to: '+35315550123', text: expect.stringContaining('HS-7KQ4-M2XD'), key: `${id}.sms` }])
    expect((await kit.deliveries(id)).map((row) => [row.channel, row.status])).toEqual([
      ['email', 'sent'],
      ['sms', 'sent'],
    ])
  })

  test('a nudge brings the mail within a second, long before the next poll', async () => {
    const notifier = kit.notifier()
    notifier.start()
    await until(
      'both to listen',
      () => notifier.isListening('storefront') && notifier.drainState('storefront').lastDrainAt,
    )
    const start = Date.now()
    await kit.append('order.paid')
    await until('the mail', () => kit.mails.length, 1_000)
    expect(Date.now() - start).toBeLessThan(1_000)
  })

  test('a lost nudge is made up for by the poll', async () => {
    const notifier = kit.notifier({ pollMs: 150 })
    notifier.start()
    await until('the first look', () => notifier.drainState('storefront').lastDrainAt)
    await kit.pools.storefront.query('ALTER TABLE outbox DISABLE TRIGGER outbox_nudge')
    await kit.append('order.paid')
    await until('the mail', () => kit.mails.length)
  })

  test('two notifiers at once send each of forty events exactly once', async () => {
    const ids: string[] = []
    for (let n = 0; n < 40; n += 1) ids.push(await kit.append('order.paid'))
    kit.notifier({ pollMs: 50 }).start()
    kit.notifier({ pollMs: 50 }).start()
    await until('all to be done', async () => {
      const { rows } = await kit.pools.storefront.query(
        'SELECT count(*)::int AS n FROM outbox WHERE done_at IS NOT NULL',
      )
      return rows[0].n === 40
    })
    expect(kit.mails.map((mail) => mail.messageId).sort()).toEqual(
      ids.map((id) => `<${id}.email@highstreet.example>`).sort(),
    )
  })
})

test('an event that another notifier is claiming is left to it, and nobody waits', async () => {
  const [first, second] = [await kit.append('order.paid'), await kit.append('order.paid')]
  const other = await kit.pools.storefront.connect()
  await other.query('BEGIN')
  await other.query('SELECT 1 FROM outbox WHERE id = $1 FOR UPDATE', [first])
  expect((await claimNext(kit.pools.storefront, newId()))?.id).toBe(second)
  await other.query('ROLLBACK')
  other.release()
})

describe('when something goes wrong', () => {
  test('a mail server that says "later" is asked again later, and the mail arrives once', async () => {
    kit.mailServer.mood.recipient = { code: 451, text: 'greylisted, try later' }
    const id = await kit.append('order.paid')
    kit.notifier({ pollMs: 100 }).start()
    const failed = await until('the first refusal', async () => {
      const row = await kit.row(id)
      return row.last_error ? row : null
    })
    expect(failed.attempts).toBe(1)
    expect(failed.lease_token).toBeNull()
    expect(failed.last_error).toContain('greylisted')
    expect(failed.last_error).not.toContain('alice')
    const wait = failed.next_attempt_at.getTime() - Date.now()
    expect(wait).toBeGreaterThan(500)
    expect(wait).toBeLessThanOrEqual(2_000)
    kit.mailServer.mood.recipient = null
    await until('the row to be done', () => isDone(id))
    expect(kit.mails).toHaveLength(1)
    expect((await kit.deliveries(id))[0]).toMatchObject({ status: 'sent', attempts: 2 })
  })

  test('a mail server that is down parks nothing; when it is back the mail leaves at once', async () => {
    const { port } = kit.mailServer
    await kit.mailServer.stop()
    const id = await kit.append('order.paid')
    // Pretend that the outage has lasted: the next try by the clock is minutes away.
    await kit.pools.storefront.query('UPDATE outbox SET attempts = 30 WHERE id = $1', [id])
    const notifier = kit.notifier({ probeMs: 100 })
    notifier.start()
    const failed = await until('the failure', async () => {
      const row = await kit.row(id)
      return row.last_error ? row : null
    })
    expect(failed.last_error).toMatch(/^mail server unreachable/)
    expect(failed.parked_at).toBeNull()
    expect(failed.next_attempt_at.getTime()).toBeGreaterThan(Date.now() + 60_000)
    const { startMailServer } = await import('../test/mail-server.ts')
    const again = await startMailServer(port)
    await until('the row to be done', () => isDone(id))
    expect(again.mails).toHaveLength(1)
    await notifier.stop()
    await again.stop()
  })

  test('an address the server refuses for good is parked with the reason', async () => {
    kit.mailServer.mood.recipient = { code: 550, text: 'no such user' }
    const id = await kit.append('order.paid')
    kit.notifier().start()
    await until('the row to be parked', async () => (await kit.row(id)).parked_at)
    expect((await kit.row(id)).last_error).toContain('no such user')
    expect(kit.mailServer.tries()).toBe(1)
  })

  test('an event nobody knows, and one whose payload does not fit, are parked and hold up no other', async () => {
    const unknown = await kit.append('order.exploded', { order: 1 })
    const broken = await kit.append('order.paid', { order: { ...samples['order.paid'].order, lines: [] } })
    const good = await kit.append('order.paid')
    const notifier = kit.notifier()
    notifier.start()
    await until('the good one to be done', () => isDone(good))
    await until(
      'both to be parked',
      async () => (await kit.row(unknown)).parked_at && (await kit.row(broken)).parked_at,
    )
    expect((await kit.row(unknown)).last_error).toBe('unknown topic "order.exploded"')
    expect((await kit.row(broken)).last_error).toMatch(/^payload does not fit order\.paid: order\.lines: /)
    expect(kit.mails).toHaveLength(1)
    expect(await notifier.metrics.render()).toContain('notifier_outbox_parked{database="storefront"} 2')
  })

  test('the twelfth refusal parks the event', async () => {
    kit.mailServer.mood.recipient = { code: 451, text: 'not now' }
    const id = await kit.append('order.paid')
    await kit.pools.storefront.query('UPDATE outbox SET attempts = 11 WHERE id = $1', [id])
    kit.notifier().start()
    await until('the row to be parked', async () => (await kit.row(id)).parked_at)
    expect((await kit.row(id)).last_error).toMatch(/^gave up after 12 tries/)
  })

  test('after twenty hours a person decides instead', async () => {
    kit.mailServer.mood.recipient = { code: 451, text: 'not now' }
    const id = await kit.append('order.paid')
    await kit.pools.storefront.query(`UPDATE outbox SET created_at = now() - interval '20 hours' WHERE id = $1`, [id])
    kit.notifier().start()
    await until('the row to be parked', async () => (await kit.row(id)).parked_at)
    expect((await kit.row(id)).last_error).toMatch(/^not sent within 20 h/)
  })

  test('killed between claim and send: the mail leaves when the lease has ended, not before', async () => {
    const id = await kit.append('order.paid')
    const claimed = await claimNext(kit.pools.storefront, newId())
    expect(claimed?.id).toBe(id)
    kit.notifier({ pollMs: 50 }).start()
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(kit.mails).toHaveLength(0)
    const { lease_until } = await kit.row(id)
    expect(lease_until?.getTime()).toBeGreaterThan(Date.now() + 50_000)
    await kit.pools.storefront.query(`UPDATE outbox SET lease_until = now() - interval '1 second' WHERE id = $1`, [id])
    await until('the row to be done', () => isDone(id))
    expect(kit.mails).toHaveLength(1)
    expect((await kit.row(id)).attempts).toBe(2)
  })

  test('killed between mail and SMS: the mail is not sent a second time', async () => {
    const id = await kit.append('order.shipped')
    const claimed = await claimNext(kit.pools.storefront, newId())
    if (!claimed) throw new Error('nothing claimed')
    const { beginDelivery, markSent } = await import('./deliveries.ts')
    const begun = await beginDelivery(kit.pools.storefront, claimed, 'email', 'alice@example.com')
    if (begun.state !== 'send') throw new Error('no leave to send')
    await markSent(kit.pools.storefront, begun.deliveryId, { messageId: 'earlier', answer: '250 ok' })
    await kit.pools.storefront.query(`UPDATE outbox SET lease_until = now() - interval '1 second' WHERE id = $1`, [id])
    kit.notifier({ pollMs: 50 }).start()
    await until('the row to be done', () => isDone(id))
    expect(kit.mails).toHaveLength(0)
    expect(kit.sms).toHaveLength(1)
  })

  test('one whose lease was taken over may neither send nor mark', async () => {
    const id = await kit.append('order.paid')
    const { beginDelivery } = await import('./deliveries.ts')
    const { markDone } = await import('./outbox.ts')
    const slow = await claimNext(kit.pools.storefront, newId())
    if (!slow) throw new Error('nothing claimed')
    await kit.pools.storefront.query(`UPDATE outbox SET lease_token = $2 WHERE id = $1`, [id, newId()])
    expect(await beginDelivery(kit.pools.storefront, slow, 'email', 'alice@example.com')).toEqual({
      state: 'lease_lost',
    })
    expect(await markDone(kit.pools.storefront, slow)).toBe(false)
    expect((await kit.row(id)).done_at).toBeNull()
  })
})

describe('what must not be told, or not now', () => {
  test('an order that was placed without leave for text messages is told by mail alone', async () => {
    const { channels: _, ...payload } = samples['order.shipped']
    const silent = await kit.append('order.shipped', payload)
    const unwanted = await kit.append('review.approved', { ...samples['review.approved'], channels: [] })
    kit.notifier().start()
    await until('both to be done', async () => (await isDone(silent)) && (await isDone(unwanted)))
    expect(kit.mails.map((mail) => mail.messageId)).toEqual([`<${silent}.email@highstreet.example>`])
    expect(kit.sms).toEqual([])
    expect(await kit.deliveries(unwanted)).toEqual([])
  })

  test('at night the mail goes out and the text message waits for the morning', async () => {
    let night = 3 * 3600 * 1000
    const id = await kit.append('order.shipped')
    kit.notifier({ pollMs: 50 }, { quietFor: () => night }).start()
    await until('the mail', async () => kit.mails.length && (await kit.row(id)).last_error)
    const waiting = await kit.row(id)
    expect(waiting).toMatchObject({ done_at: null, parked_at: null, last_error: 'text messages wait for the morning' })
    expect(waiting.attempts).toBe(0)
    expect(waiting.next_attempt_at.getTime()).toBeGreaterThan(Date.now() + night - 60_000)
    expect(kit.sms).toEqual([])
    night = 0
    await kit.pools.storefront.query('UPDATE outbox SET next_attempt_at = now() WHERE id = $1', [id])
    await until('the row to be done', () => isDone(id))
    expect(kit.sms).toHaveLength(1)
    expect(kit.mails).toHaveLength(1)
  })

  test('a link that is over is not sent late, and its secret is forgotten', async () => {
    const late = await kit.append('account.reset_password')
    const inTime = await kit.append('account.verify_email')
    await kit.pools.storefront.query(`UPDATE outbox SET created_at = now() - interval '31 minutes'`)
    kit.notifier().start()
    await until('both to be done', async () => (await isDone(late)) && (await isDone(inTime)))
    expect(kit.mails.map((mail) => mail.messageId)).toEqual([`<${inTime}.email@highstreet.example>`])
    expect(kit.mails[0]?.text).toContain('verify-email?token=sample')
    expect((await kit.row(late)).last_error).toBe('expired: its link was good for 30 minutes')
    expect(await kit.deliveries(late)).toMatchObject([{ channel: 'email', status: 'suppressed', sent_at: null }])
    for (const id of [late, inTime]) expect(JSON.stringify((await kit.row(id)).payload)).not.toContain('token=')
  })

  test('a secret whose mail was refused for good is kept only as long as its link is good', async () => {
    kit.mailServer.mood.recipient = { code: 550, text: 'no such user' }
    const id = await kit.append('account.reset_password')
    kit.notifier({ pollMs: 50 }).start()
    await until('the row to be parked', async () => (await kit.row(id)).parked_at)
    expect((await kit.row(id)).payload).toHaveProperty('url')
    await kit.pools.storefront.query(`UPDATE outbox SET created_at = now() - interval '31 minutes'`)
    await until('the secret to be gone', async () => !('url' in (await kit.row(id)).payload))
  })

  test('an event that ends every process which claims it is parked for a person', async () => {
    const deadly = await kit.append('order.paid')
    const dueAgain = await kit.append('order.paid')
    await kit.pools.storefront.query(
      `UPDATE outbox SET attempts = CASE id WHEN $1 THEN 12 ELSE 11 END, lease_token = $2, lease_until = now() - interval '1 second'`,
      [deadly, newId()],
    )
    kit.notifier().start()
    await until('the row to be parked', async () => (await kit.row(deadly)).parked_at)
    expect((await kit.row(deadly)).last_error).toContain('claimed 12 times and never reported back')
    await until('the other to be done', () => isDone(dueAgain))
    expect(kit.mails.map((mail) => mail.messageId)).toEqual([`<${dueAgain}.email@highstreet.example>`])
  })
})

describe('closing', () => {
  test('a mail on its way is finished before the process ends, and no lease is left', async () => {
    kit.mailServer.mood.slowMs = 400
    const id = await kit.append('order.paid')
    const notifier = kit.notifier()
    notifier.start()
    await until('the claim', async () => (await kit.row(id)).lease_token)
    await notifier.stop()
    expect(await kit.row(id)).toMatchObject({ lease_token: null, done_at: expect.any(Date) })
    expect(kit.mails).toHaveLength(1)
  })

  test('a mail server that stalls does not keep the process: the event goes back with its lease freed', async () => {
    kit.mailServer.mood.slowMs = 6_000
    const id = await kit.append('order.paid')
    const notifier = kit.notifier({ graceMs: 300 })
    notifier.start()
    await until('the mail to be handed over', () => kit.mailServer.tries())
    const start = Date.now()
    await notifier.stop()
    expect(Date.now() - start).toBeLessThan(3_000)
    expect(await kit.row(id)).toMatchObject({ lease_token: null, lease_until: null, done_at: null, parked_at: null })
  })
})
