import '../../../test/database.ts'

import { describe, expect, it } from 'vitest'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, type ErrorCode } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { forgetRows } from '../../../test/forget.ts'
import { actOutside, listAudit, recordAudit } from './audit.server.ts'
import { csvCell, exportAudit } from './audit-list.server.ts'
import { verifyAudit } from './verify-audit.server.ts'

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

  it('names the first line that was altered, taken out or cut off by somebody with the database', async () => {
    await db().raw('ALTER TABLE audit_log DISABLE TRIGGER audit_log_is_append_only')
    await db()('audit_log').delete()
    for (const subject of ['one', 'two', 'three', 'four'])
      await transaction((trx) => recordAudit(trx, { actor: system, action: 'chain', subject, after: { ü: [1.5] } }, at))
    const whole = await verifyAudit(db())
    expect(whole).toEqual({ intact: true, lines: 4, head: { seq: 4, hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    const [two, three] = await db()('audit_log').whereIn('seq', [2, 3]).orderBy('seq')
    const altered = [{ subject: 'TWO' }, { after: '{"price": 1}' }, { createdAt: new Date(0) }, { ipPrefix: '::1' }]
    for (const change of altered) {
      await db()('audit_log').where({ seq: 2 }).update(change)
      expect(await verifyAudit(db())).toEqual({ intact: false, seq: 2, id: two.id, why: 'altered' })
      const { subject, createdAt, ipPrefix } = two
      await db()('audit_log')
        .where({ seq: 2 })
        .update({ subject, createdAt, ipPrefix, after: JSON.stringify(two.after) })
    }
    expect(await verifyAudit(db())).toEqual(whole)
    await db()('audit_log').where({ seq: 4 }).delete()
    expect((await verifyAudit(db())).intact).toBe(true)
    const head = whole.intact && whole.head ? whole.head : undefined
    expect(await verifyAudit(db(), head)).toMatchObject({ intact: false, seq: 4, why: 'line missing at the end' })
    await db()('audit_log').where({ seq: 2 }).delete()
    expect(await verifyAudit(db())).toEqual({ intact: false, seq: 3, id: three.id, why: 'line missing before' })
    await db().raw('ALTER TABLE audit_log ENABLE TRIGGER audit_log_is_append_only')
  })

  it('keeps one chain when many write at once', async () => {
    await forgetRows('audit_log')
    const write = (n: number) =>
      transaction((trx) => recordAudit(trx, { actor: system, action: 'race', subject: `race:${n}` }, at))
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)))
    expect(await verifyAudit(db())).toMatchObject({ intact: true, lines: 20, head: { seq: 20 } })
  })

  it('has one line for a change outside the database, none for a refusal, and says when no answer came', async () => {
    await forgetRows('audit_log')
    const id = newId()
    await db()('users').insert({ id, email: 'remote@example.com', name: 'Rita', role: 'content' })
    const rita = { actor: `staff:${id}`, at, staff: { id, name: 'Rita', ipPrefix: null, requestId: 'r1' } }
    const act = { action: 'products:write', subject: 'product:1', after: (done: string) => ({ title: done }) }
    expect(await actOutside(rita, act, async () => 'Mug')).toBe('Mug')
    const no = (code: ErrorCode) => () => Promise.reject(new DomainError(code, 'no'))
    await expect(actOutside(rita, act, no('version_conflict'))).rejects.toThrow('no')
    for (const code of ['catalog_unavailable', 'payment_unavailable'] as const)
      await expect(actOutside(rita, act, no(code))).rejects.toThrow('no')
    const unknown = { outcome: 'unknown' }
    expect((await listAudit({})).map(({ after }) => after)).toEqual([unknown, unknown, { title: 'Mug' }])
  })

  it('is handed out without anything a spreadsheet would take for a formula', async () => {
    await forgetRows('audit_log')
    const actor = { id: null, name: '=HYPERLINK("http://evil.example","x")' }
    await transaction((trx) => recordAudit(trx, { actor, action: '+1', subject: '-2 "quoted", and more' }, at))
    const csv = await exportAudit({ actor: '', action: '', subject: '' })
    expect(csv.split('\r\n')[1]).toBe(
      `1,2026-03-01T10:00:00.000Z,"'=HYPERLINK(""http://evil.example"",""x"")",'+1,"'-2 ""quoted"", and more",,,,,${csv.slice(-66, -2)}`,
    )
    for (const text of ['@SUM(A1)', '\tx', '\rx', ' =1', '=1', '＝1', '＠x']) expect(csvCell(text)).toMatch(/^"?'/)
    for (const text of ['HS-1', 'a=b', '']) expect(csvCell(text)).toBe(text)
  })
})
