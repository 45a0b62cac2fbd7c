/** What a page can write outside of itself: downloads, and folders where the browser lets it. */

/** Saves bytes or text as a download. */
export function saveFile(content: Uint8Array | string, name: string, type: string): void {
  const blob = new Blob([typeof content === 'string' ? content : new Uint8Array(content)], { type })
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Whether the browser lets pages write into a folder. */
export function canWriteFolders(): boolean {
  return 'showDirectoryPicker' in globalThis
}

/** File systems take names of 255 bytes. */
const maxNameLength = 60

/** A name that file systems take. */
export function fileName(name: string): string {
  return (
    name
      .trim()
      .slice(0, maxNameLength)
      .replace(/[^\p{L}\p{N}._ -]+/gu, '-') || 'project'
  )
}
