// What the tables of stock, parcels, tokens and reviews never hold.
import type { TableRule } from '../guard.ts'
import { cat, id, set, twin } from './shape.ts'

export const stockNever: TableRule[] = [
  cat('inventory', 'inventory_pkey', 'two levels of one thing at one place', twin('inventory', {})),
  cat('inventory', 'inventory_never_oversold', 'more held than there is', set('inventory', 'reserved = on_hand + 1')),
  cat(
    'inventory',
    'inventory_on_hand_not_negative',
    'less than nothing on a shelf',
    set('inventory', 'on_hand = -1, reserved = -1').replace(
      'UPDATE',
      'ALTER TABLE inventory DROP CONSTRAINT inventory_reserved_not_negative; UPDATE',
    ),
  ),
  cat('inventory', 'inventory_reserved_not_negative', 'less than nothing held', set('inventory', 'reserved = -1')),
  cat('reservations', 'reservations_pkey', 'two holds of one reference', twin('reservations', {})),
  cat(
    'reservations',
    'reservations_end_once',
    'a hold that was both sold and given back',
    set('reservations', 'released_at = now()'),
  ),
  cat(
    'reservations',
    'reservations_status_known',
    'a hold in a status nobody knows',
    set('reservations', `status = 'maybe'`).replace(
      'UPDATE',
      'ALTER TABLE reservations DROP CONSTRAINT reservations_end_once; UPDATE',
    ),
  ),
  cat(
    'reservation_lines',
    'reservation_lines_pkey',
    'one thing held twice at one place',
    twin('reservation_lines', {}),
  ),
  cat(
    'reservation_lines',
    'reservation_lines_quantity_is_positive',
    'a hold of nothing',
    set('reservation_lines', 'quantity = 0'),
  ),
  cat(
    'stock_movements',
    'stock_movements_once_per_ref_and_kind',
    'one movement written twice',
    twin('stock_movements', { id }, `kind = 'hold'`),
  ),
  cat(
    'stock_movements',
    'stock_movements_committed_once',
    'goods sold twice, once of them late',
    twin('stock_movements', { id, kind: 'commit_late' }, `kind = 'commit'`),
  ),
  cat(
    'stock_movements',
    'stock_movements_are_append_only',
    'a changed line of the ledger',
    set('stock_movements', 'delta_on_hand = 11', `kind = 'receive'`),
  ),
  cat('fulfillments', 'fulfillments_one_per_parcel', 'one parcel sent twice', twin('fulfillments', { id })),
  cat('fulfillment_lines', 'fulfillment_lines_pkey', 'one thing twice in a parcel', twin('fulfillment_lines', {})),
  cat('service_jti', 'service_jti_pkey', 'a used token used again', twin('service_jti', {})),
  cat(
    'reviews',
    'reviews_one_per_author_and_product',
    'two reviews of one person',
    `INSERT INTO reviews (id, product_id, author_ref, author_name, rating, title, body) SELECT '${id}', product_id, author_ref, author_name, 1, title, body FROM reviews`,
  ),
  cat('outbox', 'outbox_one_per_fact', 'low stock told twice for one sale', twin('outbox', { id })),
]
