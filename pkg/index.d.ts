import type { Project, Review, ReviewInput, ReviewOptions } from "./plumbline.js";

export type * from "./plumbline.js";
export { Project, version } from "./plumbline.js";
export { joined } from "./joined.js";

/** Loads the core and the price table. The functions below do so when first called. */
export function load(): Promise<void>;

/** Reviews files: one call in, one review out. */
export function review(input: ReviewInput): Promise<Review>;

/** Opens a project that stays, for edits: set files, ask for the review, edit, ask again. */
export function open(options?: ReviewOptions): Promise<Project>;
