// stub
export const restock = async (..._: unknown[]): Promise<never> => {
  throw new Error('restock')
}
