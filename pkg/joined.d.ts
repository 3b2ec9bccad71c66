import type { Review } from "./plumbline.js";

/**
 * The review that a project's `update` tells, with the review that its update before told; without one for the first.
 * What stayed are the same objects.
 */
export function joined(update: string, before?: Review): Review;
