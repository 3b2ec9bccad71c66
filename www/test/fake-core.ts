//! A core that answers with a fixed review, for what the real one cannot be made to do: stop, take long, be huge,
//! carry hostile names. Which of them is asked for stands in the text of the files.

import type { View } from '../src/graph/scene';
import type { ReviewOptions } from '../../pkg/plumbline';
import type { Project, Side } from '../src/engine/protocol';
import { fixedAnswer, fixedReview, HOSTILE } from './fixed-review';
import { fixedScene, largeScene } from './fixed-scene';

class Fake implements Project {
  readonly #files: Record<Side, Map<string, string>> = { before: new Map(), after: new Map() };
  #options: ReviewOptions = {};
  #geometry: Float32Array = new Float32Array();

  set_prices(): void { /* none */ }

  set_file(side: Side, path: string, bytes: Uint8Array): void {
    this.#files[side].set(path, new TextDecoder().decode(bytes));
  }

  remove_file(side: Side, path: string): void {
    this.#files[side].delete(path);
  }

  clear(side: Side): void {
    this.#files[side].clear();
  }

  set_options(options: ReviewOptions): void {
    this.#options = options;
  }

  update(): string {
    const text = [...this.#files.after.values()].join('\n');
    if (text.includes('STOP')) throw new WebAssembly.RuntimeError('unreachable');
    if (text.includes('SLOW')) for (const end = performance.now() + 1200; performance.now() < end;) { /* busy */ }
    return JSON.stringify(fixedReview(this.#files.after, this.#files.before, this.#options.variables ?? {}, this.#options.modules ?? {}));
  }

  layout(view: View): string {
    const text = [...this.#files.after.values()].join('\n');
    const count = /LARGE (\d+)/.exec(text)?.[1];
    const { scene, geometry } = count ? largeScene(Number(count)) : fixedScene(view);
    this.#geometry = geometry;
    return JSON.stringify(scene);
  }

  geometry(): Float32Array {
    return this.#geometry;
  }

  export(format: string): string {
    if (!['markdown', 'json', 'svg'].includes(format)) throw new Error(`unknown format \`${format}\``);
    return `# ${format}`;
  }

  affected(of: string): string {
    const code = [...this.#files.after.values()].some((text) => text.includes('CODE')) ? ['applications/auth', HOSTILE] : [];
    return JSON.stringify(fixedAnswer(of, code));
  }

  text(side: Side, path: string): string | undefined {
    return this.#files[side].get(path);
  }

  warm_up(): void { /* nothing to warm */ }
}

export async function openCore(): Promise<{ project: Project; version: string }> {
  return { project: new Fake(), version: '0.0.0' };
}
