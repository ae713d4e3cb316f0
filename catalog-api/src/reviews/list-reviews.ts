// stub
export const listAdminReviews = async (..._: unknown[]): Promise<never> => {
  throw new Error('listAdminReviews')
}
export const listReviews = async (..._: unknown[]): Promise<never> => {
  throw new Error('listReviews')
}
