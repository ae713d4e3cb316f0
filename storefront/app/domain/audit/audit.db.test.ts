import '../../../test/database.ts'

import { describe, expect, it } from 'vitest'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { listAudit, recordAudit } from './audit.server.ts'

const at = new Date('2026-03-01T10:00:00Z')
const system = { id: null, name: 'system' }

describe('the audit log', () => {
  it('keeps who did what, and strikes out secrets at any depth', async () => {
    const id = newId()
    await db()('users').insert({ id, email: 'sam@example.com', name: 'Sam', role: 'manager' })
    const before = { status: 'paid', user: { passwordHash: 'x', name: 'Sam' }, list: [{ token: 'y' }] }
    await transaction((trx) =>
      recordAudit(
        trx,
        {
          actor: { id, name: 'Sam' },
          action: 'orders:ship',
          subject: 'order:HS-1',
          before,
          after: { status: 'shipped' },
        },
        at,
      ),
    )
    expect(await listAudit({ subject: 'order:HS-1' })).toEqual([
      {
        seq: expect.any(Number),
        actorName: 'Sam',
        action: 'orders:ship',
        subject: 'order:HS-1',
        before: { status: 'paid', user: { passwordHash: '[redacted]', name: 'Sam' }, list: [{ token: '[redacted]' }] },
        after: { status: 'shipped' },
        ipPrefix: null,
        requestId: null,
        createdAt: at,
      },
    ])
  })

  it('has no line for a change that was taken back', async () => {
    const change = transaction(async (trx) => {
      await recordAudit(trx, { actor: system, action: 'products:write', subject: 'product:1' }, at)
      throw new Error('taken back')
    })
    await expect(change).rejects.toThrow('taken back')
    expect(await listAudit({ subject: 'product:1' })).toEqual([])
  })

  it('cannot be rewritten or shortened', async () => {
    await transaction((trx) => recordAudit(trx, { actor: system, action: 'a', subject: 'kept' }, at))
    await expect(db()('audit_log').update({ action: 'b' })).rejects.toThrow(/append-only/)
    await expect(db()('audit_log').delete()).rejects.toThrow(/append-only/)
    expect(await listAudit({ subject: 'kept' })).toHaveLength(1)
  })

  it('is read a page at a time, latest first', async () => {
    for (const subject of ['one', 'two', 'three'])
      await transaction((trx) => recordAudit(trx, { actor: system, action: 'page', subject }, at))
    const [first, second] = await listAudit({ limit: 2 })
    expect([first?.subject, second?.subject]).toEqual(['three', 'two'])
    const [third] = await listAudit({ beforeSeq: second?.seq, limit: 1 })
    expect(third?.subject).toBe('one')
  })
})
