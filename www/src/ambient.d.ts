declare module '*.css' {
  const text: string;
  export default text;
}

declare module '#samples' {
  import type { Sample } from './samples';
  const samples: Sample[];
  export default samples;
}

declare module '#core' {
  import type { Project } from './engine/protocol';
  export function openCore(module: WebAssembly.Module | null): Promise<{ project: Project; version: string }>;
}

/** The generated glue of the core, `../pkg/web`. */
declare module '#pkg' {
  import type { Project as Core } from './engine/protocol';
  export const Project: new () => Core;
  export function version(): string;
  export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}
