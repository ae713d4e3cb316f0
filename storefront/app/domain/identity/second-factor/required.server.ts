// Whether the shop asks those who work here for a second factor: a setting, asked by guards and by the set-up page.
import { env } from '#app/env.server.ts'
import { isStaff } from '../roles.ts'

/** Whether whoever has `role` must have a second factor. */
export const isRequiredOf = (role: string): boolean => env().STAFF_TWO_FACTOR === 'required' && isStaff(role)
