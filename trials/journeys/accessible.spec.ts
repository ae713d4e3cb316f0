// axe finds nothing on any page of the map that links lead to, on phone and desktop, light and dark. axe itself is a
// script: "without JavaScript" here means that none of the page's own scripts arrives.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { seenPages } from '../map/pages.ts'
import { everyPage, type Who, whos } from './everywhere.ts'
import { expect, test } from './journey.ts'
import { addToCart, goToReview, newEmail, pickProduct } from './shopper.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const withoutScripts = () => test.info().project.name === 'without JavaScript'
test.use({ javaScriptEnabled: true })
test.beforeEach(async ({ page }) => {
  test.setTimeout(300_000)
  if (withoutScripts()) await page.route('**/*.js', (route) => route.abort())
})

async function findings(page: Page, only?: string): Promise<string[]> {
  // In the page itself: the shop has no frames, for which axe would open a page of its own each time (half of the run).
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await (only ? axe.withRules([only]) : axe.withTags(rules)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

/**
 * `fits`: opens, keeps within the screen, squashes no picture and says nothing in the console; `light`: and axe finds nothing; `all`: nor among
 * its colours in dark, where the rest is the same page.
 */
type Depth = 'fits' | 'light' | 'all'

async function expectAccessible(page: Page, path: string, depth: Depth = 'all'): Promise<void> {
  const messages: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !withoutScripts()) messages.push(message.text())
  })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(path)
  if (depth !== 'fits') expect.soft(await findings(page), path).toEqual([])
  if (depth === 'all' && !withoutScripts()) {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect.soft(await findings(page, 'color-contrast'), `${path} in dark`).toEqual([])
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
  expect.soft(await squashed(page), `${path} squashes pictures`).toEqual([])
  expect.soft(messages, `${path} complains in the console`).toEqual([])
  page.removeAllListeners('console')
}

/** Pictures that are shown wider or higher than they are. */
const squashed = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.images]
      .filter(
        (image) => image.naturalWidth > 0 && image.clientWidth > 0 && getComputedStyle(image).objectFit === 'fill',
      )
      .filter(({ clientWidth, clientHeight, naturalWidth, naturalHeight }) => {
        const stretch = (clientWidth * naturalHeight) / (clientHeight * naturalWidth)
        return stretch < 0.9 || stretch > 1.1
      })
      .map(({ src }) => src),
  )

const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }

for (const [device, viewport] of Object.entries(widths))
  test.describe(`on a ${device}`, () => {
    test.use({ viewport })

    for (const who of whos)
      test(`the pages of ${who} are accessible to everybody`, async ({ page, context }) => {
        const { addresses, cookies } = await everyPage(who)
        await context.addCookies(cookies)
        // Colours are the same on every device, and behind a log-in the parts are the same ones in another place.
        const depth = device === 'phone' ? 'all' : who === 'a guest' ? 'light' : 'fits'
        for (const path of addresses.values()) await expectAccessible(page, path, depth)
      })

    test('cart and checkout are accessible to everybody', async ({ page }) => {
      await addToCart(page, await pickProduct(15))
      await goToReview(page, newEmail('axe'))
      for (const path of ['/cart', '/checkout', '/checkout/delivery', '/checkout/review'])
        await expectAccessible(page, path)
    })
  })

test('links lead to every page of the shop', async () => {
  const led = await Promise.all(whos.map((who: Who) => everyPage(who)))
  const found = new Set(led.flatMap(({ addresses }) => [...addresses.keys()]))
  expect(seenPages.filter((pattern) => !found.has(pattern))).toEqual(onlyByMailOrForm)
})

/** A mail or a form leads there, not a link; journeys open each of them. */
const onlyByMailOrForm = [
  '/review',
  '/reservations/:number',
  '/unsubscribe',
  '/checkout',
  '/checkout/delivery',
  '/checkout/review',
  '/orders/:number',
  '/login/code',
  '/staff/join',
  '/verify-email',
  '/reset-password',
]

test('pages that are not there say so kindly', async ({ page }) => {
  for (const path of ['/nowhere', '/p/no-such-product', '/orders/HS-AAAA-BBBB', '/c/%E0%A4%A']) {
    const answer = await page.goto(path)
    expect([400, 404], path).toContain(answer?.status())
    await expect(page.getByRole('main').or(page.locator('body')).first()).toBeVisible()
  }
})
