// Every page of the map opens with JavaScript switched off and has something to say: the ground of the certificate.
import { everyPage, whos } from './everywhere.ts'
import { expect, test } from './journey.ts'

for (const who of whos)
  test(`every page of ${who} opens and says what it is`, async ({ page, context }) => {
    test.setTimeout(180_000)
    const { addresses, cookies } = await everyPage(who)
    await context.addCookies(cookies)
    for (const [pattern, path] of addresses) {
      const answer = await page.goto(path, { waitUntil: 'domcontentloaded' })
      expect.soft(answer?.status(), path).toBe(200)
      await expect.soft(page.getByRole('heading', { level: 1 }), pattern).toHaveCount(1)
    }
  })
