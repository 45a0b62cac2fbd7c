/** Why something could not be done, across a view; nothing where it could. */
export function FailureBar({ failure }: { readonly failure: string | null }) {
  return failure === null ? null : <p className="bg-bad-soft px-4 py-2 text-bad">{failure}</p>
}
