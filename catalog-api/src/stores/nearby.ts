// stub
export const listNearbyStores = async (..._: unknown[]): Promise<never> => {
  throw new Error('listNearbyStores')
}
