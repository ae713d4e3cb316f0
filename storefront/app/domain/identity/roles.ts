// Who may do what in the admin: one table, asked by pages, API and buttons alike. Pure; never asks the database.

export const roles = ['customer', 'owner', 'manager', 'warehouse', 'support', 'content'] as const
export type Role = (typeof roles)[number]

export const permissions = [
  'admin:enter',
  'orders:read',
  'orders:ship',
  'orders:cancel',
  'orders:refund',
  'messages:send',
  'products:read',
  'products:write',
  'inventory:write',
  'reviews:moderate',
  'customers:read',
  'customers:write',
  'settings:write',
  'staff:manage',
  'audit:read',
] as const
export type Permission = (typeof permissions)[number]

// A customer has the empty list: nothing is allowed that is not written here.
const granted: Record<Role, readonly Permission[]> = {
  customer: [],
  owner: permissions,
  manager: permissions.filter((permission) => permission !== 'staff:manage'),
  warehouse: ['admin:enter', 'orders:read', 'orders:ship', 'products:read', 'inventory:write'],
  support: [
    'admin:enter',
    'orders:read',
    'orders:cancel',
    'orders:refund',
    'messages:send',
    'products:read',
    'customers:read',
    'customers:write',
    'reviews:moderate',
  ],
  content: ['admin:enter', 'products:read', 'products:write', 'reviews:moderate'],
}

/** Whether `role` may do `permission`; a role that is not known may do nothing. */
export const can = (role: string, permission: Permission): boolean => permissionsOf(role).includes(permission)

export type StaffRole = Exclude<Role, 'customer'>
export const staffRoles = roles.filter((role): role is StaffRole => role !== 'customer')

/** A role as people read it, and what whoever has it does here. */
export const roleWords: Record<Role, { name: string; does: string }> = {
  customer: { name: 'Customer', does: 'Buys here.' },
  owner: { name: 'Owner', does: 'Everything, and who works here.' },
  manager: { name: 'Manager', does: 'Everything but who works here.' },
  warehouse: { name: 'Warehouse', does: 'Sends orders and counts stock.' },
  support: { name: 'Support', does: 'Helps customers: orders, refunds, reviews.' },
  content: { name: 'Content', does: 'Products, pictures, categories and reviews.' },
}

/** Everything `role` may do, for menus and the staff page. */
export const permissionsOf = (role: string): readonly Permission[] => (isRole(role) ? granted[role] : [])

/** Whether `role` works here: shorter sessions, the admin pages. */
export const isStaff = (role: string): boolean => permissionsOf(role).length > 0

const isRole = (role: string): role is Role => roles.some((known) => known === role)
