// What the shopkeeper does, in words.
import { createHmac } from 'node:crypto'
import { type Browser, expect, type Page } from '@playwright/test'
import { noteOpened, test } from './journey.ts'
import { type Item, logIn } from './shopper.ts'

/** A browser of somebody else, with or without JavaScript like the journey's own. */
export async function staffPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: test.info().project.use.javaScriptEnabled })
  noteOpened(context, test.info())
  return context.newPage()
}

/** What an authenticator app shows now for a key in base32 (RFC 6238: SHA-1, six digits, 30 seconds). */
export function oneTimeCode(key: string): string {
  const bits = [...key.replaceAll(' ', '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', secret).update(step).digest()
  const at = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export const logInAsAdmin = (page: Page) => logIn(page, 'admin@example.com', 'Admin@123')

export async function openOrder(page: Page, number: string): Promise<void> {
  await page.goto(`/admin/orders?q=${number}`)
  await page.getByRole('link', { name: number }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number)
}

/** Takes all stock of the item's variant out of every place that ships, by the admin's stock form. */
export async function emptyShelves(page: Page, item: Item): Promise<void> {
  await page.goto(`/admin/products?q=${item.sku}`)
  await page.getByRole('link', { name: item.title }).first().click()
  const row = page.locator('details', { hasText: item.sku }).first()
  await row.evaluate((element) => element.setAttribute('open', ''))
  const rows = row.locator('tbody tr', { hasText: 'ships orders' })
  const places: { name: string; free: number }[] = []
  for (let index = 0; index < (await rows.count()); index++) {
    const cells = rows.nth(index).locator('td')
    const name = ((await cells.nth(0).textContent()) ?? '').split(' · ')[0]?.trim() ?? ''
    places.push({ name, free: Number(await cells.nth(3).textContent()) })
  }
  for (const { name, free } of places.filter((place) => place.free > 0)) {
    await page.getByLabel('Variant').selectOption(item.sku)
    await page.getByLabel('Place').selectOption({ label: name })
    await page.getByLabel('What happened').selectOption('adjust')
    await page.getByRole('textbox', { name: 'Change' }).fill(String(-free))
    await page.getByLabel('Why').fill('the shelf fell over')
    await page.getByRole('button', { name: 'Change stock' }).click()
    await expect(page.getByText(`Stock of ${item.sku} changed by ${-free}.`)).toBeVisible()
  }
}
