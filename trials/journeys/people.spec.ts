import { expect, test } from './journey.ts'
import { logInAsAdmin, oneTimeCode, staffPage } from './shopkeeper.ts'
import { linkIn, logIn, mailTo, newEmail, pickProduct, signUp } from './shopper.ts'

const password = 'a quiet harbour at dawn'

test('a forgotten password is replaced by the link in the mail, once', async ({ page, browser }) => {
  const email = newEmail('forgot')
  await signUp(page, email)
  const other = await staffPage(browser)
  await other.goto('/forgot-password')
  await other.getByLabel('E-mail address').fill(email)
  await other.getByRole('button', { name: 'Send me the link' }).click()
  await expect(other.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  const link = linkIn(await mailTo(email, /password/i), 'reset-password')
  await other.goto(link)
  await other.getByLabel('New password').fill('password1')
  await other.getByRole('button', { name: 'Set new password' }).click()
  await expect(other.getByRole('alert')).toBeVisible()
  await other.getByLabel('New password').fill('three herons on a roof')
  await other.getByRole('button', { name: 'Set new password' }).click()
  await logIn(other, email, 'three herons on a roof')
  await other.goto(link)
  await expect(other.getByRole('heading', { name: 'This link is over' })).toBeVisible()
  await other.context().close()
  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
})

test('a new colleague joins by the invitation and from then on logs in with a code', async ({ page, browser }) => {
  const email = newEmail('colleague')
  await logInAsAdmin(page)
  await page.goto('/admin/staff')
  await page.getByLabel('Name').fill('Nora Novak')
  await page.getByLabel('E-mail address').fill(email)
  await page.locator('select[name=role]').last().selectOption('warehouse')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  const link = linkIn(await mailTo(email, /./), 'staff/join')

  const colleague = await staffPage(browser)
  await colleague.goto(link)
  await colleague.getByLabel('Password', { exact: true }).fill(password)
  await colleague.getByRole('main').getByRole('button').last().click()
  await expect(colleague).toHaveURL(/\/admin/)
  await expect(colleague.getByRole('link', { name: 'Orders' }).first()).toBeAttached()
  await expect(colleague.getByRole('link', { name: 'Discounts' })).toHaveCount(0)

  await colleague.goto('/account/two-factor')
  await colleague.getByRole('button', { name: 'Set it up' }).click()
  const inApp = colleague.getByRole('link', { name: 'Open it in an app on this device' })
  const key = /secret=([A-Z2-7]+)/.exec((await inApp.getAttribute('href')) ?? '')?.[1] ?? ''
  await colleague.getByLabel('The six digits your app shows').fill(oneTimeCode(key))
  await colleague.getByLabel('Your password').fill(password)
  await colleague.getByRole('button', { name: 'Turn it on' }).click()
  await expect(colleague.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible()
  const recovery = (await colleague.locator('section[aria-labelledby=recovery-codes] li').first().textContent()) ?? ''

  const elsewhere = await staffPage(browser)
  await logIn(elsewhere, email, password)
  await expect(elsewhere.getByRole('heading', { name: 'Your code' })).toBeVisible()
  await elsewhere.goto('/admin')
  await expect(elsewhere).toHaveURL(/\/login/)
  await logIn(elsewhere, email, password)
  await elsewhere.getByLabel('Code').fill(recovery)
  await elsewhere.getByRole('main').getByRole('button', { name: 'Log in' }).click()
  await expect(elsewhere).toHaveURL(/\/admin/)
  await colleague.context().close()
  await elsewhere.context().close()
})

test('a review is read by staff, published, and its author may end such mails with one click', async ({
  page,
  browser,
}) => {
  const email = newEmail('review')
  const item = await pickProduct(test.info().project.use.javaScriptEnabled ? 40 : 41)
  await signUp(page, email, 'Rita Vance')
  await page.goto(`/p/${item.slug}`)
  await page.getByText('Write a review').click()
  await page.getByRole('radio', { name: /4 stars/ }).check()
  await page.getByLabel('In a few words').fill(`Sturdy ${email}`)
  await page.getByLabel('Your review').fill('It does what it should, every day.')
  await page.getByRole('button', { name: 'Send review' }).click()

  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await admin.goto(`/admin/reviews?q=${encodeURIComponent(email)}`)
  await admin.getByRole('checkbox', { name: new RegExp(email) }).check()
  await admin.getByRole('button', { name: 'Approve checked' }).click()
  await expect(admin.getByText(/approved|published/i).first()).toBeVisible()
  await admin.context().close()

  const mail = await mailTo(email, /review/i)
  await page.goto(`/p/${item.slug}/reviews?sort=newest`)
  await expect(page.getByText(`Sturdy ${email}`)).toBeVisible()
  await page.goto(linkIn(mail, 'unsubscribe'))
  await page.getByRole('button', { name: 'Stop these mails' }).click()
  await expect(page.getByRole('heading', { name: 'You will not get these mails any more' })).toBeVisible()
})
