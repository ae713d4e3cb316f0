import { expect, test } from './journey.ts'
import { logInAsAdmin, openOrder, staffPage } from './shopkeeper.ts'
import { addToCart, mailTo, newEmail, pickCollectable, useCode } from './shopper.ts'

test('a shopper with a code picks up in a store, pays at the counter and takes the things home', async ({
  page,
  browser,
}) => {
  const email = newEmail('pickup')
  const item = await pickCollectable(test.info().project.use.javaScriptEnabled ? 0 : 1)
  await addToCart(page, item)
  await useCode(page, 'NOSUCHCODE')
  await expect(page.getByText(/no such code|not a code|do not know/i).first()).toBeVisible()
  await useCode(page, 'WELCOME10')
  await expect(page.getByText('10% off').first()).toBeVisible()

  await page.getByRole('button', { name: 'Checkout' }).click()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('link', { name: /Pick it up in a store/ }).click()
  await page.getByLabel('Town or postcode').fill(item.town)
  await page.getByRole('button', { name: 'Show stores' }).click()
  await page.getByRole('radio', { name: new RegExp(item.storeName) }).check()
  await page.getByLabel('Who picks it up').fill('Carla Berg')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/checkout\/review/)
  await page.getByRole('button', { name: 'Pay in the store' }).click()
  await page.getByRole('button', { name: 'Order, pay in the store' }).click()
  await expect(page.getByRole('heading', { name: /Thank you|It is kept/ })).toBeVisible()
  const number = /HS-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0] ?? ''
  await mailTo(email, new RegExp(number))
  const order = page.url()

  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await openOrder(admin, number)
  await admin.getByRole('button', { name: 'Ready for pickup: tell the shopper' }).click()
  const code = /\b[2-9A-Z]{3}[ -]?[2-9A-Z]{3}\b/.exec((await mailTo(email, /ready/i)).text.replaceAll(number, ''))?.[0]
  await admin.getByLabel('Collection code').fill('AAAAAA')
  await admin.getByLabel('In cash').check()
  await admin.getByRole('button', { name: 'Paid and handed over' }).click()
  await expect(admin.getByRole('alert').first()).toBeVisible()
  await admin.getByLabel('Collection code').fill(code ?? '')
  await admin.getByLabel('In cash').check()
  await admin.getByRole('button', { name: 'Paid and handed over' }).click()
  await expect(admin.getByText(/Handed over/).first()).toBeVisible()
  await admin.context().close()

  await page.goto(order)
  await expect(page.getByText(/Collected|Handed over|Delivered/).first()).toBeVisible()
  await page.getByRole('link', { name: /^Invoice/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Invoice')
})
