// stub
export const getAdminProduct = async (..._: unknown[]): Promise<never> => {
  throw new Error('getAdminProduct')
}
export const listAdminProducts = async (..._: unknown[]): Promise<never> => {
  throw new Error('listAdminProducts')
}
