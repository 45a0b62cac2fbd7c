/// <reference types="vitest/config" />
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** One configuration for the app (root `app`, output `dist`, relative URLs) and for the unit tests (root here). */
export default defineConfig(({ mode }) => ({
  root: mode === 'test' ? '.' : 'app',
  base: './',
  publicDir: '../public',
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' as const },
  build: { outDir: '../dist', emptyOutDir: true, target: 'es2022' },
  test: { include: ['tests/**/*.test.{ts,tsx}'], passWithNoTests: false },
}))
