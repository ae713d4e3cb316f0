// Checkout, step 1: where messages about the order go. A signed-in shopper skips it. Whether an e-mail address has an
// account is never told here.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { setContact } from '#app/domain/cart/delivery.server.ts'
import { emailAddress } from '#app/domain/identity/email.ts'
import { optionalPhone } from '#app/domain/identity/text.ts'
import { findPreferences } from '#app/domain/outbox/preferences.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckoutFrame, OrderSoFar } from '#app/ui/checkout-frame.tsx'
import { CheckboxField, Field, PostForm } from '#app/ui/form.tsx'
import { enterCheckout } from './enter.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Checkout: contact · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = () => ({ 'Cache-Control': 'private, no-store' })

export async function loader(args: LoaderFunctionArgs) {
  const { cart, quote, user } = await enterCheckout(args)
  const edit = new URL(args.request.url).searchParams.has('edit')
  if (user && !edit) throw redirect(paths.checkoutDelivery())
  const sms = cart.smsOptIn ?? (user ? (await findPreferences(user.id)).smsUpdates : false)
  return { quote, signedIn: user !== null, email: cart.email ?? user?.email ?? '', phone: cart.phone ?? '', sms }
}

const contactForm = z
  .object({ email: emailAddress, phone: optionalPhone, sms: z.literal('yes').optional() })
  .refine(({ phone, sms }) => !sms || phone, { path: ['phone'], error: 'Tell us the number the text messages go to.' })

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    contact: async ({ values, visitor }) => {
      const { email, phone, sms } = parse(contactForm, values)
      const contact = { email, phone, smsOptIn: sms !== undefined }
      await setContact({ ...cartOwner(visitor), ...contact }, byVisitor(visitor))
      return { to: paths.checkoutDelivery() }
    },
  })
}

export default function ContactPage() {
  const { quote, signedIn, email, phone, sms } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <CheckoutFrame step={1} title="How can we reach you?" aside={<OrderSoFar quote={quote} />}>
      {!signedIn && (
        <p className="mb-6 text-muted">
          Have an account?{' '}
          <Link to={paths.login(paths.checkout())} className="link">
            Log in
          </Link>{' '}
          and use your saved addresses. You can just as well order as a guest.
        </p>
      )}
      <PostForm problem={problem} className="grid max-w-xl gap-5">
        <Field
          label="E-mail address"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          required
          maxLength={254}
          defaultValue={email}
          problem={problem}
          hint="The confirmation and news about the delivery go there. Nothing else."
        />
        <Field
          label="Phone"
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          optional
          maxLength={40}
          defaultValue={phone}
          problem={problem}
          hint="Only for questions about the delivery"
        />
        <CheckboxField
          label="Text me when the parcel leaves or is ready to collect"
          name="sms"
          value="yes"
          hint="To the number above, between 8 and 21 o’clock. Nothing else."
          defaultChecked={sms}
          problem={problem}
        />
        <div className="mt-2">
          <Button name="intent" value="contact" className="w-full sm:w-auto">
            Continue
          </Button>
        </div>
      </PostForm>
    </CheckoutFrame>
  )
}
