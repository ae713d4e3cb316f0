// All goods of the shop, department by department.
import { cookware } from './cookware.ts'
import { kitchen } from './kitchen.ts'
import type { ProductRecord } from './record.ts'

export const productRecords: ProductRecord[] = [...kitchen, ...cookware]
