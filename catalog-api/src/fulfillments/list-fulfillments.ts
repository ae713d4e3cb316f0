// stub
export const listFulfillments = async (..._: unknown[]): Promise<never> => {
  throw new Error('listFulfillments')
}
