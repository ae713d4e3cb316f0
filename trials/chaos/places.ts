// The crash points K01–K52 of the checkout's failure model and the named place in the code at which each is tried, with the
// errand that leads somebody past it. What cannot be a kill says why, and what is done instead.
import type { Failpoint as CatalogPoint } from '../../catalog-api/src/lib/failpoints.ts'
import type { Failpoint as NotifierPoint } from '../../notifier/src/lib/failpoints.ts'
import type { Failpoint as StorefrontPoint } from '../../storefront/app/lib/failpoints.ts'
import type { ErrandName } from './errands.ts'

export type Place = {
  /** Its number in the failure model; `+` for places of our own. */
  k: string
  /** Where a process kills itself; `listen` takes the notifier's listening connection away instead. */
  point: StorefrontPoint | CatalogPoint | NotifierPoint | 'listen'
  errand: ErrandName
}

const at = (k: string, point: Place['point'], errand: ErrandName = 'buy'): Place => ({ k, point, errand })

export const places: Place[] = [
  at('K01', 'before_order'),
  at('K02', 'order_written'),
  at('K03', 'order_placed'),
  at('K04', 'reserve_under_way'),
  at('K05', 'after_reserve'),
  at('K06', 'hold_written'),
  at('K07', 'goods_held'),
  at('K08', 'session_under_way'),
  at('K09', 'after_session'),
  at('K10', 'page_written'),
  at('K11', 'page_kept'),
  at('K12', 'back_from_payment'),
  at('K13', 'before_webhook_is_kept'),
  at('K14', 'webhook_verified'),
  at('K15', 'webhook_kept'),
  at('K16', 'webhook_answered'),
  at('K17', 'webhook_claimed'),
  at('K18', 'before_payment_is_recorded'),
  at('K19', 'payment_written'),
  at('K20', 'after_payment_is_recorded'),
  at('K21', 'commit_under_way'),
  at('K22', 'after_commit'),
  at('K23', 'sale_written'),
  at('K25', 'sold'),
  at('K26', 'reserve_begun'),
  at('K27', 'reserve_lines_written'),
  at('K28', 'reserve_done'),
  at('K29', 'commit_begun'),
  at('K30', 'commit_done'),
  at('K31', 'release_begun', 'cancel'),
  at('K32', 'release_done', 'cancel'),
  at('K33', 'expiry_begun', 'forget'),
  at('K34', 'expiry_done', 'forget'),
  at('K35', 'page_expired', 'cancel'),
  at('K36', 'end_written', 'cancel'),
  at('K37', 'after_cancel', 'cancel'),
  at('K38', 'after_release', 'cancel'),
  at('K39', 'before_refund_is_booked', 'refund'),
  at('K40', 'before_refund', 'refund'),
  at('K41', 'after_refund', 'refund'),
  at('K42', 'refund_written', 'refund'),
  at('K43', 'event_claimed'),
  at('K44', 'before_send'),
  at('K45', 'after_send'),
  at('K46', 'after_delivery_is_marked'),
  at('K47', 'after_event_is_marked'),
  at('K48', 'listen'),
  at('K49', 'before_cursor_is_saved', 'reconcile'),
  at('K50', 'after_cursor_is_saved', 'reconcile'),
  at('K51', 'after_parcel_row', 'ship'),
  at('K52', 'after_parcel_told', 'ship'),
  at('+', 'before_reserve'),
  at('+', 'before_session'),
  at('+', 'before_commit'),
  at('+', 'after_page_expired', 'cancel'),
  at('+', 'refund_booked', 'refund'),
  at('+', 'before_restock', 'return goods'),
  at('+', 'after_restock', 'return goods'),
]

/** Points of the failure model that are no place of their own, and places this crowd does not come to. */
export const notKilledAt: Record<string, string> = {
  K24: 'NOTIFY is part of F′’s own transaction: between them there is no moment. Before it stands K23, after it K25.',
  review_request_written: 'nothing arrives in this crowd: reviews.db.test.ts kills there',
  after_handed_over: 'no counter in this shop’s crowd: pickup.db.test.ts kills there',
}
