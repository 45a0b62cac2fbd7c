/** The File System Access API where browsers have it; TypeScript's DOM library knows only its handles. */
declare function showDirectoryPicker(options?: { mode?: 'read' | 'readwrite' }): Promise<FileSystemDirectoryHandle>
