import { expect, test } from './journey.ts'
import { emptyShelves, logInAsAdmin, openOrder, staffPage } from './shopkeeper.ts'
import { addToCart, buyAsGuest, goToReview, mailTo, newEmail, pickProduct } from './shopper.ts'

test('the shopkeeper ships an order, the shopper gets a mail with the tracking and sees the parcel', async ({
  page,
  browser,
}) => {
  const email = newEmail('parcel')
  const number = await buyAsGuest(page, await pickProduct(10), email)
  const order = page.url()

  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await openOrder(admin, number)
  await admin.getByLabel(/^Carrier/).fill('DHL')
  await admin.getByLabel(/^Tracking number/).fill('JD0146000123')
  await admin.getByLabel(/^Tracking link/).fill('https://www.dhl.example/track/JD0146000123')
  await admin.getByRole('button', { name: 'Ship and tell the shopper' }).click()
  await expect(admin.getByText('Parcel 1 is on its way.')).toBeVisible()

  const mail = await mailTo(email, /on its way|shipped/i)
  expect(mail.text).toContain('JD0146000123')
  await page.goto(order)
  await expect(page.getByText('JD0146000123').first()).toBeVisible()

  await admin.getByRole('button', { name: 'Parcel 1 has arrived' }).click()
  await expect(admin.getByText('Marked as delivered.')).toBeVisible()
  await page.goto(order)
  await expect(page.getByText('Delivered').first()).toBeVisible()
  await admin.context().close()
})

test('a shopper cancels a paid order: the money goes back and a mail says so', async ({ page }) => {
  const email = newEmail('cancel')
  await buyAsGuest(page, await pickProduct(11), email)
  await page.getByText('Cancel this order').click()
  await page.getByRole('button', { name: /cancel/i }).click()
  await expect(page.getByText(/Refunded|Refund on its way/).first()).toBeVisible()
  await mailTo(email, /refund/i)
})

test('the shopkeeper gives a part of the money back', async ({ page, browser }) => {
  const email = newEmail('refund')
  const number = await buyAsGuest(page, await pickProduct(12), email)
  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await openOrder(admin, number)
  const form = admin.locator('#refund')
  await form.getByLabel('Amount').fill('999999')
  await form.getByLabel('Why').fill('a scratch')
  await form.getByRole('button', { name: 'Refund to the card' }).click()
  await expect(admin.getByRole('alert')).toBeVisible()
  await form.getByLabel('Amount').fill('1.00')
  await form.getByLabel('Why').fill('a scratch')
  await form.getByRole('button', { name: 'Refund to the card' }).click()
  await expect(admin.getByText('The refund is on its way.')).toBeVisible()
  await expect(admin.getByText('Refund succeeded').first()).toBeVisible()
  await admin.context().close()
})

test('when the last one is gone at the last step the shopper is told before paying', async ({ page, browser }) => {
  const withScript = test.info().project.use.javaScriptEnabled
  const item = await pickProduct(withScript ? 30 : 31)
  await addToCart(page, item)
  await goToReview(page, newEmail('late'))
  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await emptyShelves(admin, item)
  await admin.context().close()
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(page.getByText(/no longer available|out of stock|sold out|somebody was faster/i).first()).toBeVisible()
  await expect(page).not.toHaveURL(/\/pay\//)
})

test('a new product is written, stocked and shown in the shop', async ({ page }) => {
  const sku = newEmail('NEW').split('@')[0]?.toUpperCase() ?? ''
  await logInAsAdmin(page)
  await page.goto('/admin/products/new')
  await page.getByLabel('Name', { exact: true }).fill(`Proof kettle ${sku}`)
  await page.getByLabel('Category').selectOption({ index: 2 })
  await page.getByLabel('Status').selectOption('published')
  await page.getByLabel('Description').fill('Boils water.\n\nPours well.')
  await page.getByLabel('SKU, row 1').fill(sku)
  await page.getByLabel('Price, row 1').fill('nothing')
  await page.getByRole('button', { name: 'Save product' }).click()
  await expect(page.getByText('A price like 12.50.').first()).toBeVisible()
  await expect(page.getByLabel('SKU, row 1')).toHaveValue(sku)
  await page.getByLabel('Price, row 1').fill('39.90')
  await page.getByRole('button', { name: 'Save product' }).click()
  await expect(page.getByText('is saved')).toBeVisible()

  await page.getByLabel('Place').selectOption({ index: 0 })
  await page.getByRole('textbox', { name: 'Change' }).fill('12')
  await page.getByLabel('Why').fill('first delivery')
  await page.getByRole('button', { name: 'Change stock' }).click()
  await expect(page.getByText(`Stock of ${sku} changed by 12.`)).toBeVisible()
  await page.getByRole('link', { name: 'See it in the shop' }).click()
  await expect(page.getByText('€39.90').first()).toBeVisible()
  await expect(page.getByText('In stock').first()).toBeVisible()
})

test('a shopper does not see that there are admin pages', async ({ page }) => {
  const answer = await page.goto('/admin')
  await expect(page).toHaveURL(/\/login\?next=%2Fadmin/)
  expect(answer?.ok()).toBe(true)
  await page.getByLabel('E-mail address').fill('alice@example.com')
  await page.getByLabel('Password', { exact: true }).fill('Alice@123')
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByText('We cannot find that page')).toBeVisible()
})
