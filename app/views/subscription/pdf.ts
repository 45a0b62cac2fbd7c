/**
 * PDF files drawn as pictures. pdf.js reads them in a worker of its own under the policy of the page: scripts, forms and
 * links in a file do nothing, and no part of it becomes HTML.
 */
// pdfjs-dist: the reader of Firefox, written in JavaScript; loaded when the first file is shown.
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist'
import workerScript from 'pdfjs-dist/build/pdf.worker.mjs?worker&url'
import { startWorker } from '../../store/engine/start-worker.ts'

/** Opens a file. Rejects with a sentence of the library where it is broken or needs a password. */
export async function openPdf(content: Uint8Array): Promise<PDFDocumentProxy> {
  GlobalWorkerOptions.workerPort ??= startWorker(workerScript, { name: 'pdf' })
  return getDocument({
    data: content,
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    // Letters are drawn as shapes: no font of the file is given to the browser.
    disableFontFace: true,
    useSystemFonts: true,
    verbosity: 0,
    stopAtErrors: false,
  }).promise
}

/** Draws a page (from 1) on a canvas of a width in CSS pixels. */
export async function drawPage(file: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement, width: number) {
  const page = await file.getPage(number)
  const { width: pageWidth } = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: (width / pageWidth) * devicePixelRatio })
  canvas.width = Math.round(viewport.width)
  canvas.height = Math.round(viewport.height)
  await page.render({ canvas, viewport }).promise
}
