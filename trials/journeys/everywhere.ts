// Where a guest, a shopper and the shopkeeper can get to by links, found once per run: what trials of all pages visit.
import { walk } from '../map/walk.ts'
import { enter, Visitor } from '../surface/visitor.ts'
import { origin } from './ports.ts'

export const whos = ['a guest', 'a shopper', 'the shopkeeper'] as const
export type Who = (typeof whos)[number]

type Everywhere = { addresses: Map<string, string>; cookies: { name: string; value: string; url: string }[] }

const ways: Record<Who, () => Promise<{ visitor: Visitor; starts: string[]; room: RegExp }>> = {
  'a guest': async () => ({
    visitor: new Visitor(),
    starts: ['/', '/help', '/search?q=mug', '/discount/WELCOME10'],
    room: /^(?!\/(account|admin|orders))/,
  }),
  'a shopper': async () => ({
    visitor: await enter('alice'),
    starts: ['/account', '/logout'],
    room: /^\/(account|orders|logout)/,
  }),
  'the shopkeeper': async () => ({
    visitor: await enter('admin'),
    starts: ['/admin', '/admin/search?q=a', '/admin/orders?status=refunded'],
    room: /^\/admin/,
  }),
}

const walked = new Map<Who, Promise<Everywhere>>()

/** Pattern → address of the pages that are this person's own, with the cookies that open them. */
export function everyPage(who: Who): Promise<Everywhere> {
  const known = walked.get(who) ?? look(who)
  walked.set(who, known)
  return known
}

async function look(who: Who): Promise<Everywhere> {
  const { visitor, starts, room } = await ways[who]()
  const addresses = await walk(visitor, starts)
  return {
    addresses: new Map([...addresses].filter(([pattern]) => room.test(pattern))),
    cookies: [...visitor.cookies].map(([name, value]) => ({ name, value, url: origin })),
  }
}
