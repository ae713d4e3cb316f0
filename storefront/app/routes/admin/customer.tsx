// One customer for staff: who they are, what they bought, where it goes, what we noted. Never a secret of theirs.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { can, roleWords, staffRoles } from '#app/domain/identity/roles.ts'
import {
  addCustomerNote,
  getCustomer,
  noteInput,
  setCustomerStatus,
} from '#app/domain/identity/staff/customers.server.ts'
import { changeRole, roleChoice } from '#app/domain/identity/staff/staff.server.ts'
import { type FoundOrder, listOrdersOfCustomer } from '#app/domain/orders/staff-search.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CustomerBadge } from '#app/ui/customer-badge.tsx'
import { PostForm, SelectField, TextareaField } from '#app/ui/form.tsx'
import { FoundOrders } from '#app/ui/found-orders.tsx'
import { When } from '#app/ui/money.tsx'
import { AddressLines } from '#app/ui/order-parts.tsx'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'customers:read')
  const customer = await answerLoader(() => getCustomer(args.params.id ?? ''))
  const may = {
    write: can(role, 'customers:write') && customer.status !== 'deleted',
    employ: can(role, 'staff:manage') && customer.status === 'active',
  }
  const orders: FoundOrder[] = can(role, 'orders:read') ? await listOrdersOfCustomer(customer.id) : []
  return { customer, orders, may }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'customers:write')
  const userId = args.params.id ?? ''
  const done = (text: string, to = paths.adminCustomer(userId)) => ({ to, flash: { kind: 'good' as const, text } })
  return answerPage(args, {
    note: async ({ values, visitor }) => {
      await addCustomerNote({ userId, ...parse(noteInput, { body: values.body }) }, byVisitor(visitor))
      return done('The note is kept.')
    },
    disable: async ({ visitor }) => {
      await setCustomerStatus({ userId, status: 'disabled' }, byVisitor(visitor))
      return done('They are logged out everywhere and cannot log in. Their orders go on.')
    },
    enable: async ({ visitor }) => {
      await setCustomerStatus({ userId, status: 'active' }, byVisitor(visitor))
      return done('They can log in again.')
    },
    employ: async ({ values, visitor }) => {
      await requireStaff(args, 'staff:manage')
      await changeRole(parse(roleChoice, { userId, role: values.role }), byVisitor(visitor))
      return done('They work here now, and log in again to begin.', paths.adminStaff())
    },
  })
}

export default function AdminCustomer() {
  const { customer, orders, may } = useLoaderData<typeof loader>()
  const answer = useActionData()
  return (
    <>
      <Breadcrumb items={[{ name: 'Customers', to: paths.adminCustomers() }, { name: customer.name }]} />
      <PageTitle title={customer.name}>
        <CustomerBadge customer={customer} />
      </PageTitle>
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-6">
          <section className="card p-5">
            <h2 className="mb-3 text-lg">Orders</h2>
            {orders.length === 0 ? <p className="text-muted">None yet.</p> : <FoundOrders orders={orders} />}
          </section>
          <Notes notes={customer.notes} mayWrite={may.write} problem={problemOf(answer, 'note')} />
        </div>
        <aside className="grid gap-6">
          <section className="card grid gap-1 p-5">
            <h2 className="mb-1 text-lg">Account</h2>
            <p className="break-words">{customer.email}</p>
            {customer.phone && <p>{customer.phone}</p>}
            <p className="text-sm text-muted">
              Since <When date={customer.since} />
            </p>
          </section>
          <Addresses addresses={customer.addresses} />
          {may.write && <Door status={customer.status} name={customer.name} problem={problemOf(answer, 'disable')} />}
          {may.employ && <Employ problem={problemOf(answer, 'employ')} />}
        </aside>
      </div>
    </>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>['customer']

function Notes({ notes, mayWrite, problem }: { notes: Loaded['notes']; mayWrite: boolean; problem?: FormProblem }) {
  return (
    <section className="card p-5">
      <h2 className="text-lg">Notes for the team</h2>
      <ul className="my-3 divide-y divide-line">
        {notes.map((note) => (
          <li key={note.id} className="py-3">
            <p className="break-words whitespace-pre-line">{note.body}</p>
            <p className="text-sm text-muted">
              {note.by}, <When date={note.at} time />
            </p>
          </li>
        ))}
      </ul>
      {mayWrite && (
        // A kept note empties the field.
        <PostForm key={notes.length} problem={problem} className="grid gap-4">
          <TextareaField label="Add a note" name="body" maxLength={2000} rows={3} required problem={problem} />
          <div>
            <Button variant="secondary" name="intent" value="note">
              Keep note
            </Button>
          </div>
        </PostForm>
      )}
    </section>
  )
}

function Addresses({ addresses }: { addresses: Loaded['addresses'] }) {
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">Addresses</h2>
      {addresses.length === 0 && <p className="text-muted">None kept.</p>}
      <ul className="grid gap-4">
        {addresses.map((address) => (
          <li key={address.id}>
            <AddressLines address={address} />
            {(address.isDefaultShipping || address.isDefaultBilling) && (
              <p className="text-sm text-muted">
                Usual{' '}
                {[address.isDefaultShipping && 'delivery', address.isDefaultBilling && 'invoice']
                  .filter(Boolean)
                  .join(' and ')}{' '}
                address
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Door({ status, name, problem }: { status: Loaded['status']; name: string; problem?: FormProblem }) {
  const isActive = status === 'active'
  return (
    <section className="card p-5">
      <h2 className="text-lg">{isActive ? 'Shut out' : 'Let in again'}</h2>
      <p className="mt-1 mb-4 text-sm text-muted">
        {isActive ? 'They are logged out at once and cannot log in; their orders go on.' : 'They can log in again.'}
      </p>
      <PostForm problem={problem}>
        <Button variant={isActive ? 'danger' : 'secondary'} name="intent" value={isActive ? 'disable' : 'enable'}>
          {isActive ? `Shut ${name} out` : `Let ${name} in`}
        </Button>
      </PostForm>
    </section>
  )
}

function Employ({ problem }: { problem?: FormProblem }) {
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">Works here from now on</h2>
      <PostForm problem={problem} className="grid gap-4">
        <SelectField label="Role" name="role" defaultValue="support" problem={problem}>
          {staffRoles.map((role) => (
            <option key={role} value={role}>
              {roleWords[role].name}
            </option>
          ))}
        </SelectField>
        <div>
          <Button variant="secondary" name="intent" value="employ">
            Give this role
          </Button>
        </div>
      </PostForm>
    </section>
  )
}
