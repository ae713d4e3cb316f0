// One person who works here, on the owner's page: what they are and the buttons that change it.
import { roles, roleWords } from '#app/domain/identity/roles.ts'
import type { Member } from '#app/domain/identity/staff/staff.server.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { When } from './money.tsx'
import { StatusBadge } from './parts.tsx'

type Shown = Omit<Member, 'lastSeenAt'> & { lastSeenAt: Date | string | null }

export function MemberCard({ member, isSelf }: { member: Shown; isSelf: boolean }) {
  const { id, name, email, role, status, hasSecondFactor, lastSeenAt } = member
  const isActive = status === 'active'
  return (
    <li className="card p-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-lg">
            {name} {isSelf && <span className="font-normal text-muted">(you)</span>}
          </h2>
          <p className="text-sm break-words text-muted">
            {email}
            {lastSeenAt && (
              <>
                {' '}
                · last seen <When date={lastSeenAt} time />
              </>
            )}
          </p>
        </div>
        <p className="flex flex-wrap gap-2">
          <StatusBadge tone={hasSecondFactor ? 'good' : 'info'}>
            {hasSecondFactor ? 'Two-step log-in' : 'Password only'}
          </StatusBadge>
          {!isActive && <StatusBadge tone="bad">Shut out</StatusBadge>}
        </p>
      </div>
      <div className="mt-4 flex flex-wrap items-end gap-3">
        <PostForm className="flex w-full items-end gap-3 sm:w-auto">
          <input type="hidden" name="userId" value={id} />
          <label className="min-w-0 flex-1">
            <span className="mb-1 block text-sm font-semibold">
              Role<span className="sr-only"> of {name}</span>
            </span>
            <select name="role" defaultValue={role} className="field">
              {roles.map((choice) => (
                <option key={choice} value={choice}>
                  {choice === 'customer' ? 'No longer works here' : roleWords[choice].name}
                </option>
              ))}
            </select>
          </label>
          <Button variant="secondary" name="intent" value="role">
            Change<span className="sr-only"> the role of {name}</span>
          </Button>
        </PostForm>
        <PostForm className="flex flex-wrap gap-3">
          <input type="hidden" name="userId" value={id} />
          <Button variant={isActive ? 'danger' : 'secondary'} name="intent" value={isActive ? 'disable' : 'enable'}>
            {isActive ? 'Shut out' : 'Let in again'}
            <span className="sr-only"> {name}</span>
          </Button>
          {hasSecondFactor && !isSelf && (
            <Button variant="secondary" name="intent" value="reset-factor">
              Lost phone<span className="sr-only"> of {name}: turn two-step log-in off</span>
            </Button>
          )}
        </PostForm>
      </div>
      <p className="mt-3 text-sm text-muted">{roleWords[role].does}</p>
    </li>
  )
}
