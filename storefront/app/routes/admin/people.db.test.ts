import '../../../test/database.ts'

import { beforeEach, describe, expect, it } from 'vitest'
import { hashPassword } from '#app/domain/identity/hashing.server.ts'
import { forgetLimiters } from '#app/domain/identity/rate-limit.server.ts'
import type { Role } from '#app/domain/identity/roles.ts'
import { inviteStaff } from '#app/domain/identity/staff/invitations.server.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { type Answer, Browser } from '../../../test/browser.ts'
import { startCatalogue } from '../../../test/catalogue.ts'
import { forgetRows } from '../../../test/forget.ts'
import { logIn } from '../../../test/log-in.ts'
import * as joinStaff from '../account/join-staff.tsx'
import * as logInPage from '../account/log-in.tsx'
import * as audit from './audit.tsx'
import * as auditExport from './audit-export.tsx'
import * as customer from './customer.tsx'
import * as customers from './customers.tsx'
import * as staff from './staff.tsx'

startCatalogue()

const password = 'a quiet summer morning'
let passwordHash: string
let owner: { id: string; browser: Browser }

async function person(role: Role, given: Record<string, unknown> = {}) {
  const id = newId()
  const email = `${role}-${id.slice(-6)}@example.com`
  const row = { id, email, name: 'Robin', role, passwordHash, emailVerifiedAt: new Date(), ...given }
  await db()('users').insert(row)
  return { id, email: row.email, browser: await logIn(id) }
}

beforeEach(async () => {
  passwordHash ??= await hashPassword(password)
  await forgetRows('users', 'rate_limits', 'outbox')
  forgetLimiters()
  owner = await person('owner', { name: 'Zelda' })
})

const problemIn = ({ data }: Answer) => (data as { problem?: FormProblem } | null)?.problem
const onStaff = (browser: Browser, intent: string, fields: Record<string, string> = {}) =>
  browser.post(staff, '/admin/staff', { intent, ...fields })
const onCustomer = (browser: Browser, id: string, intent: string, fields: Record<string, string> = {}) =>
  browser.post(customer, `/admin/customers/${id}`, { intent, ...fields }, { params: { id } })
const lines = () => db()('audit_log').select('action', 'subject', 'actorName', 'before', 'after').orderBy('seq')
const roleOf = async (id: string) => (await db()('users').where({ id }).first()).role

describe('the staff page', () => {
  it('changes a role, which ends the sessions of that person and is written down with before and after', async () => {
    const robin = await person('support')
    expect((await onStaff(owner.browser, 'role', { userId: robin.id, role: 'manager' })).status).toBe(303)
    expect((await robin.browser.visitor()).user).toBeNull()
    expect(await roleOf(robin.id)).toBe('manager')
    await onStaff(owner.browser, 'role', { userId: robin.id, role: 'manager' })
    expect(await lines()).toEqual([
      {
        action: 'staff:role',
        subject: `user:${robin.id}`,
        actorName: 'Zelda',
        before: { email: robin.email, role: 'support' },
        after: { role: 'manager' },
      },
    ])
    const { members } = (await owner.browser.get(staff, '/admin/staff')).data as { members: object[] }
    expect(JSON.stringify(members)).not.toMatch(/argon2|passwordHash|secret/i)
  })

  it('shuts somebody out at once and lets them in again', async () => {
    const robin = await person('warehouse')
    await onStaff(owner.browser, 'disable', { userId: robin.id })
    expect((await robin.browser.visitor()).user).toBeNull()
    const again = await new Browser().post(logInPage, '/login', { email: robin.email, password })
    expect(problemIn(again)?.code).toBe('wrong_credentials')
    await onStaff(owner.browser, 'enable', { userId: robin.id })
    expect((await new Browser().post(logInPage, '/login', { email: robin.email, password })).location).toBe('/admin')
    expect((await lines()).map(({ action }) => action)).toEqual(['staff:disable', 'staff:enable'])
  })

  it('takes back what somebody invited others to when they may no longer invite', async () => {
    const links: string[] = []
    for (const [intent, fields, after] of [
      ['role', { role: 'manager' }, { role: 'manager', withdrawnInvitations: 1 }],
      ['disable', {}, { status: 'disabled', withdrawnInvitations: 1 }],
    ] as const) {
      const leaving = await person('owner', { name: 'Leaver' })
      const staffBy = { id: leaving.id, name: 'Leaver', ipPrefix: null, requestId: null }
      const friend = { name: 'Friend', email: `${newId()}@example.com`, role: 'owner' as const }
      links.push((await inviteStaff(friend, { ...by(`staff:${leaving.id}`), staff: staffBy })).url)
      expect((await onStaff(owner.browser, intent, { userId: leaving.id, ...fields })).status).toBe(303)
      expect((await lines()).at(-1)).toMatchObject({ subject: `user:${leaving.id}`, after })
    }
    for (const link of links) {
      const { pathname, search } = new URL(link)
      const joined = await new Browser().post(joinStaff, pathname + search, { intent: 'join', name: 'F', password })
      expect(joined.status).toBe(404)
    }
    expect(await db()('users').where({ role: 'owner' })).toMatchObject([{ id: owner.id }, { status: 'disabled' }])
  })

  it('keeps the last owner, also when two owners remove each other at the same moment', async () => {
    for (const [intent, fields] of [
      ['role', { role: 'customer' }],
      ['disable', {}],
    ] as const) {
      const answer = await onStaff(owner.browser, intent, { userId: owner.id, ...fields })
      expect([answer.status, problemIn(answer)?.code]).toEqual([409, 'conflict'])
    }
    for (let round = 0; round < 5; round++) {
      await db()('users').where({ id: owner.id }).update({ role: 'owner', status: 'active' })
      owner.browser = await logIn(owner.id)
      const other = await person('owner')
      const answers = await Promise.all([
        onStaff(owner.browser, 'role', { userId: other.id, role: 'manager' }),
        onStaff(other.browser, round % 2 ? 'disable' : 'role', { userId: owner.id, role: 'manager' }),
      ])
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
      expect(await db()('users').where({ role: 'owner', status: 'active' })).toHaveLength(1)
      await db()('users').where({ id: owner.id }).update({ role: 'owner', status: 'active' })
      await db()('users').where({ id: other.id }).update({ role: 'manager' })
    }
    await expect(db()('users').where({ role: 'owner' }).update({ status: 'disabled' })).rejects.toThrow(/last owner/)
  })

  it('turns the two-step log-in of somebody who lost their phone off, not one’s own', async () => {
    const robin = await person('content')
    await db()('second_factors').insert({ userId: robin.id, secretSealed: 'x', confirmedAt: new Date() })
    expect((await onStaff(owner.browser, 'reset-factor', { userId: robin.id })).status).toBe(303)
    expect(await db()('second_factors')).toEqual([])
    expect((await onStaff(owner.browser, 'reset-factor', { userId: robin.id })).status).toBe(404)
    expect((await onStaff(owner.browser, 'reset-factor', { userId: owner.id })).status).toBe(409)
    expect(await lines()).toHaveLength(1)
  })

  it('refuses what no form of it sends, and changes nothing', async () => {
    const odd: [string, Record<string, string>][] = [
      ['role', {}],
      ['role', { userId: 'x', role: 'manager' }],
      ['role', { userId: newId(), role: 'admin' }],
      ['role', { userId: newId(), role: '__proto__' }],
      ['role', { userId: `${newId()}\n${newId()}`, role: 'manager' }],
      ['role', { userId: '9'.repeat(10_000), role: 'owner' }],
      ['disable', { userId: "' OR 1=1 --" }],
      ['withdraw', { id: 'x' }],
      ['invite', { name: 'X', email: 'nobody', role: 'support' }],
      ['invite', { name: '', email: 'x@example.com', role: 'support' }],
      ['invite', { name: 'x'.repeat(500), email: 'x@example.com', role: 'support' }],
      ['invite', { name: 'X', email: 'x@example.com', role: 'customer' }],
      ['invite', { name: 'see http://evil.example', email: 'x@example.com', role: 'support' }],
      ['promote', {}],
    ]
    for (const [intent, fields] of odd) {
      const answer = await onStaff(owner.browser, intent, fields)
      const what = `${intent} ${JSON.stringify(fields).slice(0, 80)}`
      expect([answer.status, problemIn(answer)?.code], what).toEqual([422, 'validation_failed'])
    }
    expect(await lines()).toEqual([])
    expect(await db()('staff_invitations')).toEqual([])
  })

  it('knows nobody by the id of somebody who is not there or of a customer', async () => {
    const buyer = await person('customer')
    expect((await onStaff(owner.browser, 'role', { userId: newId(), role: 'manager' })).status).toBe(404)
    expect((await onStaff(owner.browser, 'disable', { userId: buyer.id })).status).toBe(404)
    expect((await onStaff(owner.browser, 'withdraw', { id: newId() })).status).toBe(404)
    expect(await lines()).toEqual([])
  })
})

describe('an invitation to work here', () => {
  const invite = async (email: string, role = 'warehouse') => {
    const answer = await onStaff(owner.browser, 'invite', { name: 'Wim', email, role })
    expect(answer.status).toBe(303)
    const mail = await db()('outbox').where({ topic: 'account.staff_invited' }).orderBy('createdAt', 'desc').first()
    const { pathname, search, searchParams } = new URL(mail.payload.url)
    return { path: pathname + search, token: searchParams.get('token') ?? '', payload: mail.payload }
  }
  const accept = (browser: Browser, path: string, intent: string, fields: Record<string, string> = {}) =>
    browser.post(joinStaff, path, { intent, ...fields })

  it('is mailed, opens an account with that role once, and only its hash is kept', async () => {
    const { path, token, payload } = await invite('Wim@Example.com')
    expect(payload).toMatchObject({
      email: 'wim@example.com',
      role: 'Warehouse',
      invitedBy: 'Zelda',
      expiresMinutes: 4320,
    })
    expect(JSON.stringify(await db()('staff_invitations'))).not.toContain(token)
    const wim = new Browser()
    const seen = await wim.get(joinStaff, path)
    expect(seen.headers.get('Referrer-Policy')).toBe('same-origin')
    expect(seen.data).toMatchObject({ invitation: { email: 'wim@example.com', role: 'warehouse', hasAccount: false } })
    const weak = await accept(wim, path, 'join', { name: 'Wim', password: 'password' })
    expect(problemIn(weak)?.fields).toHaveProperty('password')
    const joined = await accept(wim, path, 'join', { name: 'Wim', password, role: 'owner' })
    expect(joined.location).toBe('/admin')
    expect((await wim.visitor()).user).toMatchObject({
      email: 'wim@example.com',
      role: 'warehouse',
      emailVerified: true,
    })
    expect((await accept(new Browser(), path, 'join', { name: 'Eve', password })).status).toBe(404)
    expect((await new Browser().get(joinStaff, path)).status).toBe(404)
    expect((await lines()).map(({ action, actorName }) => [action, actorName])).toEqual([
      ['staff:invite', 'Zelda'],
      ['staff:join', 'Wim'],
    ])
  })

  it('is accepted by the account of that address alone, whose other sessions end', async () => {
    const buyer = await person('customer', { emailVerifiedAt: null })
    const elsewhere = await logIn(buyer.id)
    const stranger = await person('customer')
    const { path } = await invite(buyer.email, 'support')
    const refused = await accept(stranger.browser, path, 'accept')
    expect([refused.status, problemIn(refused)?.code]).toEqual([403, 'forbidden'])
    expect((await accept(new Browser(), path, 'accept')).location).toMatch(/^\/login/)
    expect(problemIn(await accept(new Browser(), path, 'join', { name: 'Eve', password }))?.code).toBe('email_taken')
    expect(await roleOf(buyer.id)).toBe('customer')
    expect((await accept(buyer.browser, path, 'accept')).location).toBe('/admin')
    expect((await buyer.browser.visitor()).user).toMatchObject({ role: 'support', emailVerified: true })
    expect((await elsewhere.visitor()).user).toBeNull()
  })

  it('ends when it is taken back, replaced by a new one, or three days old', async () => {
    const first = await invite('wim@example.com')
    const second = await invite('wim@example.com', 'content')
    const open = (path: string) => new Browser().get(joinStaff, path).then(({ status }) => status)
    expect([await open(first.path), await open(second.path)]).toEqual([404, 200])
    const { id } = await db()('staff_invitations').where({ withdrawnAt: null }).first()
    await onStaff(owner.browser, 'withdraw', { id })
    expect(await open(second.path)).toBe(404)
    const old = new Date(Date.now() - 3 * 24 * 3600 * 1000 - 1000)
    const { url } = await inviteStaff(
      { name: 'Old', email: 'old@example.com', role: 'owner', mail: false },
      { ...by('system'), at: old },
    )
    expect(await open(url.slice(url.indexOf('/staff')))).toBe(404)
    for (const path of ['/staff/join', '/staff/join?token=', `/staff/join?token=${'x'.repeat(5000)}`])
      expect(await open(path)).toBe(404)
  })

  it('lets one of two in who use it at the same moment, and nobody who works here already', async () => {
    const { path } = await invite('wim@example.com')
    const answers = await Promise.all(
      [1, 2, 3].map(() => accept(new Browser(), path, 'join', { name: 'Wim', password })),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    const again = await onStaff(owner.browser, 'invite', { name: 'Wim', email: 'wim@example.com', role: 'owner' })
    expect(problemIn(again)?.code).toBe('conflict')
  })
})

describe('the customers', () => {
  it('are found by name and e-mail, a page at a time, without staff and without secrets', async () => {
    for (let index = 0; index < 31; index++) await person('customer', { name: `Buyer ${index}` })
    await person('customer', { name: '100%_\\ Cotton', email: 'cotton@example.com' })
    const list = async (query: string) =>
      (await owner.browser.get(customers, `/admin/customers${query}`)).data as {
        items: { name: string; email: string }[]
        total: number
        pages: number
      }
    expect(await list('')).toMatchObject({ total: 32, pages: 2 })
    expect((await list('?page=2')).items).toHaveLength(2)
    expect((await list('?q=buyer 7')).items.map(({ name }) => name)).toEqual(['Buyer 7'])
    expect((await list('?q=COTTON@example')).items).toHaveLength(1)
    expect((await list(`?q=${encodeURIComponent('%_\\')}`)).items).toHaveLength(1)
    expect((await list('?q=Zelda')).items).toEqual([])
    expect((await list('?status=disabled')).total).toBe(0)
    expect((await list('?page=-1&status=x&page=2&q=%00')).total).toBe(32)
    expect(JSON.stringify(await list(''))).not.toMatch(/argon2|passwordHash/)
  })

  it('are shown with addresses and notes; shut out at once; none of it by id of staff or by guessing', async () => {
    const buyer = await person('customer')
    const agent = await person('support', { name: 'Sunniva' })
    const body = 'Rings the bell twice.\r\n<script>alert(1)</script>'
    expect((await onCustomer(agent.browser, buyer.id, 'note', { body })).status).toBe(303)
    const { data } = await agent.browser.get(customer, `/admin/customers/${buyer.id}`, { id: buyer.id })
    expect(data).toMatchObject({
      customer: { email: buyer.email, notes: [{ by: 'Sunniva', body: body.replace('\r\n', '\n') }] },
      may: { write: true, employ: false },
    })
    expect(JSON.stringify(data)).not.toMatch(/argon2|passwordHash|tokenHash/)
    await onCustomer(agent.browser, buyer.id, 'disable')
    await onCustomer(agent.browser, buyer.id, 'disable')
    expect((await buyer.browser.visitor()).user).toBeNull()
    await onCustomer(agent.browser, buyer.id, 'enable')
    expect((await lines()).map(({ action }) => action)).toEqual([
      'customers:note',
      'customers:disable',
      'customers:enable',
    ])
    for (const id of [owner.id, newId(), 'x', '../staff', '']) {
      expect((await agent.browser.get(customer, '/admin/customers/x', { id })).status).toBe(404)
      for (const intent of ['disable', 'enable'])
        expect((await onCustomer(agent.browser, id, intent)).status, `${intent} ${id}`).toBe(404)
      expect((await onCustomer(agent.browser, id, 'note', { body: 'x' })).status).toBe(404)
    }
    expect(await roleOf(owner.id)).toBe('owner')
    for (const wrong of ['', '   ', 'x'.repeat(2001), 'x'.repeat(9000)])
      expect((await onCustomer(agent.browser, buyer.id, 'note', { body: wrong })).status).toBe(422)
    expect(await lines()).toHaveLength(3)
  })

  it('begin to work here when the owner says so, once their address is confirmed', async () => {
    const buyer = await person('customer')
    const unsure = await person('customer', { emailVerifiedAt: null })
    expect((await onCustomer(owner.browser, buyer.id, 'employ', { role: 'content' })).location).toBe('/admin/staff')
    expect(await roleOf(buyer.id)).toBe('content')
    expect((await buyer.browser.visitor()).user).toBeNull()
    expect((await onCustomer(owner.browser, unsure.id, 'employ', { role: 'content' })).status).toBe(409)
    expect((await onCustomer(owner.browser, unsure.id, 'employ', { role: 'god' })).status).toBe(422)
    const agent = await person('support')
    const answer = await onCustomer(agent.browser, unsure.id, 'employ', { role: 'owner' })
    expect([answer.status, answer.data]).toEqual([403, null])
    expect(await roleOf(unsure.id)).toBe('customer')
  })
})

describe('the audit log page', () => {
  it('is filtered by who, what, whom and day, and handed out as a table', async () => {
    const robin = await person('support', { name: '=Robin' })
    await onStaff(owner.browser, 'role', { userId: robin.id, role: 'manager' })
    const manager = await logIn(robin.id)
    const buyer = await person('customer')
    await onCustomer(manager, buyer.id, 'note', { body: 'x' })
    const today = new Date().toISOString().slice(0, 10)
    const found = async (query: string) =>
      ((await owner.browser.get(audit, `/admin/audit${query}`)).data as { items: { action: string }[] }).items.map(
        ({ action }) => action,
      )
    expect(await found('')).toEqual(['customers:note', 'staff:role'])
    expect(await found('?actor=zelda')).toEqual(['staff:role'])
    expect(await found('?action=customers:note')).toEqual(['customers:note'])
    expect(await found(`?subject=${robin.id}`)).toEqual(['staff:role'])
    expect(await found(`?from=${today}&to=${today}`)).toHaveLength(2)
    expect(await found('?to=2020-01-01')).toEqual([])
    expect(await found('?from=2026-13-45&page=x&actor=%25')).toEqual([])
    const file = (await owner.browser.get(auditExport, '/admin/audit.csv?action=customers')) as Answer
    expect(file.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(file.headers.get('Content-Disposition')).toContain('attachment')
  })
})
