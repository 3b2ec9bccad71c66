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
  export function openCore(module: WebAssembly.Module | null, every: boolean): Promise<{ project: Project; version: string }>;
}
