//! Parts of the review element: plain elements inside its one shadow root, each drawing one slice of the store.

import type { Session } from '../session';
import type { Store } from '../store';

/** What every part is given. */
export interface Context { store: Store; session: Session; root: ShadowRoot }

export abstract class Part extends HTMLElement {
  context!: Context;
  #built = false;

  protected get store(): Store {
    return this.context.store;
  }

  /** Builds once, when first shown in the page. */
  protected abstract build(): void;

  connectedCallback(): void {
    if (this.#built) return;
    this.#built = true;
    this.build();
  }

  give(context: Context): this {
    this.context = context;
    return this;
  }
}

/** Registers a part once, however often the script runs on a page. */
export function define(name: string, part: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, part);
}

export function create<T extends Part>(name: string, context: Context): T {
  return (document.createElement(name) as T).give(context);
}

/** Whether single keys are the page's: no field or editor has the focus. */
export function typing(root: ShadowRoot): boolean {
  const focused = root.activeElement;
  return focused instanceof HTMLElement
    && (focused.isContentEditable || focused.matches('input:not([type=checkbox]), textarea, select'));
}
