// The shop's URLs as functions: links and redirects are built here, never by hand. Pure.

type Value = string | number | boolean | null | undefined
type Query = Record<string, Value | readonly string[]>

/** `withQuery('/search', { q: 'mug', page: null })` → `/search?q=mug`; empty values are left out, lists repeat the name. */
export function withQuery(path: string, query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== '') params.append(name, String(one))
  return params.size > 0 ? `${path}?${params}` : path
}

const segment = encodeURIComponent

export const paths = {
  home: () => '/',
  category: (slug: string, query: Query = {}) => withQuery(`/c/${segment(slug)}`, query),
  search: (query: Query = {}) => withQuery('/search', query),
  searchSuggestions: (query: Query = {}) => withQuery('/search/suggestions', query),
  /** The variant is chosen by its SKU in the URL, so price, stock and picture are rendered by the server and shareable. */
  product: (slug: string, query: { sku?: string; opt?: string } = {}) => withQuery(`/p/${segment(slug)}`, query),
  recentlyViewed: () => '/recently-viewed',
  productReviews: (slug: string, query: { rating?: number; sort?: string; cursor?: string } = {}) =>
    withQuery(`/p/${segment(slug)}/reviews`, query),
  reviewByMail: (query: { token?: string; rating?: number; sent?: string } = {}) => withQuery('/review', query),
  stores: (query: Query = {}) => withQuery('/stores', query),
  store: (slug: string) => `/stores/${segment(slug)}`,
  storeReserve: (slug: string, query: { sku?: string; quantity?: number } = {}) =>
    withQuery(`/stores/${segment(slug)}/reserve`, query),
  reservation: (number: string, query: { token?: string } = {}) => withQuery(`/reservations/${segment(number)}`, query),
  help: () => '/help',
  noJs: () => '/no-js',
  unsubscribe: (query: Query = {}) => withQuery('/unsubscribe', query),
  robots: () => '/robots.txt',
  sitemap: () => '/sitemap.xml',
  sitemapPage: (page: string) => `/sitemaps/${segment(page)}`,

  cart: () => '/cart',
  cartTotal: () => '/cart/total.json',
  discount: (code: string) => `/discount/${segment(code)}`,
  checkout: () => '/checkout',
  checkoutDelivery: () => '/checkout/delivery',
  checkoutReview: () => '/checkout/review',
  order: (number: string, query: { token?: string; thanks?: string } = {}) =>
    withQuery(`/orders/${segment(number)}`, query),
  orderTotal: (number: string, query: { token?: string } = {}) =>
    withQuery(`/orders/${segment(number)}/total.json`, query),
  orderInvoice: (number: string, query: { token?: string } = {}) =>
    withQuery(`/orders/${segment(number)}/invoice`, query),
  orderInvoicePdf: (number: string, query: { token?: string } = {}) =>
    withQuery(`/orders/${segment(number)}/invoice.pdf`, query),
  orderCreditNote: (number: string, document: string, query: { token?: string } = {}) =>
    withQuery(`/orders/${segment(number)}/credit-notes/${segment(document)}`, query),
  orderCreditNotePdf: (number: string, document: string, query: { token?: string } = {}) =>
    withQuery(`/orders/${segment(number)}/credit-notes/${segment(document)}/pdf`, query),
  returnRequest: (number: string, query: { token?: string } = {}) =>
    withQuery(`/orders/${segment(number)}/return-request`, query),
  orderLookup: () => '/order-lookup',
  orderReturn: (number: string, query: Query = {}) => withQuery(`/orders/${segment(number)}/return`, query),

  login: (next?: string) => withQuery('/login', { next }),
  loginCode: (next?: string) => withQuery('/login/code', { next }),
  joinStaff: (token?: string) => withQuery('/staff/join', { token }),
  signup: (next?: string) => withQuery('/signup', { next }),
  signupSent: (next?: string) => withQuery('/signup', { sent: 'yes', next }),
  logout: () => '/logout',
  verifyEmail: (query: { token?: string; next?: string } = {}) => withQuery('/verify-email', query),
  forgotPassword: (query: { sent?: string } = {}) => withQuery('/forgot-password', query),
  resetPassword: (query: { token?: string } = {}) => withQuery('/reset-password', query),
  account: () => '/account',
  addresses: () => '/account/addresses',
  address: (id: string) => `/account/addresses/${segment(id)}`,
  accountOrders: (query: Query = {}) => withQuery('/account/orders', query),
  accountOrder: (number: string) => `/account/orders/${segment(number)}`,
  accountMessages: () => '/account/messages',
  security: () => '/account/security',
  privacy: () => '/account/privacy',
  myData: () => '/account/privacy/highstreet.json',
  twoFactor: () => '/account/two-factor',

  admin: () => '/admin',
  adminOrders: (query: Query = {}) => withQuery('/admin/orders', query),
  adminOrder: (number: string) => `/admin/orders/${segment(number)}`,
  adminOrderTotal: (number: string) => `/admin/orders/${segment(number)}/total.json`,
  adminInvoice: (number: string) => `/admin/orders/${segment(number)}/invoice`,
  adminInvoicePdf: (number: string) => `/admin/orders/${segment(number)}/invoice.pdf`,
  adminCreditNote: (number: string, document: string) =>
    `/admin/orders/${segment(number)}/credit-notes/${segment(document)}`,
  adminCreditNotePdf: (number: string, document: string) =>
    `/admin/orders/${segment(number)}/credit-notes/${segment(document)}/pdf`,
  adminReturns: (query: Query = {}) => withQuery('/admin/returns', query),
  adminSearch: (query: Query = {}) => withQuery('/admin/search', query),
  adminStaff: () => '/admin/staff',
  adminCustomers: (query: Query = {}) => withQuery('/admin/customers', query),
  adminCustomer: (id: string) => `/admin/customers/${segment(id)}`,
  adminAudit: (query: Query = {}) => withQuery('/admin/audit', query),
  adminAuditExport: (query: Query = {}) => withQuery('/admin/audit.csv', query),
  adminCoupons: (query: Query = {}) => withQuery('/admin/coupons', query),
  adminCoupon: (id: string) => `/admin/coupons/${segment(id)}`,
  adminShipping: () => '/admin/shipping',
  adminShippingMethod: (id: string) => `/admin/shipping/${segment(id)}`,
  adminTax: () => '/admin/tax',
  adminTaxRate: (id: string) => `/admin/tax/${segment(id)}`,
  adminMessages: (query: Query = {}) => withQuery('/admin/messages', query),
  adminMessagePreview: (topic: string, query: { order?: string } = {}) =>
    withQuery(`/admin/messages/preview/${segment(topic)}`, query),
  adminMessageMail: (topic: string, query: { order?: string } = {}) =>
    withQuery(`/admin/messages/preview/${segment(topic)}/mail`, query),
  adminPayments: (query: Query = {}) => withQuery('/admin/payments', query),
  adminWebhooks: (query: Query = {}) => withQuery('/admin/webhooks', query),
  adminWebhook: (id: string) => `/admin/webhooks/${segment(id)}`,
  adminMoneyMatch: (query: Query = {}) => withQuery('/admin/money-match', query),
  adminProducts: (query: Query = {}) => withQuery('/admin/products', query),
  adminCategories: () => '/admin/categories',
  adminCategory: (id: string) => `/admin/categories/${segment(id)}`,
  adminFinding: (query: Query = {}) => withQuery('/admin/finding', query),
  adminSynonyms: () => '/admin/finding/synonyms',
  adminSynonym: (id: string, query: Query = {}) => withQuery(`/admin/finding/synonyms/${segment(id)}`, query),
  adminExpectations: () => '/admin/finding/expectations',
  adminInventory: (query: Query = {}) => withQuery('/admin/inventory', query),
  adminStock: (sku: string, query: Query = {}) => withQuery(`/admin/inventory/${segment(sku)}`, query),
  adminCounter: (query: Query = {}) => withQuery('/admin/counter', query),
  adminStockProof: () => '/admin/stock-proof',
  adminReservations: (query: Query = {}) => withQuery('/admin/reservations', query),
  adminStores: (query: Query = {}) => withQuery('/admin/stores', query),
  adminStore: (id: string) => `/admin/stores/${segment(id)}`,
  adminReviews: (query: Query = {}) => withQuery('/admin/reviews', query),
  adminReview: (id: string) => `/admin/reviews/${segment(id)}`,
  adminProductNew: () => '/admin/products/new',
  adminProduct: (id: string) => `/admin/products/${segment(id)}`,
}
