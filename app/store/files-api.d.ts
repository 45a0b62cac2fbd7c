/** The File System Access API where browsers have it; TypeScript's DOM library knows only its handles. */
interface FileSystemDirectoryHandle {
  requestPermission(descriptor: { mode: 'readwrite' }): Promise<PermissionState>
}
declare function showDirectoryPicker(options?: { mode?: 'read' | 'readwrite' }): Promise<FileSystemDirectoryHandle>
