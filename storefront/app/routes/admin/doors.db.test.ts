import '../../../test/database.ts'

import { beforeAll, describe, expect, it, vi } from 'vitest'
import { can, type Permission, roles } from '#app/domain/identity/roles.ts'
import { env } from '#app/env.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { type AdminPage, listAdminPages } from '../../../test/admin-pages.ts'
import { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'

/** What it takes to see a page, and to use each of its buttons. */
const doors: Record<string, { see: Permission; use?: Record<string, Permission> }> = {
  '/admin (frame)': { see: 'admin:enter' },
  '/admin': { see: 'admin:enter' },
  '/admin/search': { see: 'admin:enter' },
  '/admin/orders': { see: 'orders:read' },
  '/admin/orders/:number': {
    see: 'orders:read',
    use: {
      ship: 'orders:ship',
      deliver: 'orders:ship',
      ready: 'orders:ship',
      hand_over: 'orders:ship',
      cancel: 'orders:cancel',
      refund: 'orders:refund',
      refund_lines: 'orders:refund',
      refund_return: 'orders:refund',
      end_mismatch: 'orders:refund',
      return_approve: 'orders:refund',
      return_reject: 'orders:refund',
      return_cancel: 'orders:refund',
      return_close: 'orders:refund',
      return_receive: 'orders:ship',
      resend: 'messages:send',
    },
  },
  '/admin/orders/:number/total.json': { see: 'orders:read' },
  '/admin/orders/:number/invoice': { see: 'orders:read' },
  '/admin/orders/:number/invoice.pdf': { see: 'orders:read' },
  '/admin/orders/:number/credit-notes/:document': { see: 'orders:read' },
  '/admin/orders/:number/credit-notes/:document/pdf': { see: 'orders:read' },
  '/admin/counter': { see: 'orders:read', use: { collect: 'orders:ship', cancel: 'orders:ship' } },
  '/admin/returns': { see: 'orders:read' },
  '/admin/payments': { see: 'orders:read' },
  '/admin/webhooks': { see: 'orders:read', use: { retry: 'orders:refund' } },
  '/admin/webhooks/:id': { see: 'orders:read', use: { dry_run: 'orders:refund', replay: 'orders:refund' } },
  '/admin/money-match': {
    see: 'orders:refund',
    use: { look: 'orders:refund', repair: 'orders:refund', aside: 'orders:refund' },
  },
  '/admin/messages': { see: 'orders:read', use: { release: 'messages:send', 'release-catalog': 'messages:send' } },
  '/admin/messages/preview/:topic': { see: 'orders:read' },
  '/admin/messages/preview/:topic/mail': { see: 'orders:read' },
  '/admin/products': { see: 'products:read', use: { publish: 'products:write', archive: 'products:write' } },
  '/admin/products/new': { see: 'products:write', use: { rows: 'products:write', save: 'products:write' } },
  '/admin/products/:id': {
    see: 'products:read',
    use: {
      rows: 'products:write',
      save: 'products:write',
      archive: 'products:write',
      stock: 'inventory:write',
      addPicture: 'products:write',
      changePicture: 'products:write',
      removePicture: 'products:write',
    },
  },
  '/admin/categories': { see: 'products:read' },
  '/admin/categories/:id': { see: 'products:read', use: { save: 'products:write', remove: 'products:write' } },
  '/admin/finding': { see: 'products:read' },
  '/admin/finding/synonyms': { see: 'products:read' },
  '/admin/finding/synonyms/:id': {
    see: 'products:read',
    use: { preview: 'products:write', save: 'products:write', remove: 'products:write' },
  },
  '/admin/finding/expectations': {
    see: 'products:read',
    use: { save: 'products:write', remove: 'products:write' },
  },
  '/admin/inventory': { see: 'products:read' },
  '/admin/inventory/:sku': { see: 'products:read', use: { count: 'inventory:write', threshold: 'inventory:write' } },
  '/admin/reservations': { see: 'products:read' },
  '/admin/stock-proof': { see: 'staff:manage', use: { prove: 'staff:manage' } },
  '/admin/reviews': {
    see: 'reviews:moderate',
    use: { approve: 'reviews:moderate', reject: 'reviews:moderate', settings: 'settings:write' },
  },
  '/admin/reviews/:id': {
    see: 'reviews:moderate',
    use: { reply: 'reviews:moderate', remove_reply: 'reviews:moderate' },
  },
  '/admin/customers': { see: 'customers:read' },
  '/admin/customers/:id': {
    see: 'customers:read',
    use: {
      note: 'customers:write',
      disable: 'customers:write',
      enable: 'customers:write',
      employ: 'staff:manage',
    },
  },
  '/admin/staff': {
    see: 'staff:manage',
    use: {
      role: 'staff:manage',
      disable: 'staff:manage',
      enable: 'staff:manage',
      'reset-factor': 'staff:manage',
      invite: 'staff:manage',
      withdraw: 'staff:manage',
    },
  },
  '/admin/audit': { see: 'audit:read' },
  '/admin/audit.csv': { see: 'audit:read' },
  '/admin/coupons': { see: 'settings:write' },
  '/admin/coupons/:id': { see: 'settings:write', use: { save: 'settings:write', remove: 'settings:write' } },
  '/admin/shipping': { see: 'settings:write' },
  '/admin/shipping/:id': { see: 'settings:write', use: { save: 'settings:write', remove: 'settings:write' } },
  '/admin/tax': { see: 'settings:write' },
  '/admin/tax/:id': { see: 'settings:write', use: { save: 'settings:write', remove: 'settings:write' } },
  '/admin/stores': { see: 'settings:write' },
  '/admin/stores/:id': { see: 'settings:write', use: { save: 'settings:write' } },
}

// What the buttons of a page are called is heard from the page itself, at the moment it looks for one.
let offered: string[] = []
vi.mock('#app/http/answer.server.ts', async (original) => {
  const real = await original<typeof import('#app/http/answer.server.ts')>()
  const answerPage: typeof real.answerPage = (args, handlers, ...rest) => {
    offered = Object.keys(handlers)
    return real.answerPage(args, handlers, ...rest)
  }
  return { ...real, answerPage }
})

let pages: AdminPage[]
const people = new Map<string, Browser>()

beforeAll(async () => {
  // Nobody answers there, at once: what stands behind the doors is not looked at here.
  env().CATALOG_API_URL = 'http://127.0.0.1:9'
  pages = await listAdminPages()
  for (const role of roles) {
    const id = newId()
    await db()('users').insert({ id, email: `${role}@example.com`, name: role, role })
    people.set(role, await logIn(id))
  }
})

const params = { number: 'HS-2222-2222', id: newId(), topic: 'order.paid', sku: 'MUG', document: 'CN-1' }
const addressOf = (pattern: string) =>
  pattern.replace(' (frame)', '').replace(/:(\w+)/g, (_, name: keyof typeof params) => params[name])

/** How the door answers: `in` for whatever comes after it, a refusal of the form or a page that is not there too. */
async function ask(
  browser: Browser,
  page: AdminPage,
  intent?: string,
): Promise<'in' | 'not found' | 'forbidden' | 'log in'> {
  const url = addressOf(page.pattern)
  const asked =
    intent === undefined
      ? browser.get(page.face, url, params)
      : browser.post(page.face, url, intent === 'default' ? {} : { intent }, { params })
  const answer = await asked.catch(() => null)
  if (answer?.location?.startsWith('/login')) return 'log in'
  // The guard throws a bare Response; a form's own refusal comes with its words.
  if (answer?.status === 403 && answer.data === null) return 'forbidden'
  if (answer?.status === 404 && answer.data === null) return 'not found'
  return 'in'
}

describe('every admin page', () => {
  it('is in the table of who may see it, with each of its buttons', async () => {
    const owner = people.get('owner') as Browser
    const there: string[] = []
    for (const page of pages) {
      expect(page.face.loader, `${page.pattern} asks nobody: it has no loader`).toBeDefined()
      offered = []
      if (page.face.action) {
        await ask(owner, page, 'a button that is not there')
        expect(offered, `${page.pattern} has an action that offers nothing`).not.toEqual([])
      }
      there.push(page.pattern, ...offered.map((intent) => `${page.pattern} ${intent}`))
    }
    const known = Object.entries(doors).flatMap(([pattern, { use = {} }]) => [
      pattern,
      ...Object.keys(use).map((intent) => `${pattern} ${intent}`),
    ])
    expect(there.sort()).toEqual(known.sort())
  })

  it.each(roles)('opens to a %s exactly what the role allows', async (role) => {
    const browser = people.get(role) as Browser
    const closed = role === 'customer' ? 'not found' : 'forbidden'
    for (const page of pages) {
      const door = doors[page.pattern]
      if (!door) continue
      expect(await ask(browser, page), `${role} sees ${page.pattern}`).toBe(can(role, door.see) ? 'in' : closed)
      for (const [intent, permission] of Object.entries(door.use ?? {}))
        expect(await ask(browser, page, intent), `${role}: ${intent} on ${page.pattern}`).toBe(
          can(role, permission) ? 'in' : closed,
        )
    }
  })

  it('sends whoever is not logged in to log in first', async () => {
    const guest = new Browser()
    for (const page of pages) {
      expect(await ask(guest, page), page.pattern).toBe('log in')
      for (const intent of Object.keys(doors[page.pattern]?.use ?? {}))
        expect(await ask(guest, page, intent), page.pattern).toBe('log in')
    }
  })

  it('stays shut to somebody whose role was taken away a moment ago', async () => {
    const id = newId()
    await db()('users').insert({ id, email: 'leaver@example.com', name: 'Lea', role: 'manager' })
    const browser = await logIn(id)
    const [page] = pages.filter(({ pattern }) => pattern === '/admin/orders')
    if (!page) throw new Error('no page of orders')
    expect(await ask(browser, page)).toBe('in')
    await db()('users').where({ id }).update({ role: 'customer' })
    expect(await ask(browser, page)).toBe('not found')
    await db()('users').where({ id }).update({ role: 'manager', status: 'disabled' })
    expect(await ask(browser, page)).toBe('log in')
  })
})

describe('a shop that requires a second factor of its staff', () => {
  it('sends them to set it up before any admin page opens', async () => {
    const before = env().STAFF_TWO_FACTOR
    env().STAFF_TWO_FACTOR = 'required'
    try {
      const owner = people.get('owner') as Browser
      for (const { face, pattern } of pages)
        expect((await owner.get(face, addressOf(pattern), params)).location, pattern).toBe('/account/two-factor')
    } finally {
      env().STAFF_TWO_FACTOR = before
    }
  })
})
