//! Opens a real core, the one for Terraform or the one for every format: instantiates its module through its glue.

import initEvery, { Project as EveryProject, version as everyVersion } from '../../../pkg/every/plumbline';
import init, { Project, version } from '../../../pkg/plumbline';
import type { Project as Core } from './protocol';

export async function openCore(module: WebAssembly.Module | null, every: boolean): Promise<{ project: Core; version: string }> {
  if (!module) throw new Error('The page carries no core.');
  if (every) {
    await initEvery({ module_or_path: module });
    return { project: new EveryProject(), version: everyVersion() };
  }
  await init({ module_or_path: module });
  return { project: new Project(), version: version() };
}
