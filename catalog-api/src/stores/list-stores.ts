// stub
export const getStore = async (..._: unknown[]): Promise<never> => {
  throw new Error('getStore')
}
export const listStores = async (..._: unknown[]): Promise<never> => {
  throw new Error('listStores')
}
