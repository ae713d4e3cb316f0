// One event of the payment provider: what it said (without persons and secrets), what became of it, and replaying it, dry
// first.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { dryRun, type Replay, replayEvent } from '#app/domain/checkout/replay.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { eventStateLabel, eventStateOf, eventStateTone } from '#app/domain/payments/event-states.ts'
import { getEventForStaff } from '#app/domain/payments/staff-lists.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { When } from '#app/ui/money.tsx'
import { MoneyChanges } from '#app/ui/money-changes.tsx'
import { Breadcrumb, Notice, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [
  { title: 'Webhook event · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'orders:read')
  const event = await answerLoader(() => getEventForStaff(args.params.id ?? ''))
  return { event, mayReplay: can(role, 'orders:refund') }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'orders:refund')
  const id = args.params.id ?? ''
  return answerPage(args, {
    dry_run: async ({ visitor }) => ({ show: { replay: await dryRun(id, byVisitor(visitor)), isDry: true } }),
    replay: async ({ visitor }) => {
      const replay = await replayEvent(id, byVisitor(visitor))
      const text = `Replayed: ${wordOf(replay.verdict)}. ${told(replay)}`
      return { to: paths.adminWebhook(id), flash: { kind: 'good', text } }
    },
  })
}

const wordOf = (verdict: Replay['verdict']) => eventStateLabel[verdict === 'wait' ? 'waiting' : verdict].toLowerCase()
const told = ({ changes }: Replay) =>
  changes.length === 0
    ? 'Nothing was changed.'
    : `${changes.length} ${changes.length === 1 ? 'thing' : 'things'} changed.`

export default function AdminWebhook() {
  const { event, mayReplay } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  const dry = answer && 'isDry' in Object(answer) ? (answer as { replay: Replay }).replay : null
  const state = eventStateOf(event)
  return (
    <>
      <Breadcrumb items={[{ name: 'Webhook events', to: paths.adminWebhooks() }, { name: event.type }]} />
      <PageTitle title={event.type}>
        <StatusBadge tone={eventStateTone[state]}>{eventStateLabel[state]}</StatusBadge>
      </PageTitle>
      {problem && (
        <div className="mb-6">
          <Notice kind="bad">{problem.message}</Notice>
        </div>
      )}
      <dl className="card mb-6 grid gap-4 p-5 sm:grid-cols-2 lg:grid-cols-4">
        <Fact name="Received">
          <When date={event.receivedAt} time />
        </Fact>
        <Fact name="Tries">
          {event.attempts}
          {event.lastError && <span className="block text-sm text-muted">{event.lastError}</span>}
        </Fact>
        <Fact name="About">
          <span className="nums break-all">{event.objectId}</span>
        </Fact>
        <Fact name="Order">
          {event.orderNumber ? (
            <Link to={paths.adminOrder(event.orderNumber)} className="nums link inline-flex min-h-11 items-center">
              {event.orderNumber}
            </Link>
          ) : (
            'none'
          )}
        </Fact>
      </dl>
      {mayReplay && (
        <section className="card mb-6 grid gap-4 p-5" aria-labelledby="replay">
          <h2 id="replay" className="text-lg">
            Replay
          </h2>
          <p className="text-muted">
            What the event is about is read again at the provider. A dry run shows what would change and writes nothing.
          </p>
          {dry && (
            <div className="grid gap-3 rounded-card border border-line bg-sunk p-4" role="status">
              <p className="font-semibold">
                Dry run: {wordOf(dry.verdict)}
                {dry.note && <span className="font-normal text-muted"> · {dry.note}</span>}
              </p>
              <MoneyChanges changes={dry.changes} caption="Rows before and after" none="Nothing would change." />
              {dry.drives && (
                <p className="text-sm text-muted">Then the order goes on from there: its goods are sold or released.</p>
              )}
            </div>
          )}
          <PostForm className="flex flex-wrap gap-3">
            <Button variant="secondary" name="intent" value="dry_run">
              Replay (dry run)
            </Button>
            {dry && (
              <Button name="intent" value="replay">
                Replay
              </Button>
            )}
          </PostForm>
        </section>
      )}
      <section className="card p-5" aria-labelledby="said">
        <h2 id="said" className="mb-3 text-lg">
          What it said
        </h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre tabIndex={0} className="nums max-h-120 overflow-auto text-sm">
          {event.body}
        </pre>
      </section>
    </>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
