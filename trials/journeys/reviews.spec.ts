import { expect, test } from './journey.ts'
import { logInAsAdmin, openOrder, staffPage } from './shopkeeper.ts'
import { buyAsGuest, logIn, mailTo, newEmail, pickProduct } from './shopper.ts'

test('a buyer without an account is asked by mail, answers with one click, is published and answered, and helps another', async ({
  page,
  browser,
}) => {
  const email = newEmail('review')
  // A second try buys another thing: on the first one's page a review of the first try may stand.
  const { project, retry } = test.info()
  const item = await pickProduct((project.use.javaScriptEnabled ? 44 : 45) + 2 * retry)
  const number = await buyAsGuest(page, item, email)
  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await openOrder(admin, number)
  await admin.getByRole('button', { name: 'Ship and tell the shopper' }).click()
  await admin.getByRole('button', { name: 'Parcel 1 has arrived' }).click()
  await expect(admin.getByText('Marked as delivered.')).toBeVisible()

  const mail = await mailTo(email, /^How do you like it/)
  const link = /http:\/\/localhost:\d+\/review\?\S+&rating=4/.exec(mail.text)?.[0] ?? ''
  await page.goto(link)
  await expect(page.getByRole('radio', { name: /4 stars/ })).toBeChecked()
  await page.getByRole('button', { name: 'Send review' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you for your review' })).toBeVisible()

  const list = (status: string) => admin.goto(`/admin/reviews?status=${status}&q=${encodeURIComponent(item.title)}`)
  await list('pending')
  const mine = admin.getByRole('listitem').filter({ hasText: 'Carla B.' })
  await mine.getByRole('checkbox', { name: /4 stars/ }).check()
  await admin.getByRole('button', { name: 'Approve checked' }).click()
  await expect(admin.getByText('1 review approved.')).toBeVisible()
  await list('approved')
  await mine.getByRole('link', { name: 'Look closer or reply' }).click()
  await admin.getByLabel('What everybody reads').fill('Thank you, Carla.')
  await admin.getByRole('button', { name: 'Publish the reply' }).click()
  await expect(admin.getByText('The reply stands under the review.')).toBeVisible()
  await admin.context().close()
  await mailTo(email, /replied/)

  const bob = await staffPage(browser)
  await logIn(bob, 'bob@example.com', 'Bob@123')
  await bob.goto(`/p/${item.slug}`)
  await bob.locator('#reviews').getByRole('link', { name: '4 stars' }).click()
  await expect(bob.getByText('Only 4 stars')).toBeVisible()
  await bob.getByRole('link', { name: 'Newest' }).click()
  await expect(bob).toHaveURL(/rating=4&sort=newest/)
  const review = bob.getByRole('article').filter({ hasText: 'Thank you, Carla.' })
  await expect(review).toContainText('Bought here')
  await review.getByRole('button', { name: 'Yes 0' }).click()
  await expect(review.getByRole('button', { name: 'Yes 1', pressed: true })).toBeVisible()
  // Shown before it is kept: a page that is left too early takes the vote along.
  await expect(review.locator('form[aria-busy=true]')).toHaveCount(0)
  await bob.reload()
  await expect(review.getByRole('button', { name: 'Yes 1', pressed: true })).toBeVisible()
  await bob.context().close()
})
