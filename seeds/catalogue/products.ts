// All goods of the shop, department by department.
import { booksPlay } from './books-play.ts'
import { clothing } from './clothing.ts'
import { cookware } from './cookware.ts'
import { food } from './food.ts'
import { home } from './home.ts'
import { kitchen } from './kitchen.ts'
import { musicTech } from './music-tech.ts'
import { outdoor } from './outdoor.ts'
import { plantsBath } from './plants-bath.ts'
import type { ProductRecord } from './record.ts'

export const productRecords: ProductRecord[] = [
  ...kitchen,
  ...cookware,
  ...home,
  ...plantsBath,
  ...outdoor,
  ...clothing,
  ...booksPlay,
  ...musicTech,
  ...food,
]
