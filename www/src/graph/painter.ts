//! What a painter is: given a picture it draws, given a place it says what is there. It decides nothing.

import type { Picture } from './scene';
import type { Viewport } from './viewport';

export interface Marks {
  /** Index of the selected card, and of the card with the keyboard's focus; -1 when there is none. */
  selected: number;
  focused: number;
}

export interface Painter {
  readonly element: Element;
  /** Takes a new picture. */
  show(picture: Picture): void;
  /** Draws it where the reader looks. */
  draw(viewport: Viewport, marks: Marks): void;
  /** Fonts or colours changed. */
  restyle(): void;
}

/** More cards than these are painted on a canvas. */
export const SVG_CARDS = 600;
