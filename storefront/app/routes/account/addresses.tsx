// The address book: cards, one per address; choosing a default or deleting is one form each.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { type Address, deleteAddress, listAddresses, setDefaultAddress } from '#app/domain/identity/addresses.server.ts'
import { countryName } from '#app/domain/identity/countries.ts'
import { answerPage } from '#app/http/answer.server.ts'
import type { Post } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { ErrorSummary, PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [
  { title: 'Your addresses · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const addresses = await listAddresses(user.id)
  return { addresses: addresses.map((address) => ({ ...address, countryName: countryName(address.country) })) }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  const to = paths.addresses()
  const makeDefault =
    (kind: 'shipping' | 'billing', text: string) =>
    async ({ values, visitor }: Post) => {
      await setDefaultAddress({ userId: user.id, addressId: values.id ?? '', kind }, byVisitor(visitor))
      return { to, flash: { kind: 'good' as const, text } }
    }
  return answerPage(args, {
    'default-shipping': makeDefault('shipping', 'Your orders go there from now on.'),
    'default-billing': makeDefault('billing', 'Your bills go there from now on.'),
    delete: async ({ values, visitor }) => {
      await deleteAddress({ userId: user.id, addressId: values.id ?? '' }, byVisitor(visitor))
      return { to, flash: { kind: 'good', text: 'The address is deleted.' } }
    },
  })
}

export default function AddressesPage() {
  const { addresses } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <>
      <PageTitle title="Your addresses">
        {addresses.length > 0 && (
          <ButtonLink to={paths.address('new')}>
            <Icon name="plus" />
            Add an address
          </ButtonLink>
        )}
      </PageTitle>
      {problem && <ErrorSummary problem={problem} />}
      {addresses.length === 0 ? (
        <EmptyState title="No addresses yet" action={{ to: paths.address('new'), label: 'Add your first address' }}>
          Keep your addresses here and checking out takes three clicks.
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {addresses.map((address) => (
            <AddressCard key={address.id} address={address} />
          ))}
        </ul>
      )}
    </>
  )
}

function AddressCard({ address }: { address: Address & { countryName: string } }) {
  const town = [address.city, address.region, address.postcode].filter(Boolean).join(' ')
  const lines = [address.company, address.line1, address.line2, town, address.countryName, address.phone]
  return (
    <li className="card flex flex-col p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto font-sans text-base font-semibold tracking-normal">{address.fullName}</h2>
        {address.isDefaultShipping && <StatusBadge tone="good">Delivery</StatusBadge>}
        {address.isDefaultBilling && <StatusBadge tone="info">Billing</StatusBadge>}
      </div>
      <address className="mt-2 mb-4 text-muted not-italic">
        {lines.filter(Boolean).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
      <div className="mt-auto flex flex-wrap items-center gap-x-4 border-t border-line pt-3 text-sm">
        <Link to={paths.address(address.id)} className="link inline-flex min-h-8 items-center">
          Edit
          <span className="sr-only">
            {' '}
            the address of {address.fullName}, {address.line1}
          </span>
        </Link>
        <PostForm className="flex flex-wrap gap-x-4">
          <input type="hidden" name="id" value={address.id} />
          {!address.isDefaultShipping && <SmallButton intent="default-shipping">Deliver here</SmallButton>}
          {!address.isDefaultBilling && <SmallButton intent="default-billing">Bill here</SmallButton>}
        </PostForm>
        <details className="ml-auto text-right">
          <summary className="inline-flex min-h-8 items-center text-muted hover:text-bad hover:underline">
            Delete
          </summary>
          <PostForm className="mt-2">
            <input type="hidden" name="id" value={address.id} />
            <Button variant="danger" name="intent" value="delete">
              Yes, delete it
            </Button>
          </PostForm>
        </details>
      </div>
    </li>
  )
}

function SmallButton({ intent, children }: { intent: string; children: string }) {
  return (
    <button type="submit" name="intent" value={intent} className="link inline-flex min-h-8 items-center">
      {children}
    </button>
  )
}
