/** Names of Docker images: what may stand in `docker.image`, and what of it says which program it is. */

const NAME_PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const HOST_LABEL = '[A-Za-z0-9][A-Za-z0-9-]*'
/** A host has a dot or a port, or is localhost; otherwise the part is one of the name. */
const HOST_PATTERN = `(?:localhost(?::\\d{1,5})?|${HOST_LABEL}(?:\\.${HOST_LABEL})+(?::\\d{1,5})?|${HOST_LABEL}:\\d{1,5})`

/** `host:port/name/name:tag@sha256:…` of at most 255 signs, of which only one name is needed. */
export const imagePattern = new RegExp(
  `^(?=.{1,255}$)(?:${HOST_PATTERN}/)?${NAME_PART}(?:/${NAME_PART})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$`,
)

/** The name of an image without its tag and digest: the same for all its versions. */
export function imageRepository(image: string): string {
  const [named = ''] = image.split('@')
  const slash = named.lastIndexOf('/')
  const colon = named.indexOf(':', slash + 1)
  return (colon < 0 ? named : named.slice(0, colon)).replace(/^docker\.io\/(?:library\/)?/, '')
}
