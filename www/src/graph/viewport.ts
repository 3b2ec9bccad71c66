//! Where the reader looks: the scale and the shift from the picture to the pane.

import type { Rect } from './scene';

/** Smallest scale at which every label is drawn in full. */
export const READABLE = 0.85;
const LEAST = 0.03;
const MOST = 3;
const MARGIN = 16;

export class Viewport {
  x = 0;
  y = 0;
  scale = 1;
  width = 0;
  height = 0;

  /** The whole picture; never enlarged. */
  fit(width: number, height: number): void {
    this.scale = clamp(Math.min((this.width - MARGIN) / width, (this.height - MARGIN) / height, 1));
    this.x = (this.width - width * this.scale) / 2;
    this.y = Math.max(MARGIN / 2, (this.height - height * this.scale) / 2);
  }

  /** The whole picture where it can be read, else the part around one place at a size that can. */
  begin(width: number, height: number, around: Rect | null): void {
    this.fit(width, height);
    if (this.scale >= READABLE) return;
    this.scale = READABLE;
    this.x = width * this.scale + MARGIN < this.width ? (this.width - width * this.scale) / 2 : MARGIN / 2;
    this.y = height * this.scale + MARGIN < this.height ? (this.height - height * this.scale) / 2 : MARGIN / 2;
    if (around) this.reveal(around, true);
    this.keep(width, height);
  }

  zoom(factor: number, atX = this.width / 2, atY = this.height / 2): void {
    const scale = clamp(this.scale * factor);
    const real = scale / this.scale;
    this.x = atX - (atX - this.x) * real;
    this.y = atY - (atY - this.y) * real;
    this.scale = scale;
  }

  /** Moves so that a place is in view; to the middle when it was far out. */
  reveal(place: Rect, middle = false): boolean {
    const left = place.x * this.scale + this.x;
    const top = place.y * this.scale + this.y;
    const right = left + place.width * this.scale;
    const bottom = top + place.height * this.scale;
    const pad = 12;
    if (!middle && left >= pad && top >= pad && right <= this.width - pad && bottom <= this.height - pad) return false;
    this.x += this.width / 2 - (left + right) / 2;
    this.y += this.height / 2 - (top + bottom) / 2;
    return true;
  }

  /** Keeps part of the picture in the pane, and as much as there is room for. */
  keep(width: number, height: number): void {
    this.x = within(this.x, this.width, width * this.scale);
    this.y = within(this.y, this.height, height * this.scale);
  }

  /** Share of the picture that is in view. */
  share(width: number, height: number): number {
    const wide = Math.min(1, this.width / (width * this.scale));
    const high = Math.min(1, this.height / (height * this.scale));
    return wide * high;
  }
}

function clamp(scale: number): number {
  return Math.max(LEAST, Math.min(MOST, scale));
}

function within(shift: number, room: number, size: number): number {
  if (size + MARGIN <= room) return Math.max(MARGIN / 2, Math.min(room - size - MARGIN / 2, shift));
  return Math.max(room - size - MARGIN / 2, Math.min(MARGIN / 2, shift));
}
