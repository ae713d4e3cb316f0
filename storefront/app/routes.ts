// THE MAP: every page's URL and its face, one line each. paths.ts has the same as functions; a test compares the two.
import { index, layout, type RouteConfig, route } from '@remix-run/route-config'

export default [
  index('routes/shop/home.tsx'),
  route('c/:slug', 'routes/shop/category.tsx'),
  route('search', 'routes/shop/search.tsx'),
  route('p/:slug', 'routes/shop/product.tsx'),
  route('stores', 'routes/stores/stores.tsx'),
  route('stores/:slug', 'routes/stores/store.tsx'),
  route('help', 'routes/system/help.tsx'),
  route('no-js', 'routes/system/no-js.tsx'),

  route('cart', 'routes/cart/cart.tsx'),
  route('cart/total.json', 'routes/cart/total.ts'),
  route('discount/:code', 'routes/cart/discount.tsx'),
  route('checkout', 'routes/checkout/contact.tsx'),
  route('checkout/delivery', 'routes/checkout/delivery.tsx'),
  route('checkout/review', 'routes/checkout/review.tsx'),
  route('orders/:number', 'routes/checkout/order.tsx'),
  route('orders/:number/total.json', 'routes/checkout/order-total.ts'),
  route('orders/:number/return', 'routes/checkout/return.tsx'),

  route('login', 'routes/account/log-in.tsx'),
  route('login/code', 'routes/account/log-in-code.tsx'),
  route('staff/join', 'routes/account/join-staff.tsx'),
  route('signup', 'routes/account/sign-up.tsx'),
  route('logout', 'routes/account/log-out.tsx'),
  route('verify-email', 'routes/account/verify-email.tsx'),
  route('forgot-password', 'routes/account/forgot-password.tsx'),
  route('reset-password', 'routes/account/reset-password.tsx'),
  layout('routes/account/layout.tsx', [
    route('account', 'routes/account/profile.tsx'),
    route('account/addresses', 'routes/account/addresses.tsx'),
    route('account/addresses/:id', 'routes/account/address.tsx'),
    route('account/orders', 'routes/account/orders.tsx'),
    route('account/orders/:number', 'routes/account/order.tsx'),
    route('account/security', 'routes/account/security.tsx'),
    route('account/privacy', 'routes/account/privacy.tsx'),
    route('account/two-factor', 'routes/account/two-factor.tsx'),
  ]),

  route('account/privacy/highstreet.json', 'routes/account/my-data.tsx'),

  route('admin/orders/:number/total.json', 'routes/admin/order-total.ts'),
  route('admin/audit.csv', 'routes/admin/audit-export.tsx'),
  layout('routes/admin/layout.tsx', [
    route('admin', 'routes/admin/dashboard.tsx'),
    route('admin/orders', 'routes/admin/orders.tsx'),
    route('admin/orders/:number', 'routes/admin/order.tsx'),
    route('admin/search', 'routes/admin/search.tsx'),
    route('admin/staff', 'routes/admin/staff.tsx'),
    route('admin/customers', 'routes/admin/customers.tsx'),
    route('admin/customers/:id', 'routes/admin/customer.tsx'),
    route('admin/audit', 'routes/admin/audit.tsx'),
    route('admin/products', 'routes/admin/products.tsx'),
    route('admin/products/new', 'routes/admin/product-new.tsx'),
    route('admin/products/:id', 'routes/admin/product.tsx'),
  ]),

  route('*', 'routes/system/not-found.tsx'),
] satisfies RouteConfig
