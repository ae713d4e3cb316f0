import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Kit, startKit } from '../test/kit.ts'
import { createHandler } from './lambda.ts'
import { createLog } from './lib/log.ts'
import { samples } from './messages/samples.ts'

let kit: Kit
let handle: ReturnType<typeof createHandler>
beforeAll(async () => {
  kit = await startKit()
  handle = createHandler(kit.notifier().sendNow, createLog('silent'))
})
afterAll(() => kit.stop())
beforeEach(() => {
  kit.mails.length = 0
  kit.mailServer.mood.recipient = null
})

const event = { topic: 'order.paid', payload: samples['order.paid'] }
const record = (messageId: string, body: unknown) => ({
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

test('one event handed over directly is sent and answered with its id', async () => {
  const answer = await handle(event)
  expect(answer).toMatchObject({ status: 'sent', id: expect.any(String) })
  expect(kit.mails).toHaveLength(1)
})

test('called again with the same id, it is not sent again', async () => {
  const first = await handle({ ...event, id: 'paid-1' })
  expect(await handle({ ...event, id: 'paid-1' })).toEqual(first)
  expect(kit.mails).toHaveLength(1)
})

test('a bad event handed over directly is an error that names what is wrong', async () => {
  await expect(handle({ topic: 'order.exploded', payload: {} })).rejects.toThrow('unknown topic')
  await expect(handle({ topic: 'order.paid', payload: {} })).rejects.toThrow('payload does not fit order.paid: order')
  await expect(handle({ nothing: true })).rejects.toThrow()
})

test('of a batch only the records that were not sent are reported as failed', async () => {
  const answer = await handle({
    Records: [record('good', event), record('broken', '{"topic":'), record('unknown', { topic: 'x', payload: {} })],
  })
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'broken' }, { itemIdentifier: 'unknown' }] })
  expect(kit.mails).toHaveLength(1)
})

test('a record whose mail was refused is reported, and sent once when the queue brings it again', async () => {
  kit.mailServer.mood.recipient = { code: 451, text: 'later' }
  const batch = { Records: [record('again', event)] }
  expect(await handle(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'again' }] })
  kit.mailServer.mood.recipient = null
  expect(await handle(batch)).toEqual({ batchItemFailures: [] })
  expect(await handle(batch)).toEqual({ batchItemFailures: [] })
  expect(kit.mails).toHaveLength(1)
})

test('two deliveries of one record at the same time send one mail', async () => {
  kit.mailServer.mood.slowMs = 150
  const batch = { Records: [record('twice', event)] }
  const answers = await Promise.all([handle(batch), handle(batch)])
  kit.mailServer.mood.slowMs = 0
  expect(answers).toContainEqual({ batchItemFailures: [] })
  expect(kit.mails).toHaveLength(1)
})
