//! Opens the real core: instantiates the module through the generated glue.

import init, { Project, version } from '../../../pkg/plumbline';
import type { Project as Core } from './protocol';

export async function openCore(module: WebAssembly.Module | null): Promise<{ project: Core; version: string }> {
  if (!module) throw new Error('The page carries no core.');
  await init({ module_or_path: module });
  return { project: new Project(), version: version() };
}
