import { describe, expect, it } from 'vitest'
import { can, isStaff, permissions, permissionsOf, roles } from './roles.ts'

describe('roles', () => {
  it('a customer may do nothing in the admin', () => {
    expect(permissionsOf('customer')).toEqual([])
    expect(isStaff('customer')).toBe(false)
  })

  it.each(['', 'admin', 'OWNER', '__proto__', 'constructor', 'toString'])(
    'the unknown role %j may do nothing',
    (role) => {
      for (const permission of permissions) expect(can(role, permission)).toBe(false)
      expect(isStaff(role)).toBe(false)
    },
  )

  it('the owner may do everything, and only the owner manages staff', () => {
    for (const permission of permissions) expect(can('owner', permission)).toBe(true)
    expect(roles.filter((role) => can(role, 'staff:manage'))).toEqual(['owner'])
  })

  it('the warehouse ships but gives no money back', () => {
    expect(can('warehouse', 'orders:ship')).toBe(true)
    expect(can('warehouse', 'orders:refund')).toBe(false)
    expect(can('warehouse', 'customers:read')).toBe(false)
  })

  it('content edits products and sees no orders', () => {
    expect(can('content', 'products:write')).toBe(true)
    expect(can('content', 'orders:read')).toBe(false)
  })

  it('whoever has any permission may enter the admin, and nobody else', () => {
    for (const role of roles) expect(can(role, 'admin:enter')).toBe(isStaff(role))
  })
})
