// What is reserved in a store, and the form that does it.
import { Link } from '@remix-run/react'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, PostForm, SelectField } from './form.tsx'
import { Price } from './money.tsx'
import { Notice } from './parts.tsx'
import { type ImageInfo, Picture } from './picture.tsx'

type Thing = {
  sku: string
  title: string
  slug: string
  variantTitle: string
  image: ImageInfo | null
  priceMinor: number
  currency: string
}

export function ReserveThing({ thing, available }: { thing: Thing; available: number | null }) {
  return (
    <div className="flex items-center gap-4">
      {thing.image && (
        <Picture image={thing.image} alt="" sizes="96px" className="size-24 shrink-0 rounded-card object-cover" />
      )}
      <div className="min-w-0">
        <h2 className="text-xl">{thing.title}</h2>
        <p className="text-muted">{thing.variantTitle}</p>
        <p className="mt-1 font-semibold">
          <Price minor={thing.priceMinor} compareAtMinor={null} currency={thing.currency} />
        </p>
        {available !== null && available > 0 && (
          <p className={`text-sm ${available <= 3 ? 'text-warn' : 'text-good'}`}>
            {available <= 3 ? `Only ${available} left here` : 'In stock here'}
          </p>
        )}
      </div>
    </div>
  )
}

/** Why it cannot be reserved there now, and where it may be. `available` null: the store keeps nothing for pickup. */
export function ReserveRefused({ available, sku }: { available: number | null; sku: string }) {
  const why =
    available === null
      ? 'This store keeps nothing for pickup.'
      : available < 1
        ? 'This store has none left at the moment.'
        : 'This store does not open soon enough for us to keep something. Try again nearer to then.'
  return (
    <Notice kind="warn">
      {why}{' '}
      <Link to={paths.stores({ sku })} className="link">
        Stores that have it
      </Link>
    </Notice>
  )
}

type ReserveFormProps = {
  sku: string
  most: number
  user: { name: string; email: string } | null
  formKey: string
  problem?: FormProblem
}

export function ReserveForm({ sku, most, user, formKey, problem }: ReserveFormProps) {
  return (
    <PostForm problem={problem} className="grid gap-5 sm:grid-cols-2">
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="formKey" value={formKey} />
      <Field
        label="Your name"
        name="name"
        autoComplete="name"
        required
        maxLength={120}
        defaultValue={user?.name}
        problem={problem}
      />
      {user ? (
        <p className="self-center text-sm text-muted">
          The code goes to <span className="wrap-anywhere">{user.email}</span>.
        </p>
      ) : (
        <Field
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          hint="The code goes there."
          problem={problem}
        />
      )}
      <SelectField label="How many" name="quantity" defaultValue="1" problem={problem}>
        <option>1</option>
        {most > 1 && <option>2</option>}
      </SelectField>
      <div className="sm:col-span-2">
        <Button name="intent" value="reserve">
          Reserve it
        </Button>
      </div>
    </PostForm>
  )
}
