// stub
export const adjustStock = async (..._: unknown[]): Promise<never> => {
  throw new Error('adjustStock')
}
