/** What is wrong with the text of a model, while it is edited. */
import { capability } from './capability.ts'
import { checkedModel } from './checked-model.ts'

/** `readable`: the text can be read as a model, possibly with errors. */
export const modelCheck = capability('modelCheck', 'draft', async ({ text }: { readonly text: string }) => {
  const { model, problems } = await checkedModel(text)
  return { readable: model !== null, problems }
})
