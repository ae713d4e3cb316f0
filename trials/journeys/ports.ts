// The journeys' own shop, beside one that may be running: other ports, a folder of its own.
export const ports = { storefront: 16173, catalog: 16002, notifier: 16010, payments: 16020, inbox: 16025, smtp: 16026 }
export const origin = `http://localhost:${ports.storefront}`
export const inbox = `http://localhost:${ports.inbox}`
