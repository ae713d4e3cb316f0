// stub
export const moderateReview = async (..._: unknown[]): Promise<never> => {
  throw new Error('moderateReview')
}
