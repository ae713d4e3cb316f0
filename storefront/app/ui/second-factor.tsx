// Parts of the page of two-step log-in: its three states, the picture to scan and the recovery codes, shown once.
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { Field, PostForm } from './form.tsx'
import { When } from './money.tsx'
import { PasswordField } from './password-field.tsx'

/** Dark on white in both schemes: cameras want it so. */
function QrPicture({ picture }: { picture: { size: number; path: string } }) {
  return (
    <svg
      viewBox={`0 0 ${picture.size} ${picture.size}`}
      width={208}
      height={208}
      role="img"
      aria-label="QR code for your authenticator app"
      shapeRendering="crispEdges"
      className="max-w-full shrink-0 rounded-lg border border-line"
    >
      <path fill="#fff" d={`M0 0h${picture.size}v${picture.size}H0z`} />
      <path fill="#000" d={picture.path} />
    </svg>
  )
}

export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <section aria-labelledby="recovery-codes" className="rounded-card border border-good bg-good-soft p-6 sm:p-8">
      <h2 id="recovery-codes" className="text-xl">
        Your recovery codes
      </h2>
      <p className="mt-2 mb-4" role="status">
        Each lets you in once when your phone is lost. They are not shown again: print them or write them down, and keep
        them away from this device.
      </p>
      <ul className="nums grid gap-x-8 gap-y-1 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </section>
  )
}

export function BeginSecondFactor({ problem }: { problem?: FormProblem }) {
  return (
    <section className="card p-6 sm:p-8">
      <h2 className="text-xl">A code beside your password</h2>
      <p className="mt-2 mb-5 text-muted">
        An app on your phone shows six digits that change every half minute. Whoever learns your password still cannot
        log in without them. Any authenticator app does.
      </p>
      <PostForm problem={problem}>
        <Button name="intent" value="begin">
          Set it up
        </Button>
      </PostForm>
    </section>
  )
}

type Pending = { secret: string; uri: string; picture: { size: number; path: string } | null }

export function ConfirmSecondFactor({ pending, problem }: { pending: Pending; problem?: FormProblem }) {
  return (
    <section className="card p-6 sm:p-8">
      <h2 className="text-xl">1. Tell your app</h2>
      <div className="mt-4 flex flex-wrap items-center gap-6">
        {pending.picture && <QrPicture picture={pending.picture} />}
        <div className="min-w-0 flex-1 basis-56">
          <p>Scan the picture, or type this key:</p>
          <p className="nums mt-2 rounded-lg bg-sunk p-3 font-mono break-words">
            {pending.secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </p>
          <p className="mt-3">
            <a href={pending.uri} className="link inline-flex min-h-11 items-center">
              Open it in an app on this device
            </a>
          </p>
        </div>
      </div>
      <h2 className="mt-8 mb-4 text-xl">2. Show that it works</h2>
      <PostForm problem={problem} className="space-y-5">
        <Field
          label="The six digits your app shows"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          required
          problem={problem}
        />
        <PasswordField label="Your password" name="password" autoComplete="current-password" problem={problem} />
        <Button name="intent" value="confirm">
          Turn it on
        </Button>
      </PostForm>
      <PostForm className="mt-4">
        <Button variant="quiet" name="intent" value="begin">
          Start over with a new key
        </Button>
      </PostForm>
    </section>
  )
}

type ManageProps = { since: Date | string; left: number; isRequired: boolean; problem?: FormProblem }

export function ManageSecondFactor({ since, left, isRequired, problem }: ManageProps) {
  return (
    <section className="card p-6 sm:p-8">
      <h2 className="text-xl">Logging in needs a code</h2>
      <p className="mt-2 mb-5 text-muted">
        Since <When date={since} />. {left === 1 ? 'One recovery code is' : `${left} recovery codes are`} left.
      </p>
      <PostForm problem={problem} className="space-y-5">
        <PasswordField label="Your password" name="password" autoComplete="current-password" problem={problem} />
        <Field
          label="Code"
          name="code"
          autoComplete="one-time-code"
          maxLength={40}
          required
          hint="Of your app, or a recovery code."
          problem={problem}
        />
        <div className="flex flex-wrap gap-3">
          <Button name="intent" value="renew">
            New recovery codes
          </Button>
          {!isRequired && (
            <Button variant="danger" name="intent" value="off">
              Turn it off
            </Button>
          )}
        </div>
      </PostForm>
    </section>
  )
}
