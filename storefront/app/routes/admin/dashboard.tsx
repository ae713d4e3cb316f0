// Staff's first page: work to do first, each number a link to the list behind it; then how the last 30 days went.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type CatalogueWork, countCatalogueWork } from '#app/domain/catalog/staff/stock.server.ts'
import { countDifferences } from '#app/domain/checkout/reconcile/differences.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { getWorkToDo } from '#app/domain/orders/staff-work.server.ts'
import { countParked } from '#app/domain/outbox/history.server.ts'
import { countOpenDisputes } from '#app/domain/payments/disputes.server.ts'
import { countFailingEvents } from '#app/domain/payments/staff-lists.server.ts'
import { countReturnsToLookAt } from '#app/domain/returns/queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { shopCurrency } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { Money } from '#app/ui/money.tsx'
import { PageTitle } from '#app/ui/parts.tsx'
import { SalesChart } from '#app/ui/sales-chart.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'admin:enter')
  const seesOrders = can(user.role, 'orders:read')
  const [work, goods, parked, failing, returns, disputes, unlevel] = await Promise.all([
    seesOrders ? answerLoader(() => getWorkToDo(new Date())) : null,
    can(user.role, 'products:read') ? countGoods() : null,
    seesOrders ? answerLoader(countParked) : 0,
    seesOrders ? answerLoader(countFailingEvents) : 0,
    seesOrders ? answerLoader(countReturnsToLookAt) : 0,
    seesOrders ? answerLoader(countOpenDisputes) : 0,
    can(user.role, 'orders:refund') ? answerLoader(countDifferences) : 0,
  ])
  const may = { moderate: can(user.role, 'reviews:moderate') }
  return { name: user.name, may, work, goods, parked, failing, returns, disputes, unlevel, currency: shopCurrency }
}

/** Null when the catalogue cannot be reached: the page stands without these numbers. */
async function countGoods(): Promise<CatalogueWork | null> {
  try {
    return await countCatalogueWork()
  } catch (error) {
    if (isDomainError(error, 'catalog_unavailable')) return null
    throw error
  }
}

export default function Dashboard() {
  const { name, may, work, goods, parked, failing, returns, disputes, unlevel, currency } =
    useLoaderData<typeof loader>()
  const count = (status: 'paid' | 'fulfilling' | 'refund_due' | 'awaiting_payment' | 'payment_received') =>
    work?.byStatus[status] ?? 0
  return (
    <>
      <PageTitle title={`Good to see you, ${name.split(' ')[0]}`} />
      {work && (
        <section aria-labelledby="to-do">
          <h2 id="to-do" className="mb-4 text-xl">
            To do
          </h2>
          <ul className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
            <Task
              to={paths.adminOrders({ status: 'paid', pickup: 'none' })}
              icon="package"
              count={count('paid') - work.pickups.paid}
              label="paid, to be sent"
            />
            <Task
              to={paths.adminOrders({ pickup: 'to_prepare' })}
              icon="store"
              count={work.pickups.toPrepare}
              label="pickups to get ready"
            />
            <Task
              to={paths.adminOrders({ pickup: 'not_collected' })}
              icon="clock"
              count={work.pickups.notCollected}
              label="not collected in time"
            />
            <Task
              to={paths.adminOrders({ status: 'fulfilling' })}
              icon="truck"
              count={count('fulfilling')}
              label="on the way"
            />
            <Task
              to={paths.adminOrders({ status: 'refund_due' })}
              icon="rotate-ccw"
              count={count('refund_due')}
              label="refunds not finished"
            />
            <Task to={paths.adminReturns()} icon="rotate-ccw" count={returns} label="returns to look at" />
            {disputes > 0 && (
              <Task to={paths.adminPayments()} icon="triangle-alert" count={disputes} label="payments disputed" />
            )}
            <Task
              to={paths.adminOrders({ status: 'awaiting_payment' })}
              icon="clock"
              count={count('awaiting_payment')}
              label="waiting for payment"
            />
            <Task
              to={paths.adminMessages({ status: 'parked' })}
              icon="mail"
              count={parked}
              label="messages that need a person"
            />
            {unlevel > 0 && (
              <Task
                to={paths.adminMoneyMatch({ days: 35 })}
                icon="triangle-alert"
                count={unlevel}
                label="differences with Stripe"
              />
            )}
            {failing > 0 && (
              <Task
                to={paths.adminWebhooks({ status: 'failing' })}
                icon="triangle-alert"
                count={failing}
                label="webhook events not through"
              />
            )}
          </ul>
        </section>
      )}
      {goods && <Goods goods={goods} mayModerate={may.moderate} />}
      {work && (
        <section aria-labelledby="sales" className="card mt-10 p-5">
          <div className="mb-4 flex flex-wrap items-baseline justify-between gap-3">
            <h2 id="sales" className="text-xl">
              The last 30 days
            </h2>
            <p className="text-muted">
              {work.sales.reduce((sum, day) => sum + day.orders, 0)} orders ·{' '}
              <Money minor={work.sales.reduce((sum, day) => sum + day.totalMinor, 0)} currency={currency} />
            </p>
          </div>
          <SalesChart days={work.sales} currency={currency} />
        </section>
      )}
    </>
  )
}

/** What waits in the catalogue. */
function Goods({ goods, mayModerate }: { goods: CatalogueWork; mayModerate: boolean }) {
  return (
    <section aria-labelledby="goods" className="mt-8">
      <h2 id="goods" className="mb-4 text-xl">
        Goods
      </h2>
      <ul className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        <Task
          to={paths.adminInventory({ low: 1 })}
          icon="triangle-alert"
          count={goods.lowStock}
          label="places low on something"
        />
        {mayModerate && (
          <Task
            to={paths.adminReviews({ status: goods.reviewsPending > 0 ? null : 'reported' })}
            icon="star"
            count={goods.reviewsPending + goods.reviewsReported}
            label="reviews to read"
          />
        )}
        <Task
          to={paths.adminProducts({ status: 'draft' })}
          icon="pencil"
          count={goods.drafts}
          label="product drafts to finish"
        />
        <Task to={paths.adminReservations()} icon="lock" count={goods.held} label="holds on goods" />
      </ul>
    </section>
  )
}

function Task({ to, icon, count, label }: { to: string; icon: IconName; count: number; label: string }) {
  return (
    <li>
      <Link to={to} className="card flex min-h-24 items-center gap-4 p-5 hover:border-edge">
        <Icon name={icon} size={26} className={count > 0 ? 'text-accent' : 'text-muted'} />
        <span>
          <span className="nums block font-display text-2xl font-semibold">{count}</span>
          <span className="text-muted">{label}</span>
        </span>
      </Link>
    </li>
  )
}
