// What the tables of orders and carts never hold.
import { ids } from '../../audit/sound-shop.ts'
import type { TableRule } from '../guard.ts'
import { id, set, sf, twin } from './shape.ts'

const anOrder = { id, number: 'HS-BBBB-BBBB', checkout_key: 'another' }

export const ordersNever: TableRule[] = [
  sf(
    'orders',
    'orders_one_per_checkout_key',
    'two orders of one checkout',
    twin('orders', { ...anOrder, checkout_key: 'key' }),
  ),
  sf(
    'orders',
    'orders_one_per_number',
    'two orders of one number',
    twin('orders', { ...anOrder, number: 'HS-AAAA-AAAA' }),
  ),
  sf(
    'orders',
    'orders_one_live_per_cart',
    'two live orders of one cart',
    `${twin('orders', { ...anOrder, status: 'placing' })}; ${twin('orders', { id: ids.outbox, number: 'HS-CCCC-CCCC', checkout_key: 'third', status: 'reserved' })}`,
  ),
  sf(
    'orders',
    'orders_total_is_its_parts',
    'a total that is not its parts',
    set('orders', 'total_minor = total_minor - 1'),
  ),
  sf(
    'orders',
    'orders_amounts_not_negative',
    'a negative amount',
    set('orders', 'discount_minor = -100, total_minor = total_minor + 100'),
  ),
  sf('orders', 'orders_status_known', 'a status nobody knows', twin('orders', { ...anOrder, status: 'lost' })),
  sf(
    'orders',
    'orders_move_only_along_edges',
    'a move that is not in the table of edges',
    set('orders', `status = 'placing'`),
  ),
  sf(
    'orders',
    'orders_access_token_is_a_sha256',
    'an order whose secret link has no secret',
    set('orders', `access_token_hash = ''`),
  ),
  sf('order_items', 'order_items_one_line_per_variant', 'two lines of one variant', twin('order_items', { id })),
  sf(
    'order_items',
    'order_items_total_is_its_parts',
    'a line that is not quantity times price',
    twin('order_items', { id, variant_id: id, line_total_minor: 1 }),
  ),
  sf(
    'order_items',
    'order_items_quantity_in_range',
    'a line of nothing',
    twin('order_items', { id, variant_id: id, quantity: 0, line_total_minor: 0 }),
  ),
  sf(
    'order_items',
    'order_items_are_frozen',
    'a changed line of a placed order',
    set('order_items', 'unit_price_minor = 1, line_total_minor = 2'),
  ),
  sf('parcels', 'parcels_one_per_number', 'two parcels of one number', twin('parcels', { id })),
  sf(
    'carts',
    'carts_one_open_per_user',
    'two open carts of one person',
    `${twin('carts', { id, status: 'open' })}; ${twin('carts', { id: ids.outbox, status: 'checking_out' })}`,
  ),
  sf('cart_items', 'cart_items_one_line_per_variant', 'one thing twice in a cart', twin('cart_items', { id })),
  sf(
    'cart_items',
    'cart_items_quantity_in_range',
    'a hundred of one thing in a cart',
    set('cart_items', 'quantity = 100'),
  ),
]
