// Who works here: roles, a way out and back, a lost phone, and invitations. The owner's page.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { roleWords, staffRoles } from '#app/domain/identity/roles.ts'
import { resetSecondFactorOf } from '#app/domain/identity/second-factor/turn-off.server.ts'
import {
  invitationChoice,
  invitationInput,
  inviteStaff,
  listInvitations,
  withdrawInvitation,
} from '#app/domain/identity/staff/invitations.server.ts'
import {
  changeRole,
  listStaff,
  memberChoice,
  roleChoice,
  setMemberStatus,
} from '#app/domain/identity/staff/staff.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary, Field, PostForm, SelectField } from '#app/ui/form.tsx'
import { When } from '#app/ui/money.tsx'
import { PageTitle, StatusBadge } from '#app/ui/parts.tsx'
import { MemberCard } from '#app/ui/staff-member.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'staff:manage')
  const [members, invitations] = await Promise.all([listStaff(), listInvitations(new Date())])
  return { members, invitations, ownId: user.id }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'staff:manage')
  const done = (text: string) => ({ to: paths.adminStaff(), flash: { kind: 'good' as const, text } })
  return answerPage(args, {
    role: async ({ values, visitor }) => {
      const { userId, role } = values
      await changeRole(parse(roleChoice, { userId, role }), byVisitor(visitor))
      return done('The role is changed. They log in again to use it.')
    },
    disable: async ({ values, visitor }) => {
      const { userId } = parse(memberChoice, { userId: values.userId })
      await setMemberStatus({ userId, status: 'disabled' }, byVisitor(visitor))
      return done('They are logged out everywhere and cannot log in.')
    },
    enable: async ({ values, visitor }) => {
      const { userId } = parse(memberChoice, { userId: values.userId })
      await setMemberStatus({ userId, status: 'active' }, byVisitor(visitor))
      return done('They can log in again.')
    },
    'reset-factor': async ({ values, visitor }) => {
      await resetSecondFactorOf(parse(memberChoice, { userId: values.userId }).userId, byVisitor(visitor))
      return done('Their two-step log-in is off and they are logged out. They can set it up anew.')
    },
    invite: async ({ values, visitor }) => {
      const { name, email, role } = values
      const invitation = parse(invitationInput, { name, email, role })
      await inviteStaff(invitation, byVisitor(visitor))
      return done(`${invitation.name} gets a mail with a link that is good for three days.`)
    },
    withdraw: async ({ values, visitor }) => {
      await withdrawInvitation(parse(invitationChoice, { id: values.id }).id, byVisitor(visitor))
      return done('The invitation is taken back: its link opens nothing.')
    },
  })
}

export default function AdminStaff() {
  const { members, invitations, ownId } = useLoaderData<typeof loader>()
  const answer = useActionData()
  const inviteProblem = problemOf(answer, 'invite')
  const otherProblem = inviteProblem ? undefined : problemOf(answer)
  return (
    <>
      <PageTitle title="Staff" />
      {otherProblem && <ErrorSummary problem={otherProblem} />}
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <ul className="grid gap-4">
          {members.map((member) => (
            <MemberCard key={member.id} member={member} isSelf={member.id === ownId} />
          ))}
        </ul>
        <aside className="grid gap-6">
          {/* a sent invitation empties the form */}
          <InviteForm key={invitations[0]?.id} problem={inviteProblem} />
          <Invitations invitations={invitations} />
        </aside>
      </div>
    </>
  )
}

function InviteForm({ problem }: { problem?: FormProblem }) {
  return (
    <section className="card p-5">
      <h2 className="mb-4 text-lg">Invite somebody</h2>
      <PostForm problem={problem} className="grid gap-4">
        <Field label="Name" name="name" maxLength={120} autoComplete="off" required problem={problem} />
        <Field
          label="E-mail address"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="off"
          maxLength={254}
          required
          problem={problem}
        />
        <SelectField label="Role" name="role" defaultValue="support" problem={problem}>
          {staffRoles.map((role) => (
            <option key={role} value={role}>
              {roleWords[role].name}: {roleWords[role].does}
            </option>
          ))}
        </SelectField>
        <Button name="intent" value="invite">
          Send invitation
        </Button>
      </PostForm>
    </section>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function Invitations({ invitations }: Pick<Loaded, 'invitations'>) {
  if (invitations.length === 0) return null
  return (
    <section className="card p-5">
      <h2 className="mb-2 text-lg">Not answered yet</h2>
      <ul className="divide-y divide-line">
        {invitations.map(({ id, name, email, role, createdAt, isOver }) => (
          <li key={id} className="grid gap-2 py-3">
            <p className="break-words">
              {name} · {roleWords[role].name} {isOver && <StatusBadge tone="warn">Over</StatusBadge>}
              <span className="block text-sm text-muted">
                {email}, <When date={createdAt} />
              </span>
            </p>
            <PostForm>
              <input type="hidden" name="id" value={id} />
              <Button variant="secondary" name="intent" value="withdraw">
                Take back<span className="sr-only"> the invitation of {name}</span>
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
    </section>
  )
}
