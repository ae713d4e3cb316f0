// Who asks for what while the machinery is ill-treated: pages of a guest with a cart and an order, of a signed-in shopper, of
// staff, the API and a form that writes.
import { Buyer, formWith, type Wish } from '../chaos/buyer.ts'
import { demo, Visitor } from '../surface/visitor.ts'
import type { Ask } from './hammer.ts'

const cookiesOf = ({ cookies }: Visitor): Record<string, string> => ({
  Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
})

/** A guest whose cart is full and who waits for a payment page, by their cookies; `order` is their order's page. */
async function aGuest(port: number, wish: Wish) {
  const buyer = new Buyer(port, `machinery${Date.now() % 100_000}`)
  const outcome = await buyer.buy(wish)
  if (outcome.kind !== 'bought') throw new Error(`the first order of the trial failed: ${JSON.stringify(outcome)}`)
  await buyer.fillCart([wish])
  return { headers: cookiesOf(buyer.visitor), order: buyer.orderPage, visitor: buyer.visitor }
}

async function signedIn(port: number, who: 'alice' | 'admin') {
  const visitor = new Visitor(port)
  const { status } = await visitor.logIn(demo[who][0], demo[who][1])
  if (status !== 303) throw new Error(`${who} could not log in: ${status}`)
  return cookiesOf(visitor)
}

/** Every ask needs the storefront's database, so that each would be a fault if that were not thought of. */
export async function asksOfEverybody(port: number, wish: Wish): Promise<Ask[]> {
  const guest = await aGuest(port, wish)
  const [alice, admin] = [await signedIn(port, 'alice'), await signedIn(port, 'admin')]
  const cart = (await guest.visitor.get('/cart')).text
  const form = formWith(cart, 'name="quantity"') ?? formWith(cart, 'value="add"')
  const headers = { ...guest.headers, 'Content-Type': 'application/x-www-form-urlencoded' }
  const change = form && { method: 'POST' as const, path: '/cart', headers, body: `${new URLSearchParams(form)}` }
  return [
    { path: '/', headers: alice },
    { path: '/cart', headers: guest.headers },
    { path: '/checkout', headers: guest.headers },
    { path: guest.order, headers: guest.headers },
    { path: '/account', headers: alice },
    { path: '/account/orders', headers: alice },
    { path: '/account/addresses', headers: alice },
    { path: `/p/${wish.slug}`, headers: alice },
    { path: '/search?q=mug', headers: alice },
    { path: '/stores', headers: alice },
    { path: '/admin', headers: admin },
    { path: '/admin/orders', headers: admin },
    { path: '/account/orders.data', headers: alice },
    ...(change ? [change] : []),
  ]
}
