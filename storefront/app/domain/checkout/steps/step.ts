// What a step of an order is, and what it answers. Types only.
import type { Lease, OrderRow } from '#app/domain/orders/work.server.ts'
import type { By } from '#app/lib/clock.ts'

/** What a step found: go on at once, or look again in so many seconds (null: only when somebody wakes the order). */
export type Next = 'on' | { in: number | null }
export type Step = (order: OrderRow, lease: Lease, by: By) => Promise<Next>
